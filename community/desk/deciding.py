"""From a filled-in form to a decision, one comment or many; why each one could not be decided, in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import uuid4

from django.db import transaction

from .. import refusals, services
from ..models import CommentState, LegalHold, Member, ModerationDecision, State
from ..moderation import branches, erasing, sanctions
from ..refusals import Refused
from .forms import REDACTED, BulkForm, DecisionForm, ready_text_for


@dataclass
class Result:
    """What came of many: how many were decided, and the numbers of the others by what stood in the way."""

    decided: int = 0
    left: dict[str, list[str]] = field(default_factory=dict)
    sealed: list[str] = field(default_factory=list)  # erased, but a legal hold keeps a copy


@transaction.atomic
def decide(user: Any, form: DecisionForm, public_id: str, seen: str) -> ModerationDecision:
    given = form.cleaned_data
    if form.new is State.ERASED:
        decision = erasing.erase(
            public_id=public_id, moderator=user, reason=given["reason"], explanation=given["explanation"], seen=seen
        )
        _sanction(decision, user, form)
        return decision
    batch = uuid4() if given["answers_too"] else None
    decision = services.decide(
        public_id=public_id,
        moderator=user,
        new=form.new,
        reason=given["reason"],
        explanation=given["explanation"],
        seen=seen,
        masks=form.masks if given["outcome"] == REDACTED else (),
        batch=batch,
    )
    if batch:
        branches.hide_answers(decision=decision, moderator=user, batch=batch)
    _sanction(decision, user, form)
    return decision


def _sanction(decision: ModerationDecision, user: Any, form: DecisionForm) -> None:
    kind, days = form.consequence
    if kind:
        sanctions.impose(decision=decision, moderator=user, kind=sanctions.Kind(kind), days=days)


def decide_all(user: Any, form: BulkForm, ids: Iterable[str]) -> Result:
    """Each for itself: what cannot be decided is named and holds up no other. An id is “number.version”."""
    result = Result()
    given = form.cleaned_data
    wanted = dict.fromkeys(value for value in ids if "\0" not in value)
    languages = author_languages(value.partition(".")[0] for value in wanted) if given["ready_text"] else {}
    ready = {language: ready_text_for(given["reason"], language) for language in set(languages.values())}
    words: list[str] = []
    done: list[str] = []
    decide_one = (
        partial(erasing.erase, gathered=words) if form.new is State.ERASED else partial(services.decide, new=form.new)
    )
    for value in wanted:
        public_id, _dot, seen = value.partition(".")
        text = "\n\n".join(filter(None, [ready.get(languages.get(public_id, ""), ""), given["explanation"]]))
        try:
            decide_one(
                public_id=public_id,
                moderator=user,
                reason=given["reason"],
                explanation=text[:2000],
                seen=seen or "-",
            )
        except Refused as refusal:
            result.left.setdefault(refusals.said(refusal), []).append(public_id)
        except CommentState.DoesNotExist:
            result.left.setdefault(refusals.said(Refused("gone")), []).append(public_id)
        else:
            result.decided += 1
            done.append(public_id)
    if form.new is State.ERASED:
        erasing.forget(words)
        result.sealed = sealed_among(done)
    return result


def sealed_among(public_ids: Iterable[str]) -> list[str]:
    """The numbers of those of which a legal hold keeps a copy."""
    held = LegalHold.objects.in_force().filter(comment__public_id__in=list(public_ids))
    return sorted(set(held.values_list("comment__public_id", flat=True)))


def author_languages(public_ids: Iterable[str]) -> dict[str, str]:
    """The language in which each author reads our mails; of a visitor, the language of the comment."""
    rows = CommentState.objects.filter(public_id__in=list(public_ids)).values_list(
        "public_id", "language", "comment__user"
    )
    found = list(rows)
    members = Member.objects.filter(user__in={user for _id, _language, user in found if user})
    chosen = dict(members.values_list("user", "language"))
    return {public_id: chosen.get(user, language) for public_id, language, user in found}
