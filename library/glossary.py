"""The glossary as a reader sees it: every term once, in the reader's language where it exists."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from portal.links import PageLink
from portal.reading import reading

from .models import GlossaryPage, GlossaryTerm


@dataclass(frozen=True)
class Entry:
    term: GlossaryTerm
    language: str
    broader: GlossaryTerm | None
    see_also: list[GlossaryTerm]
    source: PageLink | None


@dataclass(frozen=True)
class Letter:
    letter: str
    entries: list[Entry]


def glossary_context(page: GlossaryPage, request: HttpRequest) -> dict[str, Any]:
    view = reading(page, request)
    terms = terms_in(view.language)
    view.need(term.source_id for term in terms.values())
    entries = [_entry(term, terms, view.links) for term in sorted(terms.values(), key=_sort_key)]
    return {"letters": _by_letter(entries), "term_count": len(entries)}


def terms_in(language: str) -> dict[str, GlossaryTerm]:
    """One term for each code: in `language`, else the one that was written first."""
    found: dict[str, GlossaryTerm] = {}
    for term in GlossaryTerm.objects.select_related("locale").order_by("pk"):
        if term.code not in found or term.locale.language_code == language:
            found[term.code] = term
    return found


def _entry(term: GlossaryTerm, terms: dict[str, GlossaryTerm], links: dict[int, PageLink]) -> Entry:
    return Entry(
        term=term,
        language=term.locale.language_code,
        broader=terms.get(term.broader),
        see_also=[terms[code] for code in term.see_also if code in terms],
        source=links.get(term.source_id or 0),
    )


def _by_letter(entries: Iterable[Entry]) -> list[Letter]:
    letters: dict[str, list[Entry]] = {}
    for entry in entries:
        first = _sort_key(entry.term)[:1].upper()
        letters.setdefault(first if first.isalpha() else "#", []).append(entry)
    return [Letter(letter, found) for letter, found in letters.items()]


def _sort_key(term: GlossaryTerm) -> str:
    """Letters without their accents, so that É stands under E."""
    parts = unicodedata.normalize("NFKD", term.term.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
