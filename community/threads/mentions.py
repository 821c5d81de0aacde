"""Names after an @.

Two things come of them, and neither tells the writer whether somebody has that name: a name is set off only if its
owner stands in the thread for everybody to read, and a row for a notice is left for members who can read the thread.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef

from .. import names
from ..models import CommentState, DiscussionThread, Member, Mention
from ..models.members import MAX_NAME

MOST = 10  # mentions of one comment that are looked at
_at = re.compile(r"(?:^|(?<=[\s(]))@(?=\w)")
_word = re.compile(r"\w+")


class Candidate(NamedTuple):
    """The @ and as many words after it as might be a name."""

    start: int
    end: int
    folded: str


def note(row: CommentState, text: str, *, author: Any) -> None:
    """Leave the mentions of a comment's text with it; those of an earlier text are forgotten."""
    row.mentions.all().delete()
    before, row.mention_spans = row.mention_spans, []
    if found := [list(_candidates(text, match.start())) for match in list(_at.finditer(text))[:MOST]]:
        members = _members(row.thread, {candidate.folded for each in found for candidate in each})
        # Where authors are shown by their role, a name set off would tell who takes part.
        here = {member.folded_name for member in members if member.writes_here and not row.thread.by_role}
        row.mention_spans = [span for each in found if (span := _longest(each, here))]
        readers = {member.folded_name: member for member in members if may_read(member.user, row.thread)}
        named = {each[-1].folded for spans in found if (each := [c for c in spans if c.folded in readers])}
        Mention.objects.bulk_create(
            Mention(comment=row, user=readers[name].user) for name in named if readers[name].user_id != author.pk
        )
    if row.mention_spans != before:
        # `update`, not `save`: nothing that follows a comment depends on them, and the search would read it again.
        CommentState.objects.filter(pk=row.pk).update(mention_spans=row.mention_spans)


def may_read(user: Any, thread: DiscussionThread) -> bool:
    return user.is_active and DiscussionThread.objects.visible_to(user).filter(pk=thread.pk).exists()


def _candidates(text: str, start: int) -> Iterator[Candidate]:
    """One word after the @, two words, and so on, shortest first."""
    line = text[start + 1 : start + 1 + MAX_NAME].partition("\n")[0]
    for word in _word.finditer(line):
        yield Candidate(start, start + 1 + word.end(), names.fold(line[: word.end()]))


def _members(thread: DiscussionThread, folded: set[str]) -> list[Any]:
    written = CommentState.objects.published().filter(thread=thread, comment__user=OuterRef("user"))
    found = Member.objects.filter(folded_name__in=folded).select_related("user")
    return list(found.annotate(writes_here=Exists(written)))


def _longest(candidates: list[Candidate], known: set[str]) -> tuple[int, int] | None:
    return next(((each.start, each.end) for each in reversed(candidates) if each.folded in known), None)
