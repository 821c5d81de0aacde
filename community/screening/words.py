"""The words that moderators watch for, and texts that say again what was said."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from portal.guard.folding import bare, fold
from portal.prepared import Prepared

from .. import text
from ..models import CommentState, State, WatchedWord
from ..reasons import HoldReason
from .findings import Draft, Finding, Hit, Verdict

ALIKE = 92  # per cent of the letters, in the same order
LEAST_LENGTH = 40  # shorter texts are alike by nature: "Thank you, that helped"
MOST_COMPARED = 25
MUCH_LONGER = 1.3  # texts that are alike have about as many letters
NO_LETTERS = re.compile(r"[\W_]+")
VERDICTS = {
    WatchedWord.Effect.MARK: Verdict.WARN,
    WatchedWord.Effect.HOLD: Verdict.HOLD,
    WatchedWord.Effect.REFUSE: Verdict.REFUSE,
}


def no_watched_words(draft: Draft) -> Iterator[Finding]:
    """Whole words: a watched "press" does not find "WordPress". One pass over the text for all of them."""
    effects = {folded: WatchedWord.Effect(effect) for folded, effect in _watched(draft.language)}
    if not effects:
        return
    found: dict[WatchedWord.Effect, list[Hit]] = {}
    plain = fold(draft.text)
    for match in _pattern(list(effects)).finditer(bare(plain.text)):
        effect = max((effects[word] for word in effects if _is(word, match.group())), key=lambda one: VERDICTS[one])
        found.setdefault(effect, []).append(Hit(*plain.span(*match.span())))
    for effect, hits in found.items():
        verdict = VERDICTS[effect]
        if verdict is Verdict.WARN and draft.insists:
            verdict = Verdict.HOLD
        yield Finding(verdict, HoldReason.WORD, _("The moderators watch for this word."), hits=tuple(hits))


def nothing_said_again(draft: Draft) -> Iterator[Finding]:
    """Nearly the words that the writer, or somebody in the same discussion, sent within a day."""
    if len(draft.text) < LEAST_LENGTH:
        return
    words, length = "", _letters(draft.text)
    for earlier in _recent(draft):
        if not length / MUCH_LONGER < _letters(earlier) < length * MUCH_LONGER:
            continue
        words = words or text.folded_words(draft.text)
        if fuzz.ratio(words, text.folded_words(earlier), score_cutoff=ALIKE):
            yield Finding(Verdict.HOLD, HoldReason.SIMILAR)
            return


@Prepared.of(str)
def _watched(language: str) -> QuerySet:
    watched = WatchedWord.objects.filter(Q(language="") | Q(language=language))
    return watched.values_list("folded", "effect")


def _recent(draft: Draft) -> list[str]:
    """The last texts of both, the latest first."""
    since = timezone.now() - timedelta(days=1)
    found = {*_recent_here(draft.place, since), *_recent_of(draft.account, since)}
    return [words for _at, _pk, words in sorted(found, reverse=True)[:MOST_COMPARED]]


@Prepared.of(int, datetime)
def _recent_here(thread: int, since: datetime) -> QuerySet:
    return _kept(since).filter(thread_id=thread)[:MOST_COMPARED]


@Prepared.of(int, datetime)
def _recent_of(account: int, since: datetime) -> QuerySet:
    return _kept(since).filter(comment__user_id=account)[:MOST_COMPARED]


def _kept(since: datetime) -> QuerySet:
    recent = CommentState.objects.filter(posted_at__gte=since).exclude(state__in=[State.WITHDRAWN, State.ERASED])
    return recent.order_by("-posted_at", "-pk").values_list("posted_at", "pk", "comment__comment")


def _letters(words: str) -> int:
    return len(NO_LETTERS.sub("", words))


def _pattern(folded: list[str]) -> re.Pattern[str]:
    options = sorted(folded, key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(_one, options))})(?![^\W_])")


def _is(word: str, written: str) -> bool:
    return re.fullmatch(_one(word), written) is not None


def _one(word: str) -> str:
    parts = (re.escape(part.rstrip("*")) + (r"[^\W_]{0,30}" if part.endswith("*") else "") for part in word.split())
    return r"[\W_]{1,3}".join(parts)
