"""A subject is one thing: what its title says in one language and its text in another count together.

As `embedded.ranking.join_languages` has it. Elasticsearch scores each text alone, so it is asked once more, of the best
subjects, what each word is worth in each of their texts.
"""

from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from elasticsearch.dsl import Q

from ..embedded.ranking import ELSEWHERE, JOINED, coverage
from . import queries
from .queries import Coverage, Question
from .requests import run, search_in

TEXTS = 3 * JOINED  # of those subjects, the best
Worth = dict[int, float]  # of each word or phrase of the question, by its place


def is_wanted(question: Question, covered: Coverage) -> bool:
    """One word is worth most in one text, and deep pages stay in the order in which they were counted."""
    query = question.query
    return bool(covered.share) and len(question.spoken) > 1 and query.sort != "newest" and query.offset < JOINED


def join(hits: Iterable[Any], question: Question, covered: Coverage) -> list[Any]:
    """The best text of each subject, best first; with scores that count in its other languages. Takes one request."""
    hits = list(hits)
    best, others = hits[:JOINED], hits[JOINED:]
    texts = _worth_by_language(best, question) if len(best) > 1 else {}
    for hit in best:
        of_subject = texts.get(hit.subject[0], {})
        if (own := of_subject.get(hit.language[0])) and len(of_subject) > 1:
            gained = _score(_together(of_subject.values()), covered) / _score(own, covered)
            hit.meta.score *= max(1.0, gained)
    return sorted(best, key=attrgetter("meta.score"), reverse=True) + others


def _worth_by_language(hits: Iterable[Any], question: Question) -> dict[str, dict[str, Worth]]:
    """Of each subject, in its best text in each language."""
    subjects = Q("terms", subject_number=[hit.subject_number[0] for hit in hits])
    search = search_in(*question.languages).query(Q("bool", must=[queries.in_parts(question)], filter=[subjects]))
    search = search.extra(docvalue_fields=["subject", "language", "read_in"], track_total_hits=False)
    search = search.params(include_named_queries_score=True)
    found: dict[str, dict[str, Worth]] = defaultdict(dict)
    for hit in run(search[:TEXTS]):
        if worth := _worth(hit, question.query.language):
            found[hit.subject[0]].setdefault(hit.language[0], worth)
    return found


def _worth(hit: Any, asked_in: str) -> Worth:
    language = hit.language[0]
    is_near = language == asked_in and hit.read_in == [language]
    nearness = 1.0 if is_near else ELSEWHERE
    named = hit.meta.to_dict()["matched_queries"]
    scores = {name.removeprefix(f"{language}:"): score for name, score in named.items()}
    return {int(place): score * nearness for place, score in scores.items() if ":" not in place}


def _together(texts: Iterable[Worth]) -> Worth:
    whole: Worth = {}
    for worth in texts:
        for place, value in worth.items():
            whole[place] = max(value, whole.get(place, 0.0))
    return whole


def _score(worth: Worth, covered: Coverage) -> float:
    return sum(worth.values()) * coverage(sum(covered.share.get(place, 0.0) for place in worth))
