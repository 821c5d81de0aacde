"""Why a hit stands where it stands: for editors, not for readers."""

import datetime
from dataclasses import dataclass
from typing import Any

from portal.words.analysis import token, words
from portal.words.folding import fold

from .documents import Query, Results
from .engines.embedded.store import FIELD_WEIGHTS
from .models import Document

RIGHT = "search.view_queryreport"


@dataclass(frozen=True)
class Place:
    """A word asked for in one field of the text."""

    word: str
    field: str
    times: int
    weight: float


@dataclass(frozen=True)
class Explanation:
    score: float
    rank: float
    language: str
    places: list[Place]
    happened: datetime.date | None = None
    recent: float = 1.0


def may_explain(user: Any) -> bool:
    return bool(user.has_perm(RIGHT))


def explanations(results: Results) -> dict[str, Explanation]:
    """By subject, of each hit: which words its best text holds, where, and what that is worth."""
    ids = {hit.subject: hit.document_id for hit in results.hits}
    documents = Document.objects.in_bulk(ids.values())
    scores = {hit.subject: hit.score for hit in results.hits}
    return {
        subject: Explanation(
            scores[subject],
            document.rank,
            document.language,
            _places(document, results.query),
            document.happened,
            results.query.recent.get(subject, 1.0),
        )
        for subject, pk in ids.items()
        if (document := documents.get(pk))
    }


def _places(document: Document, query: Query) -> list[Place]:
    texts = {name: getattr(document, name) for name in FIELD_WEIGHTS}
    texts["labels"] += f"\n{document.tags}"
    held = {name: words(text, document.language) for name, text in texts.items()}
    places = []
    for term in query.terms:
        tokens = {token(form, document.language) for form in term.forms} - {""}
        letters = {fold(form) for form in term.forms}
        for name, found in held.items():
            times = sum(token(word, document.language) in tokens or fold(word) in letters for word in found)
            if times:
                places.append(Place(term.forms[0], name, times, FIELD_WEIGHTS[name]))
    return places
