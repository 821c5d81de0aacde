"""How nearly a search says what some wording says, so that its subject comes first or close.

A wording as a whole is compared, since its words count for little alone: that a page is asked for by “who reads the
reports” makes it no better answer to “reports of crimes”. It only arranges what an engine found, so it is the same for
both engines and knows nothing that the reader may not see.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from portal import stamps
from portal.words.analysis import token
from portal.words.folding import fold
from portal.words.stopwords import FILLERS

from ..documents import Query, Term
from ..engines.embedded.bm25 import rarity
from ..engines.embedded.scoring import SYNONYM, TYPED
from ..models import AskedAs
from ..synonyms import plain_words

# What the thesaurus says counts more here than in a text: a wording is too short to speak of something else.
RELATED = 0.6
LEAST = 0.3  # likeness; below it, texts have some words in common and no more


@dataclass
class Table:
    """The wordings of one language."""

    subjects: list[str] = field(default_factory=list)  # of each wording
    # By a word's token, and by its letters without accents: in which wordings it is.
    places: dict[str, array] = field(default_factory=lambda: defaultdict(lambda: array("I")))
    worth: list[float] = field(default_factory=list)  # what the words of each wording tell together

    def tells(self, holding: int) -> float:
        """Of a wording to have a word that so many have."""
        return rarity(len(self.subjects), holding)


_kept: dict[str, tuple[Any, Table]] = {}


def likeness(query: Query) -> dict[str, float]:
    """By subject: 1 where it is asked for in the very words of the query, nothing where they have little in common."""
    table = _table(query.language)
    if not table.subjects:
        return {}
    shared: dict[int, float] = defaultdict(float)
    asked = 0.0
    for term in counting_terms(query):
        found, tells = _found(term, query.language, table)
        asked += tells
        for wording, worth in found.items():
            shared[wording] += worth
    alike: dict[str, float] = {}
    for wording, worth in shared.items():
        value = 2 * worth / (asked + table.worth[wording])
        if value >= LEAST and value > alike.get(subject := table.subjects[wording], 0.0):
            alike[subject] = min(value, 1.0)
    return alike


def counting_terms(query: Query) -> list[Term]:
    """Without words too common to count, and those that questions are made of unless that is all there is."""
    counting = [term for term in query.terms if token(term.forms[0], query.language)]
    telling = [term for term in counting if term.forms[0] not in FILLERS.get(query.language, ())]
    return telling or counting


def _found(term: Term, language: str, table: Table) -> tuple[dict[int, float], float]:
    """The wordings that have a term with what it tells there, and what it tells of the query."""
    found: dict[int, float] = {}
    typed = 0  # wordings
    for way, weight in _ways(term, language):
        places = _with_all(way, language, table)
        typed = max(typed, len(places)) if weight == TYPED else typed
        worth = table.tells(len(places)) * weight
        for place in places:
            found[place] = max(found.get(place, 0.0), worth)
    return found, table.tells(typed)


def _ways(term: Term, language: str) -> Iterator[tuple[list[str], float]]:
    for form in term.forms:
        yield [form], TYPED
    for synonym in term.synonyms:
        yield synonym.split(), SYNONYM
    for its_language, words in term.related:
        if its_language == language:
            yield [*words], RELATED


def _with_all(words: list[str], language: str, table: Table) -> set[int]:
    sets = [_with(word, language, table) for word in words if token(word, language)]
    return set.intersection(*sets) if sets else set()


def _with(word: str, language: str, table: Table) -> set[int]:
    return {*table.places.get(token(word, language), ()), *table.places.get(fold(word), ())}


def _table(language: str) -> Table:
    version = stamps.current(stamps.ASKED)
    kept = _kept.get(language)
    if kept is None or kept[0] != version:
        kept = _kept[language] = (version, _read(language))
    return kept[1]


def _read(language: str) -> Table:
    table = Table()
    telling: list[set[str]] = []
    for subject, wordings in (
        AskedAs.objects.filter(language=language).order_by("pk").values_list("subject", "wordings")
    ):
        for line in wordings.splitlines():
            if words := telling_words(line, language):
                for key in {key for word in words for key in (token(word, language), fold(word))}:
                    table.places[key].append(len(table.subjects))
                table.subjects.append(subject)
                telling.append({token(word, language) for word in words})
    table.places = dict(table.places)
    table.worth = [sum(table.tells(len(table.places[key])) for key in keys) for keys in telling]
    return table


def telling_words(line: str, language: str) -> list[str]:
    """Without the words that questions are made of, unless that is all there is: searches are read so, too."""
    counting = [word for word in plain_words(line, language) if token(word, language)]
    return [word for word in counting if word not in FILLERS.get(language, ())] or counting
