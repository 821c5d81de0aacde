"""Words that are spelt almost like an unknown one and find something the reader may see."""

from collections.abc import Mapping, Sequence

from elasticsearch.dsl import A, Q
from elasticsearch.dsl.query import Query as Clause

from portal.words.folding import fold

from ..embedded import spelling
from ..embedded.plan import make_plan
from ..embedded.spelling import CANDIDATES, MOST_DOUBLED, Candidates, Known
from ..embedded.store import documents_by_language
from . import queries
from .requests import run, search_in

MOST_EDITS = 2  # that Elasticsearch can count


def better_words(terms: Sequence[str], language: str, hidden: Clause, *, loosely: bool = False) -> dict[str, str]:
    """Takes two questions: which words are near, and what they find.

    The first is answered from all texts, drafts' neighbours and closed ones too, so nothing of it is shown before the
    second has said that the reader may see a text with the word. No suggester finds words that only look alike, since
    Elasticsearch changes two letters at most: those come from the vocabulary that the catalogue keeps for plans.
    """
    near = spelling.looking_alike(terms, language) if loosely else _near(terms, language)
    return spelling.chosen(near, _found_by(spelling.words_in(near), language, hidden))


def _near(terms: Sequence[str], language: str) -> Candidates:
    wanted = spelling.allowed_edits(terms)
    known = _suggested(wanted, language) if wanted else {}
    return {
        term: spelling.nearest(term, allowed, known[term] + _from_thesaurus(term, allowed, language), language)
        for term, allowed in wanted.items()
    }


def _suggested(wanted: Mapping[str, int], language: str) -> dict[str, Known]:
    search = search_in(language).extra(size=0)
    for n, term in enumerate(wanted):
        search = search.suggest(f"near:{n}", term, phrase=_suggester())
    answers = run(search).suggest.to_dict()
    found = {}
    for n, term in enumerate(wanted):
        words = [option["text"] for part in answers[f"near:{n}"] for option in part["options"]]
        found[term] = [(word, fold(word)) for word in words if word != term and " " not in word]
    return found


def _suggester() -> dict:
    """What is too far away is left out afterwards."""
    generator = {
        "field": "spelt",
        "suggest_mode": "always",
        "max_edits": MOST_EDITS,
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


def _from_thesaurus(term: str, allowed: int, language: str) -> Known:
    apart = max(allowed, MOST_DOUBLED)
    lengths = set(range(len(term) - apart, len(term) + apart + 1))
    return spelling.known_to_thesaurus(language, lengths)


def _found_by(words: Sequence[str], language: str, hidden: Clause) -> dict[str, int]:
    """How many documents each word finds, among those the reader may see."""
    query = spelling.testing(words, language)
    plan = make_plan(query, documents_by_language())
    if not plan.languages:
        return {}
    spoken = queries.Question(plan, query, hidden).spoken
    search = search_in(*(words.language for words in spoken)).query(Q("bool", must_not=[hidden])).extra(size=0)
    for n, _term in enumerate(query.terms):
        search.aggs.bucket(f"word:{n}", A("filter", filter=queries.anywhere(spoken, n)))
    counted = run(search).aggregations.to_dict()
    return {term.forms[0]: counted[f"word:{n}"]["doc_count"] for n, term in enumerate(query.terms)}
