"""Words that are spelt almost like an unknown one and find something the reader may see."""

from collections.abc import Sequence

from elasticsearch.dsl import A, Q
from elasticsearch.dsl.query import Query as Clause
from rapidfuzz.distance import OSA

from ...analysis import token
from ...folding import fold
from . import queries

CANDIDATES = 8
CORRECTED = 6  # unknown words looked at


def better_words(terms: Sequence[str], language: str, hidden: Clause) -> dict[str, str]:
    """Takes two questions: which words are near, and what they find.

    The first is answered from all texts, drafts' neighbours and closed ones too, so nothing of it is shown before the
    second has said that the reader may see a text with the word.
    """
    from .engine import run, search_in

    wanted = {term: allowed for term in terms[:CORRECTED] if (allowed := _allowed_edits(term))}
    if not wanted:
        return {}
    search = search_in(language).extra(size=0)
    for n, (term, allowed) in enumerate(wanted.items()):
        search = search.suggest(f"near:{n}", term, phrase=_near(allowed))
    suggested = run(search).suggest.to_dict()
    near = {
        term: _candidates(term, [option["text"] for part in suggested[f"near:{n}"] for option in part["options"]])
        for n, term in enumerate(wanted)
    }
    found = _found_by(sorted({word for words in near.values() for word in words}), language, hidden)
    return {term: best for term, words in near.items() if (best := _best(term, wanted[term], words, found, language))}


def _near(allowed: int) -> dict:
    generator = {
        "field": "spelt",
        "suggest_mode": "always",
        "max_edits": allowed,
        "min_word_length": 4,
        "prefix_length": 0,
        "size": CANDIDATES * 2,
    }
    return {
        "field": "spelt",
        "size": CANDIDATES * 2,
        "confidence": 0.0,
        "max_errors": 1.0,
        "direct_generator": [generator],
    }


def _candidates(term: str, words: list[str]) -> list[str]:
    return [word for word in words if word != term and " " not in word]


def _allowed_edits(term: str) -> int:
    """A short word with one letter changed is another word."""
    return 0 if len(term) < 4 else 1 if len(term) < 8 else 2


def _found_by(words: Sequence[str], language: str, hidden: Clause) -> dict[str, int]:
    """How many documents each word finds, among those the reader may see."""
    from .engine import run, search_in

    if not words:
        return {}
    search = search_in(language).query(Q("bool", must_not=[hidden])).extra(size=0)
    for n, word in enumerate(words):
        search.aggs.bucket(f"word:{n}", A("filter", filter=queries.has([word])))
    counted = run(search).aggregations.to_dict()
    return {word: counted[f"word:{n}"]["doc_count"] for n, word in enumerate(words)}


def _best(term: str, allowed: int, words: Sequence[str], found: dict[str, int], language: str) -> str:
    """The nearest; people seldom miss the first letter."""
    own = token(term, language)
    edits = {word: OSA.distance(fold(term), fold(word)) for word in words if found.get(word)}
    near = [word for word in edits if edits[word] <= allowed and token(word, language) != own]
    return min(near, key=lambda word: (edits[word], word[0] != term[0], -found[word], word), default="")
