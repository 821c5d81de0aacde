"""Comments that are there already, made as the services make them, without the forms in front."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community import services
from community.models import CommentState, Report, State
from community.screening import Draft, Finding, Verdict
from tests.community.conftest import account


def written(page, user=None, text="Words.", *, held_for="", name="Neighbour", language="en"):
    """A comment as it stands after the checks: held for a reason, or published."""
    from django.contrib.auth.models import AnonymousUser

    draft = Draft(
        page=page,
        thread=None,
        user=user or AnonymousUser(),
        name=user.member.display_name if user else name,
        text=text,
        language=language,
        nonce=f"n{CommentState.objects.count()}",
    )
    findings = [Finding(Verdict.HOLD, held_for)] if held_for else []
    return services.post_comment(draft=draft, findings=findings)


def hidden(row, moderator, **fields):
    fields = {"reason": "rule-3", **fields}
    return services.decide(public_id=row.public_id, moderator=moderator, new=State.HIDDEN, **fields)


def kept(row, moderator, **fields):
    return services.decide(
        public_id=row.public_id, moderator=moderator, new=State.PUBLISHED, **{"reason": "no-fault", **fields}
    )


def reported(row, reporter, reason="rule-1"):
    from django.contrib.auth.models import AnonymousUser

    nonce = f"r{Report.objects.count()}"
    return services.report_comment(
        row=row, reporter=reporter or AnonymousUser(), reason=reason, explanation="", nonce=nonce
    )


def old_account(username, **fields):
    user = account(username, **fields)
    type(user).objects.filter(pk=user.pk).update(date_joined=timezone.now() - timedelta(days=30))
    return user


def text_of(row):
    return CommentState.objects.select_related("comment").get(pk=row.pk).comment.comment


@pytest.fixture
def second(db):
    return account("ann", name="Ann", groups=["Moderators"])
