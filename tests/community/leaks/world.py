"""A discussion on a page and a private group, with a word of its own in everything that not everybody may read."""

import datetime
from types import SimpleNamespace

from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_comments_xtd.models import XtdComment

from community import services
from community.due_process import alerts, appealing
from community.evidence import adopting
from community.groups import applying, membership, messages, summaries
from community.models import (
    Appeal,
    CannedReply,
    Claim,
    CommentRevision,
    CommentState,
    DutyContact,
    Erasure,
    GroupSummary,
    GroupText,
    Membership,
    Mention,
    ModeratorAlert,
    ModeratorNote,
    PracticeEvidence,
    Reaction,
    RelayedMessage,
    Report,
    RetiredName,
    Sanction,
    State,
    StoppedAddress,
    WatchedWord,
    WorkingGroup,
)
from community.moderation import holding, redaction
from community.notices import private_addresses, schedule
from community.threads import mentions, running
from portal import outbox
from practices.models import PracticeContact
from tests.community.conftest import account, posted, send, signed_in
from tests.community.due_process.conftest import notice, report
from tests.community.groups.conftest import join, make_group, make_thread
from tests.community.notices.conftest import follows, visitor
from tests.factories import make_pattern, make_practice, translate
from tests.factories.sections import make_consent, make_person

IP = "198.51.100.7"
LINKS = "http://a.example http://b.example http://c.example"
MODERATOR, CHAIR, INSIDE = "moderator", "chair", "member of the group"
AUTHOR, EDITOR, ELSEWHERE, FORMER = "author", "editor", "chair elsewhere", "former member"
MEMBER, NOBODY = "member", "nobody"
# Whoever sees most comes first: what a cache kept of that would show to the others.
VISITORS = (MODERATOR, CHAIR, INSIDE, AUTHOR, EDITOR, ELSEWHERE, FORMER, MEMBER, NOBODY)
GROUP = {CHAIR, INSIDE}

# Each word, and who may read it. Nobody else may, in any output.
READERS = {
    "canarywaiting": {MODERATOR},  # held, of a visitor
    "canarylinks": {MODERATOR, AUTHOR},  # held
    "canaryhidden": {MODERATOR, AUTHOR},
    "canarywithdrawn": set(),
    "canarymasked": set(),  # sealed: moderators ask for it by POST, which is logged
    "canaryearlier": {MODERATOR},
    "canaryreport": {MODERATOR},
    "canarynotice": {MODERATOR},
    "rita the reporter": {MODERATOR, MEMBER},
    "nora melder": set(),
    "canaryexplained": {MODERATOR, AUTHOR},
    "canaryobjects": {MODERATOR},
    "canarymemo": {MODERATOR},
    "canaryconcern": {EDITOR},
    "canarytried": {MODERATOR, AUTHOR},
    "canaryadopted": {EDITOR, AUTHOR},
    "canaryauthority": {MODERATOR},
    "canaryrelayed": set(),  # to a contact of a page, waits for the mail server
    "canarywatched": {MODERATOR},
    "canaryready": {MODERATOR, CHAIR},  # texts for decisions, for whoever decides
    "canaryduty": {MODERATOR, CHAIR},  # whom to call at once
    "gravatar": set(),
    IP: set(),
    "canarycode": {*GROUP, FORMER},  # in the export of one's own data
    "canarytitle": GROUP,
    "canarypurpose": GROUP,
    "canarythread": GROUP,
    "canarysaid": GROUP,
    "canaryinside": GROUP,  # held there
    "canarytaken": GROUP,  # hidden there, the author is a member
    "canaryinspan": set(),  # masked there
    "canarytoldinside": GROUP,
    "canaryappealinside": {CHAIR},
    "canarygrievance": {CHAIR},  # of a report
    "canarynoteinside": {CHAIR},
    "canaryorder": {CHAIR},
    "canarytown": GROUP,
    "canarydraft": GROUP,
    "canarywhy": {CHAIR},  # of an application
    "canarymessage": GROUP,
    "canaryletter": GROUP,
    "canarycarl": GROUP,  # the name of the chair
}
# What holds the words, table by table; where none is named, it holds numbers, codes and digests alone.
TABLES = {
    "Adoption": "canaryadopted",
    "Appeal": "canaryobjects",
    "Application": "canarywhy",
    "CannedReply": "canaryready",
    "Claim": "",
    "CommentRevision": "canaryearlier",
    "CommentState": "",
    "DiscussionThread": "canarythread",
    "DutyContact": "canaryduty",
    "Erasure": "",
    "GroupMessage": "canarymessage",
    "GroupSummary": "canarydraft",
    "GroupText": "canarytitle",
    "LegalHold": "canaryauthority",
    "Member": "canarycarl",
    "Membership": "canarytown",
    "Mention": "",
    "ModerationAct": "",
    "ModerationDecision": "canaryexplained",
    "ModeratorAlert": "",
    "ModeratorNote": "canarymemo",
    "PracticeEvidence": "canarytried",
    "PrivateFeed": "",
    "Quote": "canarysaid",
    "Reaction": "canaryconcern",
    "Redaction": "canarymasked",
    "RelayedMessage": "canaryrelayed",
    "Report": "canaryreport",
    "RetiredName": "",
    "Sanction": "",
    "StoppedAddress": "",
    "Subscription": "mail.example",
    "WatchedWord": "canarywatched",
    "WorkingGroup": "canarycode",
}


def in_an_hour(**more):
    return timezone.now() + datetime.timedelta(hours=1, **more)


def aged():
    """Written long enough ago not to count against how often somebody may write."""
    CommentState.objects.update(posted_at=timezone.now() - datetime.timedelta(hours=2))


def hide(row, moderator, explanation):
    reason = {"new": State.HIDDEN, "reason": "rule-3", "explanation": explanation}
    return services.decide(public_id=row.public_id, moderator=moderator, **reason)


def mask(row, moderator, words):
    masks = redaction.everywhere(row.comment.comment, words, "name")
    return services.decide(
        public_id=row.public_id, moderator=moderator, new=State.PUBLISHED, reason="rule-3", masks=masks
    )


def build():
    outbox.drain()
    mail.outbox.clear()
    page = make_pattern(title="Neighbourhood watch", number=8)
    french = translate(page, "fr", title="Surveillance de voisinage")
    people = {
        MODERATOR: account("mo", name="Mo de Groot", groups=["Moderators"]),
        CHAIR: account("carl", name="Canarycarl"),
        INSIDE: account("ann", name="Ann"),
        AUTHOR: account("joanna", name="Joanna"),
        EDITOR: account("eddy", name="Eddy", groups=["Editors"]),
        ELSEWHERE: account("lea", name="Lea"),
        FORMER: account("finn", name="Finn"),
        MEMBER: account("rita", name="Rita the reporter"),
    }
    found = SimpleNamespace(page=page, french=french, people=people)
    on_a_page(found)
    aged()
    in_a_group(found)
    aged()
    of_the_site(found)
    schedule.queue_digests(timezone.now() + datetime.timedelta(days=8))
    alerts.put_alerts(timezone.localtime().replace(hour=alerts.HOUR))  # whatever the hour now
    call_command("worker", once=True)
    found.mails = list(mail.outbox)
    found.clients = {who: signed_in(user) for who, user in people.items()} | {NOBODY: Client()}
    return found


def on_a_page(found):
    page, people = found.page, found.people
    fay = account("fay", name="Fay")
    lately = {"told_until": timezone.now() - datetime.timedelta(days=1)}
    follows(fay, "thread", page.translation_key, "instant")
    follows(people[EDITOR], "site", **lately)
    visitor("visitor@mail.example", "site", **lately)
    writer, reader = signed_in(people[AUTHOR]), signed_in(people[MEMBER])
    seen = posted(writer, page, "Open words.")
    guest = Client(REMOTE_ADDR=IP)
    send(guest, page, "canarywaiting words", name="Visitor", parent=seen)
    waiting = CommentState.objects.latest("pk")
    send(writer, page, f"canarylinks {LINKS}")
    links = CommentState.objects.latest("pk")
    hidden = posted(writer, page, "canaryhidden words", parent=seen)
    aged()
    posted(writer, page, "An answer to what is hidden.", parent=hidden)
    withdrawn = posted(writer, page, "canarywithdrawn words")
    posted(writer, page, "An answer to what is withdrawn.", parent=withdrawn)
    aged()
    masked = posted(writer, page, "It was canarymasked who did it.")
    otto = account("otto", name="Otto", groups=["Moderators"])
    decision = hide(hidden, otto, "canaryexplained")
    appealing.of_author(decision=decision, author=people[AUTHOR], text="canaryobjects", nonce="a1")
    Sanction.objects.create(user=account("silent", name="Silvia"), kind="warning", cause=decision, made_by=otto)
    mask(masked, otto, "canarymasked")
    services.withdraw(row=withdrawn, author=people[AUTHOR])
    report(seen, reader, text="canaryreport words")
    notice(seen, Client(REMOTE_ADDR=IP), text="canarynotice", about="rule-1")
    Reaction.objects.create(comment=seen, user=fay, kind="concern", text="canaryconcern")
    CommentRevision.objects.create(comment=seen, text="canaryearlier", language="en", replaced_at=timezone.now())
    ModeratorNote.objects.create(comment=seen, made_by=otto, text="canarymemo")
    PracticeEvidence.objects.create(
        comment=links, act="tried", country="NL", organisation="police", outcome="failed", changed="canarytried"
    )
    adopting.adopt(row=seen, editor=people[EDITOR], note="canaryadopted")
    holding.place(row=hidden, moderator=otto, authority="canaryauthority", reference="1", expires_at=in_an_hour())
    Mention.objects.create(comment=seen, user=people[MEMBER])
    found.seen, found.withdrawn = seen, withdrawn
    found.comments = [seen, waiting, links, hidden, withdrawn, masked]


def in_a_group(found):
    people = found.people
    group = found.group = make_group("canarycode", title="canarytitle")
    GroupText.objects.filter(group=group).update(purpose="canarypurpose")
    inside = join(group, people[INSIDE], organisation="canarytown", shows_name=True, shows_organisation=True)
    chair = join(group, people[CHAIR], "chair", shows_name=True)
    join(group, people[FORMER], until=timezone.now() - datetime.timedelta(minutes=1))
    other = make_group("other", title="Others")
    join(other, people[ELSEWHERE], "chair")
    for user in (people[CHAIR], people[ELSEWHERE]):
        membership.settle_desk(user)
    thread = found.thread = make_thread(group, "canarythread")
    place = SimpleNamespace(translation_key=thread.translation_key)
    client = signed_in(people[INSIDE])
    said = posted(client, place, "canarysaid for us.")
    send(client, place, f"canaryinside {LINKS}")
    held = CommentState.objects.latest("pk")
    taken = posted(client, place, "canarytaken, hidden.")
    aged()
    masked = posted(client, place, "It was canaryinspan.")
    second = account("second", name="Sue")
    join(group, second, "moderator")
    report(taken, signed_in(people[CHAIR]), text="canarygrievance")
    decision = hide(taken, second, "canarytoldinside")
    appealing.of_author(decision=decision, author=people[INSIDE], text="canaryappealinside", nonce="a2")
    Reaction.objects.create(comment=said, user=people[CHAIR], kind="useful")
    mask(masked, second, "canaryinspan")
    holding.place(row=masked, moderator=second, authority="canaryorder", reference="2", expires_at=in_an_hour())
    ModeratorNote.objects.create(comment=masked, made_by=second, text="canarynoteinside")
    running.pin(row=said, moderator=second)
    summary = GroupSummary.objects.create(group=group, title="canarydraft", text="canarydraft", language="en")
    summaries.add_quote(summary=summary, comment=said, words="canarysaid")
    for to, words in ((None, "canarymessage"), (chair, "canaryletter")):
        messages.send(mine=inside, to=to, text=words, language="en")
    WorkingGroup.objects.filter(pk=group.pk).update(takes_applications=True, visibility="readable")
    given = {"role": "x", "practitioner": "police", "country": "NL", "languages": ["nl"], "motivation": "canarywhy"}
    applying.apply(group=WorkingGroup.objects.get(pk=group.pk), user=account("asked", name="Ask"), **given)
    WorkingGroup.objects.filter(pk=group.pk).update(takes_applications=False, visibility="private")
    named = posted(client, place, "I agree with somebody.")
    XtdComment.norel_objects.filter(pk=named.comment_id).update(comment="I agree with @Finn in this.")
    mentions.note(named, "I agree with @Finn in this.", author=people[INSIDE])
    Claim.objects.create(comment=held, holder=people[CHAIR], since=timezone.now(), until=in_an_hour())
    found.inside = [said, held, taken, masked]
    found.named = named


def of_the_site(found):
    people = found.people
    WatchedWord.objects.create(words="canarywatched", language="en")
    CannedReply.objects.create(reason="rule-3", language="en", title="canaryready", text="canaryready")
    contact = DutyContact.for_site(found.page.get_site())
    contact.name = "canaryduty"
    contact.save()
    ModeratorAlert.objects.create(user=people[MODERATOR])
    piet, practice = make_person("Piet", make_consent()), make_practice(title="On call")
    PracticeContact.objects.create(page=practice, person=piet)
    found.contact = (practice.translation_key, "piet")
    relayed = {"name": "canaryrelayed", "email": "canaryrelayed@mail.example", "text": "canaryrelayed"}
    RelayedMessage.objects.create(person=piet, title="On call", language="en", nonce="n", **relayed)
    RetiredName.objects.create(digest="d")
    StoppedAddress.objects.create(digest="d")
    Erasure.objects.create(user=account("leaving", name="Leo"), comments="keep")
    found.feeds = [private_addresses.switch_on(people[who]) for who in (INSIDE, FORMER)]
    found.reports, found.appeals = list(Report.objects.all()), list(Appeal.objects.all())
    found.memberships = list(Membership.objects.filter(group=found.group))
