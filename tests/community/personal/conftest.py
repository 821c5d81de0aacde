"""A member who has left something nearly everywhere, with a name, address and network that stand nowhere else."""

import re
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django_comments_xtd.models import XtdComment
from wagtail.log_actions import log
from wagtail.models import Comment as PageComment
from wagtail.models import CommentReply, TaskState, UploadedFile
from wagtail.users.models import UserProfile

from community import services
from community.models import (
    Appeal,
    Application,
    Claim,
    CommentRevision,
    CommentState,
    GroupMessage,
    Membership,
    Mention,
    ModerationAct,
    ModerationDecision,
    ModeratorNote,
    PracticeEvidence,
    Quote,
    Reaction,
    Report,
    Sanction,
    State,
    WorkingGroup,
)
from community.models.subscriptions import Subscription
from community.moderation import redaction
from community.notices import private_addresses
from patterns.models import KeptSequence
from portal import outbox
from portal.models import OutboxRow
from tests.community.conftest import account, page, posted, signed_in  # noqa: F401 - a fixture
from translation.models import Outcome, Submission

NAME, EMAIL, ADDRESS, BROWSER = "Zebrafinch Quaggason", "zq.wombat@canary.example", "203.0.113.77", "Numbatbrowser"
WORDS = ("zebrafinch", "quaggason", "zq.wombat", "canary.example", ADDRESS, "numbatbrowser")
PASSWORD = "a-long-password-1"
NETWORK = {"REMOTE_ADDR": ADDRESS, "HTTP_X_FORWARDED_FOR": ADDRESS, "HTTP_USER_AGENT": BROWSER}


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ERASURES_FILE = str(tmp_path / "erasures.jsonl")


def sign_up():
    client = Client(**NETWORK)
    data = {"email": EMAIL, "display_name": NAME, "password1": PASSWORD, "password2": PASSWORD, "website": ""}
    assert client.post("/accounts/signup/", data).status_code == 302
    path = re.search(r"http://testserver(\S+)", mail.outbox[-1].body).group(1)
    client.post(path)
    assert client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD}).status_code == 302
    return client, User.objects.get(email=EMAIL)


@pytest.fixture
def zebra(page, moderator_of_comments):  # noqa: F811
    """Signed up and signed in as a browser does; then everything that an account can leave behind."""
    client, user = sign_up()
    other = account("other", name="Ordinary Otter")
    mine = posted(client, page, f"I am {NAME}, and this is what we tried in our street last year.")
    hidden = posted(client, page, f"Something of {NAME} that was hidden, thylacine and all.")
    theirs = posted(signed_in(other), page, "Thank you for what you told us here, quokka.")
    XtdComment.objects.filter(pk=theirs.comment_id).update(comment=f"Thank you @{NAME}, quokka.")
    theirs = CommentState.objects.get(pk=theirs.pk)
    theirs.save()  # and into the search
    others = SimpleNamespace(user=other, comment=theirs, moderator=moderator_of_comments)
    in_threads(user, mine, theirs, others)
    in_moderation(user, mine, hidden, theirs, others)
    in_groups(user, mine)
    in_admin(user, page, others)
    in_translation(user, page, others)
    Client(**NETWORK).post("/accounts/login/", {"login": EMAIL, "password": "wrong"})
    outbox.drain()
    OutboxRow.objects.create(topic="community.mail", key="gone:1", version=1, error=f"550 <{EMAIL}> rejected")
    return SimpleNamespace(user=user, client=client, mine=mine, hidden=hidden, page=page, others=others)


@pytest.fixture
def moderator_of_comments(db):
    return account("mo", name="Mo de Groot", groups=["Moderators"])


def in_threads(user, mine, theirs, others):
    CommentRevision.objects.create(comment=mine, text=f"Earlier: {NAME}.", language="en", replaced_at=timezone.now())
    CommentRevision.objects.create(
        comment=theirs, text=f"Hello @{NAME}, earlier.", language="en", replaced_at=timezone.now()
    )
    Mention.objects.get_or_create(comment=theirs, user=user)
    start = theirs.comment.comment.index("@")
    CommentState.objects.filter(pk=theirs.pk).update(mention_spans=[[start, start + len(NAME) + 1]], useful=1)
    Reaction.objects.create(comment=theirs, user=user, kind="useful")
    Reaction.objects.create(comment=theirs, user=user, kind="concern", text=f"Ask {NAME} at {EMAIL}.")
    Reaction.objects.create(comment=mine, user=others.user, kind="useful")
    PracticeEvidence.objects.create(
        comment=mine,
        act="tried",
        country="NL",
        organisation="police",
        outcome="failed",
        changed=f"{NAME} left.",
        known_by=f"Told by {NAME}.",
    )
    KeptSequence.keep(user, f"Of {NAME}", ["DIY-08"])
    private_addresses.switch_on(user)
    Subscription.objects.create(user=user, scope="site", confirmed_at=timezone.now())
    Subscription.objects.create(email=EMAIL, language="en", scope="country", target="it", confirmed_at=timezone.now())


def in_moderation(user, mine, hidden, theirs, others):
    moderator = others.moderator
    ruled = services.decide(
        public_id=hidden.public_id,
        moderator=moderator,
        new=State.HIDDEN,
        reason="rule-3",
        explanation=f"Dear {NAME}, no names.",
    )
    Appeal.objects.create(
        decision=ruled, side="author", made_by=user, text=f"I, {NAME}, object.", language="en", nonce="n1",
        answer=f"No, {NAME}.", answered_by=moderator, answered_at=timezone.now(), outcome="rejected",
    )  # fmt: skip
    Report.objects.create(
        comment=theirs, reporter=user, reason="other", text=f"{NAME} says so.", name=NAME, email=EMAIL, nonce="n2"
    )
    Report.objects.create(
        comment=mine, reporter=others.user, reason="rule-3", text=f"{NAME} is not his name; {EMAIL}.", nonce="n3"
    )
    ModeratorNote.objects.create(comment=mine, made_by=moderator, text=f"{NAME}, reported by Ordinary Otter.")
    ModeratorNote.objects.create(comment=theirs, made_by=moderator, text=f"See what {NAME} wrote.")
    ModerationAct.objects.create(
        kind="sanctioned", comment=mine, made_by=moderator, details={"about": user.pk, "name": NAME}
    )
    Sanction.objects.create(user=user, kind="warning", cause=ruled, made_by=moderator)
    Claim.objects.create(
        comment=theirs, holder=user, since=timezone.now(), until=timezone.now() + timezone.timedelta(hours=1)
    )
    masked = redaction.apply(mine, [redaction.Mask(0, 1, "name")])
    redaction.seal(masked, ModerationDecision.objects.filter(comment=mine).first())


def in_groups(user, mine):
    group = WorkingGroup.objects.create(code="efus")
    Membership.objects.create(group=group, user=user, organisation=f"{NAME} and sons")
    Application.objects.create(
        group=group, user=user, role="x", practitioner="citizen", country="BE", motivation=f"{NAME} wants in.",
        consented_at=timezone.now(),
    )  # fmt: skip
    summary = group.summaries.create(title="What we said", text=f"As {NAME} put it.", language="en")
    GroupMessage.objects.create(group=group, sender=user, text=f"{NAME} asks all of you", language="en")
    Quote.objects.create(summary=summary, comment=mine, text=f"I am {NAME}")


def in_admin(user, page, others):  # noqa: F811
    user.groups.add(Group.objects.get(name="Editors"))
    profile = UserProfile.get_for_user(user)
    profile.avatar.save(f"{NAME}.png", ContentFile(b"not a picture"))
    page.owner = user
    page.save()
    comment = PageComment.objects.create(page=page, user=user, text=f"{NAME} asks.", contentpath="title")
    CommentReply.objects.create(comment=comment, user=others.user, text="An answer.")
    open_comment = PageComment.objects.create(page=page, user=others.user, text=f"Ask {NAME}.", contentpath="title")
    CommentReply.objects.create(comment=open_comment, user=user, text=f"{NAME} here.")
    page.save_revision(user=user)
    log(page, "wagtail.comments.create", user=user, data={"comment": {"id": 1, "text": f"{NAME} asks."}})
    log(user, "wagtail.edit", user=others.moderator, data={"label": NAME})
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": EMAIL})
    UploadedFile.objects.create(file=ContentFile(b"x", name="x.png"), uploaded_by_user=user)
    state = page.workflow_states.create(workflow_id=1, requested_by=user) if page.workflow_states.exists() else None
    if state:
        TaskState.objects.create(workflow_state=state, finished_by=user, comment=NAME)


def in_translation(user, page, others):  # noqa: F811
    review = {"translation_key": page.translation_key, "locale": page.locale, "outcome": Outcome.RETURNED}
    review["decided_at"] = timezone.now()
    Submission.objects.create(
        **review, submitted_by=user, note=f"{NAME} hands this in.", decided_by=others.user, reason=f"No, {NAME}."
    )
    Submission.objects.create(
        **review, submitted_by=others.user, note=f"For {NAME}.", decided_by=user, reason=f"{NAME} wants other words."
    )


@pytest.fixture
def backup(zebra):
    """The database as it is when the test begins, to be restored later. Files are not part of it."""
    point = transaction.savepoint()
    return SimpleNamespace(restore=lambda: transaction.savepoint_rollback(point))
