"""The glossary as a reader sees it: every term once, in the reader's language where it exists."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from portal.addresses import LANGUAGE_CODES
from portal.explained import Explanation
from portal.languages import alphabetical
from portal.links import PageLink
from portal.navigation import places
from portal.reading import reading
from portal.wording import Wording

from .models import GlossaryPage, GlossaryTerm


@dataclass(frozen=True)
class Entry:
    term: GlossaryTerm
    language: str
    equivalents: list[GlossaryTerm]  # in the other languages
    broader: GlossaryTerm | None
    see_also: list[GlossaryTerm]
    source: PageLink | None


@dataclass(frozen=True)
class Letter:
    letter: str
    entries: list[Entry]


def glossary_context(page: GlossaryPage, request: HttpRequest) -> dict[str, Any]:
    view = reading(page, request)
    languages = _by_code()
    terms = _one_each(languages, view.language)
    view.need(term.source_id for term in terms.values())
    entries = [
        _entry(term, languages[term.code], terms, view.links)
        for term in sorted(terms.values(), key=lambda term: alphabetical(term.term))
    ]
    return {"letters": _by_letter(entries), "term_count": len(entries)}


def terms_in(language: str) -> dict[str, GlossaryTerm]:
    """One term for each code: in `language`, else the one that was written first."""
    return _one_each(_by_code(), language)


def _by_code() -> dict[str, list[GlossaryTerm]]:
    """The terms of each code in the order in which they were written."""
    found: dict[str, list[GlossaryTerm]] = {}
    for term in GlossaryTerm.objects.select_related("locale").order_by("pk"):
        found.setdefault(term.code, []).append(term)
    return found


def _one_each(languages: dict[str, list[GlossaryTerm]], language: str) -> dict[str, GlossaryTerm]:
    return {
        code: next((term for term in terms if term.locale.language_code == language), terms[0])
        for code, terms in languages.items()
    }


def explanations(language: str, request: HttpRequest) -> list[Explanation]:
    """The terms of one language, for the texts in it."""
    terms = GlossaryTerm.objects.filter(locale__language_code=language).order_by("term")
    place = places(language, request).get("glossary")
    return [
        Explanation(term.code, term.term, term.definition, f"{place.url}#{term.code}" if place else "", _forms(term))
        for term in terms
    ]


def wordings(languages: Collection[str]) -> Iterator[Wording]:
    """The terms as translators are to write them."""
    for term in GlossaryTerm.objects.filter(locale__language_code__in=languages).select_related("locale"):
        others = tuple(form for form in _forms(term) if form != term.term)
        yield Wording(term, term.locale.language_code, term.term, others, term.definition)


def _forms(term: GlossaryTerm) -> tuple[str, ...]:
    """As texts write it. An abbreviation that only begins the term, such as DIY, means other things as well."""
    begins = term.abbreviation.isupper() and term.term.startswith(f"{term.abbreviation} ")
    names = [term.term, *term.other_words, "" if begins else term.abbreviation]
    return tuple(name for name in names if len(name) > 2)


def _entry(
    term: GlossaryTerm, languages: list[GlossaryTerm], terms: dict[str, GlossaryTerm], links: dict[int, PageLink]
) -> Entry:
    return Entry(
        term=term,
        language=term.locale.language_code,
        equivalents=sorted((one for one in languages if one is not term), key=_place_of_language),
        broader=terms.get(term.broader),
        see_also=[terms[code] for code in term.see_also if code in terms],
        source=links.get(term.source_id or 0),
    )


def _place_of_language(term: GlossaryTerm) -> int:
    """Languages in the order of the menu."""
    code = term.locale.language_code
    return LANGUAGE_CODES.index(code) if code in LANGUAGE_CODES else len(LANGUAGE_CODES)


def _by_letter(entries: Iterable[Entry]) -> list[Letter]:
    letters: dict[str, list[Entry]] = {}
    for entry in entries:
        first = alphabetical(entry.term.term)[:1].upper()
        letters.setdefault(first if first.isalpha() else "#", []).append(entry)
    return [Letter(letter, found) for letter, found in letters.items()]
