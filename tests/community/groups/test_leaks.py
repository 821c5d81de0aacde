"""Nobody but its members learns of a private group: every address of the community, filled with what is in the group,
is asked by everybody else, and must say the same as for what does not exist. A new address is asked by itself."""

import datetime
import re
import uuid

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver
from django.utils import timezone, translation
from django_comments_xtd.models import XtdComment
from wagtail import hooks

from community import services
from community.due_process import appealing
from community.groups import applying, membership, messages, summaries
from community.models import (
    Appeal,
    Application,
    CommentState,
    GroupMessage,
    GroupSummary,
    GroupText,
    Membership,
    ModeratorNote,
    Reaction,
    State,
    WorkingGroup,
)
from community.moderation import holding, redaction
from community.threads import mentions, running
from tests.community.conftest import account, posted, send, signed_in
from tests.community.test_desk import report
from tests.factories import make_pattern

from .conftest import join, make_group, make_thread
from .test_visibility import place

pytestmark = pytest.mark.django_db
TOLD = ("code", "title", "purpose", "thread", "words", "town", "why", "told", "held", "message")
CANARIES = [f"canary{what}" for what in TOLD]
OF_THE_COMMUNITY = ("discussion/", "notices/", "working-groups/")
OTHER_OUTPUTS = [
    "/sitemap.xml",
    "/robots.txt",
    "/en/",
    "/en/search/?q=canarywords",
    "/en/search/?q=canarythread&kind=comment",
    "/en/search/suggest/?q=canary",
    "/en/search/feed/?q=canarywords",
    "/en/search/feed.json?q=canarywords",
    "/en/feed/",
    "/en/follow/",
    "/en/changes/",
    "/en/changes/feed/",
    "/en/status/",
    "/en/open-data/",
    "/en/open-data/zip/",
    "/en/calendar/",
    "/en/tags/",
    "/accounts/",
    "/accounts/profile/",
    "/accounts/notices/",
    "/accounts/data/",
    "/admin/",
    "/admin/reports/",
    "/admin/reports/site-history/",
    "/admin/pages/",
    "/admin/snippets/",
    "/admin/snippets/community/workinggroup/",
    "/admin/search/?q=canary",
]


@pytest.fixture
def private(db):
    """A private group with something in each of its tables."""
    group = make_group("canarycode", title="canarytitle")
    GroupText.objects.filter(group=group).update(purpose="canarypurpose")
    member, chair = account("ann", name="Ann"), account("carl", name="Carl")
    join(group, member, organisation="canarytown", shows_name=True, shows_organisation=True)
    join(group, chair, "chair")
    membership.settle_desk(chair)
    thread = make_thread(group, "canarythread")
    row = posted(signed_in(member), place(thread), "canarywords for us.")
    send(signed_in(member), place(thread), "canaryheld http://a.example http://b.example http://c.example")
    decided_on(member, chair, thread)
    summary = GroupSummary.objects.create(group=group, title="canarytold", text="canarytold", language="en")
    quote = summaries.add_quote(summary=summary, comment=row, words="canarywords")
    for to in [None, Membership.objects.get(user=chair, group=group)]:
        messages.send(mine=Membership.objects.get(user=member, group=group), to=to, text="canarymessage", language="en")
    WorkingGroup.objects.filter(pk=group.pk).update(takes_applications=True, visibility="readable")
    asked = account("asked", name="Ask")
    given = {"role": "x", "practitioner": "police", "country": "NL", "languages": ["nl"], "motivation": "canarywhy"}
    applying.apply(group=WorkingGroup.objects.get(pk=group.pk), user=asked, **given)
    WorkingGroup.objects.filter(pk=group.pk).update(takes_applications=False, visibility="private")
    call_command("worker", once=True)
    known = {
        "key": str(thread.translation_key),
        "public_id": row.public_id,
        "answers": row.public_id,
        "code": group.code,
        "pk": str(quote.pk),
        "page_id": "1",
        "language": "en",
        "scope": "group",
        "target": group.code,
        "number": str(timezone.localdate().year),
        "token": "x",
        "secret": "x",
        "batch": str(uuid.uuid4()),
    }
    return group, member, known, summary


def decided_on(member, chair, thread):
    """What moderators of the group have to do with: reported, hidden, appealed against, masked, sealed, noted."""
    client, leads = signed_in(member), signed_in(chair)
    hidden = posted(client, place(thread), "canarywords, hidden.")
    report(leads, hidden, text="canarywhy")
    Reaction.objects.create(comment=hidden, user=chair, kind="useful")
    other = account("other-chair", name="Otto")
    join(thread.group, other, "moderator")
    decision = services.decide(
        public_id=hidden.public_id, moderator=other, new=State.HIDDEN, reason="rule-1", explanation="canarytold"
    )
    appealing.of_author(decision=decision, author=member, text="canarywhy not", nonce="a1")
    masked = posted(client, place(thread), "canarywords, masked.")
    masks = redaction.everywhere("canarywords, masked.", "masked", "name")
    services.decide(public_id=masked.public_id, moderator=other, new=State.PUBLISHED, reason="rule-3", masks=masks)
    in_a_week = timezone.now() + datetime.timedelta(days=7)
    holding.place(row=masked, moderator=other, authority="canarytown", reference="1", expires_at=in_a_week)
    ModeratorNote.objects.create(comment=masked, made_by=other, text="canarywhy")
    running.pin(row=masked, moderator=other)
    CommentState.objects.update(posted_at=timezone.now() - datetime.timedelta(hours=1))  # others may write now


NOTHING = {
    "key": "00000000-0000-4000-8000-000000000000",
    "public_id": "bbbbbbbbbb",
    "answers": "bbbbbbbbbb",
    "code": "nowhere",
    "pk": "987654",
    "target": "nowhere",
}


@pytest.fixture
def outsiders(private):
    """Everybody but the members, by what they are."""
    group = private[0]
    other = make_group("other", title="Others")
    elsewhere, leads, former = account("e", name="Emil"), account("l", name="Lea"), account("f", name="Finn")
    join(other, elsewhere)
    join(other, leads, "chair")
    membership.settle_desk(leads)
    join(group, former, until=timezone.now() - datetime.timedelta(minutes=1))
    people = {
        "member": account("s", name="Sam"),
        "member of another group": elsewhere,
        "chair of another group": leads,
        "former member": former,
        "moderator": account("mo", name="Mo", groups=["Moderators"]),
        "editor": account("eddy", name="Eddy", groups=["Editors"]),
    }
    return {"nobody": Client(), **{who: signed_in(user) for who, user in people.items()}}


def patterns(resolver=None, before=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here
        elif here.removeprefix("en/") == "" or here.removeprefix("en/").startswith(OF_THE_COMMUNITY):
            yield from patterns(pattern, here)


def community_addresses(known):
    """Each address with the group's values in it; an unknown parameter fails here, and wants a value above."""
    with translation.override("en"):
        public = [f"/{each}" for each in patterns() if each.removeprefix("en/").startswith(OF_THE_COMMUNITY)]
    ours = [hook for hook in hooks.get_hooks("register_admin_urls") if hook.__module__.startswith("community.")]
    admin = [f"/admin/{each.pattern}" for hook in ours for each in hook()]
    assert len(public) > 25
    assert len(ours) > 4
    for template in [*public, *admin]:
        yield re.sub(r"<\w+:(\w+)>", lambda name: known[name[1]], template)


def body_of(response):
    return (b"".join(response) if response.streaming else response.content).decode(errors="replace")


def test_no_output_tells_an_outsider_of_a_private_group(private, outsiders):
    _group, member, known, summary = private
    page = make_pattern(title="Neighbourhood watch", number=8)
    own = {"former member": {"canarycode"}}  # the export of one's own data
    urls = [page.url, *OTHER_OUTPUTS, *community_addresses(known)]
    urls += community_addresses({**known, "public_id": summary.public_id, "pk": str(Application.objects.get().pk)})
    hidden = Appeal.objects.get().decision
    urls += community_addresses({**known, "public_id": hidden.comment.public_id, "pk": str(hidden.pk)})
    urls.append(f"/admin/comments/appeals/{Appeal.objects.get().pk}/")
    for message in GroupMessage.objects.all():
        urls += community_addresses({**known, "public_id": message.public_id, "pk": str(message.recipient_id or 0)})
    inside = signed_in(member)
    assert "canarywords" in body_of(inside.get(f"/en/working-groups/canarycode/threads/{known['key']}/"))
    for who, client in outsiders.items():
        for url in dict.fromkeys(urls):
            response = client.get(url, follow=True)
            said = body_of(response).lower() + str(response.headers) + str(response.redirect_chain)
            asked = url.lower()  # the page repeats what was asked for
            found = {canary for canary in CANARIES if canary in said and canary not in asked} - own.get(who, set())
            assert not found, (who, url, found)


def told(client, method, url, known):
    """All that an answer tells, apart from what was asked for and from what is new each time."""
    connection.queries_log.clear()  # it holds 9,000 alone, and would count none beyond them
    with CaptureQueriesContext(connection) as queries:
        response = getattr(client, method)(url)
    said = re.sub(r'(name="(csrfmiddlewaretoken|token)" value=")[^"]+', r"\1", body_of(response))
    headers = {name: value for name, value in response.headers.items() if name not in {"Content-Length", "Expires"}}
    said = f"{headers} {said}".replace(url, "here").replace(url[3:], "here")  # in other languages, too
    for name in ("key", "public_id", "code"):
        said = said.replace(known[name], name).replace(NOTHING[name], name)
    return response.status_code, len(queries), said


def test_what_is_closed_answers_like_what_does_not_exist(private, outsiders):
    _group, _member, known, _summary = private
    for who, client in outsiders.items():
        nowhere = community_addresses({**known, **NOTHING})
        for url, nothing in zip(list(community_addresses(known)), nowhere, strict=True):
            if url == nothing:
                continue
            for method in ("get", "post"):
                told(client, method, nothing, known)  # what is asked once in a process is known then
                first, second = [told(client, method, address, known) for address in (url, nothing)]
                assert first == second, (who, method, url)


def test_what_a_member_reads_is_kept_nowhere(private, outsiders):
    _group, member, known, _summary = private
    inside = signed_in(member)
    for url in community_addresses(known):
        answer = inside.get(url)
        if answer.status_code == 200 and "canary" in body_of(answer):
            kept = answer.headers["Cache-Control"]
            assert "no-store" in kept, url
            assert "private" in kept, url
            assert not re.search("canary(?!code)", body_of(outsiders["nobody"].get(url))), url


def test_no_mail_carries_what_is_said_in_a_private_group(private):
    assert len(mail.outbox) > 2
    for letter in mail.outbox:
        said = f"{letter.subject} {letter.body} {letter.alternatives} {letter.extra_headers}"
        assert not [canary for canary in CANARIES if canary in said], letter.subject


# What is not of a group: of the site, of accounts and of pages, or of those whom it tells nothing of what is said.
NOT_OF_GROUPS = {
    "Adoption",
    "CannedReply",
    "Claim",
    "CommentRevision",
    "DutyContact",
    "Erasure",
    "Mention",
    "ModeratorAlert",
    "PracticeEvidence",
    "PrivateFeed",
    "RetiredName",
    "Sanction",
    "StoppedAddress",
    "WatchedWord",
}


def test_the_crawl_knows_something_of_each_table(private):
    empty = {model.__name__ for model in apps.get_app_config("community").get_models() if not model.objects.exists()}
    assert empty <= NOT_OF_GROUPS


def test_a_mention_in_a_private_thread_tells_nothing_to_who_is_outside(private, outsiders):
    _group, member, known, _summary = private
    from community.models import DiscussionThread, Mention

    thread = DiscussionThread.objects.get(translation_key=known["key"])
    said = "I agree with @Sam in this."
    row = posted(signed_in(member), place(thread), "I agree with somebody.")
    XtdComment.norel_objects.filter(pk=row.comment_id).update(comment=said)
    mentions.note(row, said, author=member)
    assert not Mention.objects.filter(comment=row).exists()
    call_command("worker", once=True)
    assert "s@mail.example" not in [address for letter in mail.outbox for address in letter.to]
    page = body_of(signed_in(member).get(thread.get_absolute_url()))
    assert "@Sam" in page
    assert not re.search(r"<[^>]+>@Sam</", page)


def test_a_member_removed_while_a_form_is_open_finds_it_closed(private):
    group, member, known, _summary = private
    client = signed_in(member)
    for url in [f"/en/discussion/{known['key']}/write/", f"/en/working-groups/{group.code}/membership/"]:
        assert client.get(url).status_code == 200
    membership.end(membership=Membership.objects.get(user=member, group=group), by=None)
    for url in community_addresses({**known, "pk": "987654"}):
        if any(part in url for part in (known["key"], group.code)) and not url.startswith("/admin/"):
            for method in ("get", "post"):
                answer = getattr(client, method)(url, {"text": "After the end.", "language": "en"})
                assert answer.status_code == 404, (method, url)
