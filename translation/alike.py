"""Finding, among thousands of texts, those that read like one of a few: quick, since most are out by their length."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils

from .checks.pair import plain

ENOUGH = 75  # percent, as rapidfuzz counts for words in any order
ROUGHLY = 60
LONGER = 2  # times: a word within a long text is alike by its words, and of no use
MOST = 10


def reach(texts: Iterable[str]) -> tuple[int, int]:
    """How short and how long a text may be to be like one of these, markup and all."""
    sizes = [len(text) for text in texts]
    return (min(sizes) // LONGER // LONGER, max(sizes) * LONGER * LONGER)


def alike(texts: Iterable[str], among: Iterable[str]) -> dict[str, dict[str, int]]:
    """For each of `texts` those like it, best first, with their percent; never the text itself."""
    ordered = sorted(((_sorted(bare), bare, text) for text in among if (bare := _bare(text))), key=_size)
    sizes = [_size(one) for one in ordered]
    found = {}
    for text in texts:
        wanted = _bare(text)
        low, high = bisect_left(sizes, len(wanted) // LONGER), bisect_right(sizes, len(wanted) * LONGER)
        band = [words for words, _text, _key in ordered[low:high]]
        near = process.extract(_sorted(wanted), band, scorer=fuzz.ratio, score_cutoff=ROUGHLY, limit=MOST * 3)
        scores = {}
        for _words, _score, at in near:
            _words, bare, other = ordered[low + at]
            score = int(fuzz.token_ratio(wanted, bare))
            if score >= ENOUGH and other != text:
                scores[other] = score
        found[text] = dict(sorted(scores.items(), key=lambda one: -one[1])[:MOST])
    return found


def _bare(text: str) -> str:
    return utils.default_process(plain(text))


def _sorted(text: str) -> str:
    return " ".join(sorted(text.split()))


def _size(one: tuple[str, str, str]) -> int:
    return len(one[0])
