"""Finds, and where words as typed find nothing, tries what the reader may have meant. Says which step answered.

    exact      a title or another name is the query itself
    stem       the words, in any of their forms, or what the thesaurus relates to them
    spell      with words spelt as the texts spell them
    apart      kinds that are found only where they are asked for
    trigram    words that look alike
    crosslang  texts in other languages alone

A later step is tried only for words, or queries, for which the earlier ones found nothing.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from portal import searchable
from portal.addresses import LANGUAGE_CODES
from portal.words.analysis import clean

from . import company
from .documents import Found, Query, Term
from .engines.base import Engine
from .shown import Shown
from .widening import widened

# A short word that is unknown among known ones is more often right than misspelt.
SHORTEST_ALONE, SHORTEST_AMONG = 4, 5


@dataclass(frozen=True)
class Answer:
    query: Query  # as it was asked in the end
    found: Found
    shown: Shown  # where it was looked for
    step: str = ""
    did_you_mean: str = ""


def find(query: Query, shown: Shown, engine: Engine) -> Answer:
    """The page of hits that the query asks for, in their company, see there."""
    if not company.is_arranged(query):
        return _find(query, shown, engine)
    answer = _find(company.asking_for_enough(query), shown, engine)
    found = replace(
        answer.found, matches=company.arranged(answer.found.matches, replace(query, terms=answer.query.terms))
    )
    asked = replace(answer.query, offset=query.offset, limit=query.limit)
    return replace(answer, query=asked, found=found)


def _find(query: Query, shown: Shown, engine: Engine) -> Answer:
    query = widened(query)
    answer = Answer(query, found := engine.search(query, shown), shown, "stem")
    if found.unknown:
        answer = _spelt_better(answer, shown, engine)
    if not answer.found.total and query.phrases:
        answer = _without_phrases(query, shown, engine)
    if not answer.found.total and not query.filters and searchable.kinds_apart():
        answer = _apart(answer, query, engine)
    if not answer.found.total and found.unknown and not query.filters:
        answer = _alike(answer, found.unknown, shown, engine)
    return replace(answer, step=_step(answer, query.language))


def _step(answer: Answer, language: str) -> str:
    found = answer.found
    if not found.matches:
        return "" if not found.total else answer.step
    if answer.step == "stem" and found.matches[0].is_exact:
        return "exact"
    if answer.step == "stem" and not any(language in match.languages for match in found.matches):
        return "crosslang"
    return answer.step


def _spelt_better(answer: Answer, shown: Shown, engine: Engine) -> Answer:
    """With the unknown words as known ones that are spelt almost alike."""
    query, found = answer.query, answer.found
    shortest = SHORTEST_AMONG if found.total else SHORTEST_ALONE
    unknown = [word for term in found.unknown if len(word := term.forms[0]) >= shortest]
    better = engine.spellings_like(unknown, query.language, shown) if unknown else {}
    if not better:
        return answer
    text = with_words(query.text, better)
    found = engine.search(spelt := widened(with_forms(query, better)), shown)
    if not found.total or clean(text).lower() == query.text.lower():
        return answer
    return Answer(spelt, found, shown, "spell", text)


def _without_phrases(query: Query, shown: Shown, engine: Engine) -> Answer:
    """The words of "phrases" that nobody wrote, one by one."""
    words = dict.fromkeys(word for phrase in query.phrases for word in phrase)
    terms = (*query.terms, *(Term((word,)) for word in words))
    loose = widened(replace(query, phrases=(), terms=tuple(dict.fromkeys(terms))))
    return Answer(loose, engine.search(loose, shown), shown, "stem")


def _apart(answer: Answer, query: Query, engine: Engine) -> Answer:
    everything = Shown(query.user, with_apart=True)
    found = engine.search(query, everything)
    return Answer(query, found, everything, "apart") if found.total else answer


def _alike(answer: Answer, unknown: Iterable[Term], shown: Shown, engine: Engine) -> Answer:
    """Words of the reader's language that share many letters, then words of other languages spelt alike."""
    query = answer.query
    words = [word for term in unknown if len(word := term.forms[0]) >= SHORTEST_ALONE]
    if not words:
        return answer
    if alike := engine.spellings_like(words, query.language, shown, loosely=True):
        found = engine.search(asked := widened(with_forms(query, alike)), shown)
        if found.total:
            return Answer(asked, found, shown, "trigram", with_words(query.text, alike))
    for language in LANGUAGE_CODES:
        if language != query.language and (alike := engine.spellings_like(words, language, shown)):
            asked = widened(with_forms(query, alike))
            asked = replace(asked, everywhere=True)
            if (found := engine.search(asked, shown)).total:
                return Answer(asked, found, shown, "crosslang", with_words(query.text, alike))
    return answer


def with_words(text: str, better: Mapping[str, str]) -> str:
    """Words are letters and digits, so they are safe in a pattern and in its place."""
    for typed, word in better.items():
        text = re.sub(rf"(?<!\w){typed}(?!\w)", word, text, flags=re.I)
    return text


def with_forms(query: Query, better: Mapping[str, str]) -> Query:
    terms = [Term((better[term.forms[0]], *term.forms)) if term.forms[0] in better else term for term in query.terms]
    return replace(query, terms=tuple(terms))
