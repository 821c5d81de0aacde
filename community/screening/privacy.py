"""The privacy guard, asked about everything in a comment that others would read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from portal import guard
from portal.guard import explained

from ..models import CommentState, State
from . import named
from .findings import Draft, Finding, Hit, Verdict

# What can be divided so that neither part is found: digits stand in both.
DIVISIBLE = (guard.Kind.IBAN, guard.Kind.ID_NUMBER, guard.Kind.PLATE, guard.Kind.PHONE)
NEAR = 60  # letters on each side of where two comments meet
MOST_COMPARED = 3


def no_personal_data(draft: Draft) -> Iterator[Finding]:
    """What is certain must be changed; of the rest the writer is warned, and it is held when he insists."""
    found: dict[tuple[guard.Kind, bool], list[Hit]] = defaultdict(list)
    for hit in _hits(draft):
        found[hit.kind, hit.certain].append(Hit(hit.start, hit.end))
    for (kind, certain), hits in found.items():
        doubtful = Verdict.HOLD if draft.insists else Verdict.WARN
        yield Finding(
            verdict=Verdict.REFUSE if certain else doubtful,
            code=kind.value,
            message=str(explained.MESSAGES[kind]),
            rule=explained.RULES[kind],
            hits=tuple(hits),
        )


def nothing_across_comments(draft: Draft) -> Iterator[Finding]:
    """A number that is divided between two comments of one writer in a discussion: each half alone says nothing.

    Readers see them in either order. Visitors are read by a moderator in any case.
    """
    found: dict[guard.Kind, set[Hit]] = defaultdict(set)
    for earlier in _earlier(draft):
        for before, after in ((earlier, draft.text), (draft.text, earlier)):
            for kind, left, right in _across(before[-NEAR:], after[:NEAR], draft.language):
                end = len(draft.text)
                found[kind].add(Hit(0, right) if after is draft.text else Hit(end - left, end))
    for kind, hits in found.items():
        said = f"{explained.MESSAGES[kind]} {_('It is divided between two of your comments.')}"
        verdict = Verdict.HOLD if draft.insists else Verdict.WARN
        yield Finding(verdict, kind.value, said, rule=explained.RULES[kind], hits=tuple(sorted(hits)))


def _earlier(draft: Draft) -> Iterable[str]:
    ends = draft.text[:NEAR] + draft.text[-NEAR:]
    if draft.is_guest or draft.thread is None or not any(map(str.isdigit, ends)):
        return []
    mine = CommentState.objects.of_account(draft.user).filter(thread=draft.thread)
    recent = mine.filter(posted_at__gte=timezone.now() - timedelta(days=1), state__in=[State.PUBLISHED, State.HELD])
    others = recent.exclude(pk=draft.edited.pk) if draft.edited else recent
    return others.order_by("-posted_at").values_list("comment__comment", flat=True)[:MOST_COMPARED]


def _across(before: str, after: str, language: str) -> Iterator[tuple[guard.Kind, int, int]]:
    """What goes over the seam: its kind, and how many characters of it stand on each side."""
    seam = len(before)
    for hit in guard.inspect(f"{before}\n{after}", language, kinds=DIVISIBLE):
        if hit.start < seam and hit.end > seam + 1:
            yield hit.kind, seam - hit.start, hit.end - seam - 1


def _hits(draft: Draft) -> list[guard.Hit]:
    """Whom readers see in the discussion may be spoken to, but not accused; who is known for what the page draws on
    may be argued with. Names are looked up only where they can make a difference."""
    hits = guard.inspect(draft.text, draft.language)
    if any(hit.kind is guard.Kind.ACCUSATION for hit in hits) and (authors := named.authors(draft)):
        hits = guard.inspect(draft.text, draft.language, known=authors)
    if "@" in draft.text and any(hit.kind is guard.Kind.PROFILE for hit in hits) and (here := named.writers(draft)):
        left = guard.inspect(draft.text, draft.language, kinds={guard.Kind.PROFILE}, known=here)
        hits = [hit for hit in hits if hit.kind is not guard.Kind.PROFILE or hit in left]
    return hits
