"""One search from what was typed to what is shown: parse, ask the engine, mark, gather languages, suggest."""

import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from portal.addresses import LANGUAGE_CODES, with_language

from .analysis import clean
from .documents import PAGE_SIZE, Found, Hit, Match, Query, Results, Version
from .engines.base import Engine
from .engines.embedded.engine import EmbeddedEngine
from .highlight import marked, snippet, spans
from .models import Document, DocumentQuerySet
from .parsing import parse

SHOWN = ("pk", "subject", "kind", "language", "url", "title", "summary", "labels", "card", "changed", "page_id")


@cache
def engine() -> Engine:
    return EmbeddedEngine()


def search(
    text: str,
    *,
    language: str,
    user: Any = None,
    filters: Mapping[str, Iterable[str]] | None = None,
    sort: str = "relevance",
    page: int = 1,
) -> Results:
    """What `user` finds. Takes a handful of queries, however many documents there are."""
    began = time.perf_counter()
    query = replace(
        parse(text, language),
        filters={name: frozenset(values) for name, values in (filters or {}).items() if values},
        sort=sort,
        offset=(page - 1) * PAGE_SIZE,
        user=user,
    )
    if not query.text:
        return Results(query, engine=engine().name)
    shown = Document.objects.shown_to(user)
    found = engine().search(query, shown)
    return Results(
        query=query,
        hits=_hits(found, query, shown),
        total=found.total,
        facets=found.facets,
        did_you_mean=_did_you_mean(query, found, shown),
        engine=engine().name,
        took_ms=(time.perf_counter() - began) * 1000,
    )


def _hits(found: Found, query: Query, shown: DocumentQuerySet) -> list[Hit]:
    """What the engine found, as the catalogue has it: what is no longer shown drops out here too."""
    if not found.matches:
        return []
    subjects = [match.subject for match in found.matches]
    versions: dict[str, dict[str, Document]] = {}
    for document in shown.filter(subject__in=subjects, is_part=False).only(*SHOWN).order_by("page_id", "pk"):
        versions.setdefault(document.subject, {}).setdefault(document.language, document)
    matched = shown.in_bulk([match.document_id for match in found.matches])
    hits = []
    for match in found.matches:
        texts, document = versions.get(match.subject), matched.get(match.document_id)
        if texts and document:
            hits.append(_hit(match, document, texts, found, query))
    return hits


def _hit(match: Match, matched: Document, versions: dict[str, Document], found: Found, query: Query) -> Hit:
    """Shown in the reader's language where the subject has it, even if another language's text matched."""
    allowed = query.filters.get("language")
    own = versions.get(query.language) if not allowed or query.language in allowed else None
    shown = own or versions.get(matched.language, matched)
    words = found.spellings.get(shown.language, ())
    matched_words = found.spellings.get(matched.language, ())
    title, summary = marked(shown.title, words), marked(shown.summary, words)
    therefore = marked(shown.card.get("therefore", ""), words)
    return Hit(
        kind=shown.kind,
        language=shown.language,
        url=_address(shown, versions, query.language),
        title=title,
        summary=summary,
        snippet=_passage(matched, matched_words, seen=(title, summary, therefore)),
        snippet_language=matched.language,
        therefore=therefore,
        label=_found_name(shown, words),
        card=shown.card,
        changed=shown.changed,
        versions=tuple(
            Version(language, versions[language].url)
            for language in sorted(versions, key=language_order)
            if language != shown.language
        ),
    )


def _address(shown: Document, versions: Mapping[str, Document], language: str) -> str:
    """Under the reader's language if that is the text read there: a subject without one shows its original."""
    original = next(iter(versions.values()))
    return with_language(shown.url, language) if shown.pk in {original.pk} or shown.language == language else shown.url


def _passage(matched: Document, words: Iterable[str], seen: Iterable[str]) -> str:
    """The best passage of the text, unless what is shown anyway already has every word that it would."""
    passage = snippet(matched.body, words)
    if not passage:
        return ""
    shown_words = {mark.lower() for text in seen for mark in _marks(text)}
    return "" if {mark.lower() for mark in _marks(passage)} <= shown_words else passage


def _marks(text: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", text)


def _found_name(shown: Document, words: Iterable[str]) -> str:
    """Another name of the thing that holds a word asked for, when its title does not."""
    words = tuple(words)
    if spans(shown.title, words):
        return ""
    for label in shown.labels.split("\n"):
        if spans(label, words):
            return marked(label, words)
    return ""


def _did_you_mean(query: Query, found: Found, shown: DocumentQuerySet) -> str:
    """The query with its unknown words replaced by known ones that find something; empty if there are none."""
    # A short word that is unknown among known ones is more often right than misspelt.
    shortest = 5 if found.total else 4
    unknown = [word for term in found.unknown if len(word := term.forms[0]) >= shortest]
    words = engine().spellings_like(unknown, query.language, shown) if unknown else {}
    text = query.text
    for typed, better in words.items():
        text = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", lambda _match, better=better: better, text, flags=re.I)
    return text if clean(text).lower() != query.text.lower() else ""


def language_order(language: str) -> int:
    return LANGUAGE_CODES.index(language) if language in LANGUAGE_CODES else len(LANGUAGE_CODES)
