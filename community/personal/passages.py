"""Where somebody may be named in working groups, beside the comments: titles of threads, summaries, messages.

Moderators of the site look through what they moderate and every published summary; a private group is looked through by
its own moderators. What was sent to all members of a group is for those who moderate it. What one member wrote to
another nobody else reads: only whoever runs the site, who answers for the data, can have words masked there unread. It
is deleted after 30 days.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import stamps

from .. import services
from ..access import moderates_site
from ..groups.reading import STAMP
from ..models import DiscussionThread, GroupMessage, GroupSummary, Membership, WorkingGroup
from ..moderation import acts, redaction
from . import ledger
from .tables import rows


@dataclass(frozen=True)
class Kind:
    label: str | Promise
    columns: tuple[str, ...]
    open_to: Callable[[Any], QuerySet]


@dataclass(frozen=True)
class Passage:
    """A text that holds the words; without them where it is masked unread. `of` is the kind and the row."""

    of: str
    label: str | Promise
    language: str
    before: str
    words: str
    after: str


def _titles(user: Any) -> QuerySet:
    return DiscussionThread.objects.moderated_by(user).exclude(title="")


def _summaries(user: Any) -> QuerySet:
    groups = WorkingGroup.objects.moderated_by(user).order_by().values("pk")
    mine = Q(group__in=groups)
    return GroupSummary.objects.filter(mine | Q(published_at__isnull=False) if moderates_site(user) else mine)


def _messages(user: Any) -> QuerySet:
    if user.is_active and user.is_superuser:
        return GroupMessage.objects.all()
    groups = Membership.objects.of(user).moderating().groups()
    return GroupMessage.objects.filter(group__in=groups, recipient=None)


KINDS = {
    "title": Kind(_("title of a discussion"), ("title",), _titles),
    "summary": Kind(pgettext_lazy("of a working group", "summary"), ("title", "text"), _summaries),
    "message": Kind(_("message in a group"), ("text",), _messages),
}


def find(wanted: re.Pattern[str], likely: Callable[[str], Q], user: Any, around: int) -> Iterator[Passage]:
    for code, kind in KINDS.items():
        some = Q(*map(likely, kind.columns), _connector=Q.OR)
        for row in kind.open_to(user).filter(some).order_by("-pk").iterator():
            found = next(((text, hit) for text in _texts(kind, row) if (hit := wanted.search(text))), None)
            if found is not None:
                yield _passage(code, kind, row, *found, around)


def _texts(kind: Kind, row: Any) -> list[str]:
    return [getattr(row, column) for column in kind.columns]


def _passage(code: str, kind: Kind, row: Any, text: str, hit: re.Match[str], around: int) -> Passage:
    start, end = hit.span()
    shown = (text[max(0, start - around) : start], hit[0], text[end : end + around])
    is_letter = code == "message" and row.recipient_id is not None
    return Passage(f"{code}.{row.pk}", kind.label, row.language, *(("", "", "") if is_letter else shown))


def mask(chosen: Collection[str], wanted: re.Pattern[str], kind: str, user: Any) -> int:
    """In those of the chosen rows that are open to this person; in how many."""
    masked = sum(_mask_row(KINDS[code], row, wanted, kind) for code in KINDS for row in _rows(code, chosen, user))
    if masked:
        acts.record(acts.Kind.MASKED, by=user, passages=masked)
    return masked


def _rows(code: str, chosen: Collection[str], user: Any) -> QuerySet:
    pks = [pk for of, _dot, pk in (each.partition(".") for each in chosen) if of == code and pk.isdecimal()]
    return KINDS[code].open_to(user).filter(pk__in=[int(pk) for pk in pks if len(pk) < 18]).select_for_update()


def _mask_row(of: Kind, row: Any, wanted: re.Pattern[str], kind: str) -> bool:
    held = [(column, getattr(row, column)) for column in of.columns if wanted.search(getattr(row, column))]
    for column, text in held:
        replace(row._meta.label, row.pk, column, text, wanted, kind, row.language)
    if held:
        stamps.touch(STAMP)
        if isinstance(row, DiscussionThread):
            services.tell_thread(row)
    return bool(held)


def replace(label: str, pk: int, column: str, text: str, wanted: re.Pattern[str], kind: str, language: str) -> None:
    """Mask the words in one column of one row, again after a restore."""
    spans = [[*hit.span(), kind] for hit in wanted.finditer(text)]
    ledger.passage(label, pk, column, text, spans, language)
    write(label, pk, column, text, spans, language)


def write(label: str, pk: int, column: str, text: str, spans: list[list[Any]], language: str) -> None:
    words = redaction.masked(text, [redaction.Mask(*span) for span in spans], language)
    longest = rows(label).model._meta.get_field(column).max_length or len(words)
    rows(label, pk=pk).update(**{column: words[:longest]})
