"""One search from what was typed to what is shown: parse, ask the engine, mark, gather languages, suggest."""

import datetime
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from portal import searchable
from portal.addresses import LANGUAGE_CODES, with_language
from portal.prepared import Prepared

from . import editorial
from .browsing import browse
from .documents import PAGE_SIZE, Found, Hit, Query, Results, Section, Version
from .engines.base import Engine
from .engines.embedded.engine import EmbeddedEngine
from .highlight import MARK, NOWHERE, Passage, best_passage, marked, most_marked, spans
from .models import Document
from .parsing import parse
from .rescue import Answer, find
from .shown import Shown

ENGINES = ("embedded", "elasticsearch")
OF_PAGE = 2 * PAGE_SIZE  # each hit is shown in one language and may be found in another


@cache
def engine_named(name: str) -> Engine:
    if name == "embedded":
        return EmbeddedEngine()
    from .engines.elasticsearch.engine import ElasticsearchEngine  # its client takes time to import
    from .engines.guarded import GuardedEngine

    return GuardedEngine(ElasticsearchEngine(), EmbeddedEngine())


def engine() -> Engine:
    """The one in the site's own database, with Elasticsearch before it where the settings name one."""
    return engine_named("elasticsearch" if settings.ELASTICSEARCH_URL else "embedded")


def search(
    text: str,
    *,
    language: str,
    user: Any = None,
    filters: Mapping[str, Iterable[str]] | None = None,
    sort: str = "relevance",
    page: int = 1,
    limit: int = PAGE_SIZE,
) -> Results:
    """What `user` finds. Takes a handful of queries, however many documents there are."""
    began = time.perf_counter()
    query = replace(
        parse(text, language),
        filters={name: frozenset(values) for name, values in (filters or {}).items() if values},
        sort=sort,
        offset=(page - 1) * limit,
        limit=limit,
        user=user,
    )
    if not query.text and not query.filters:
        return Results(query, engine=engine().name)
    query = editorial.applied(query)
    with_apart = not query.filters.get("kind", frozenset()).isdisjoint(searchable.kinds_apart())
    shown = Shown(user, with_apart)
    answer = find(query, shown, engine()) if query.text else Answer(query, browse(query, shown), shown)
    found = answer.found
    return Results(
        query=query,
        hits=_hits(found, query, answer.shown),
        total=found.total,
        facets=found.facets,
        did_you_mean=answer.did_you_mean,
        step=answer.step,
        engine=found.engine or engine().name,
        degraded=found.degraded,
        took_ms=(time.perf_counter() - began) * 1000,
    )


def _hits(found: Found, query: Query, shown: Shown) -> list[Hit]:
    """What the engine found, as the catalogue has it: what is no longer shown drops out here too."""
    if not found.matches:
        return []
    versions = _versions([match.subject for match in found.matches], shown)
    chosen = []
    for match in editorial.picks_in_order(found.matches, query):
        of_subject = versions.get(match.subject, [])
        matched = next((version for version in of_subject if version.pk == match.document_id), None)
        if matched:
            chosen.append((_shown(of_subject, matched, query), matched, of_subject))
    texts = _texts({version.pk for pair in chosen for version in pair[:2]})
    return [_hit(texts[s.pk], texts[m.pk], of_subject, found, query) for s, m, of_subject in chosen]


class Text(NamedTuple):
    """What a hit needs of a document: to make objects of all its columns takes twice as long."""

    pk: int
    subject: str
    kind: str
    language: str
    is_part: bool
    changed: datetime.datetime | None
    url: str
    title: str
    summary: str
    labels: str
    card: Mapping[str, Any]
    sections: list[list[Any]]
    body: str
    asked: str


def _texts(pks: set[int]) -> dict[int, Text]:
    rows = _of_many(pks) if len(pks) > OF_PAGE else _of_page(*pks, *[0] * (OF_PAGE - len(pks)))
    return {row[0]: Text(*row) for row in rows}


def _of_many(pks: Iterable[int]) -> QuerySet:
    return Document.objects.filter(pk__in=pks).values_list(*Text._fields)


@Prepared.of(*[int] * OF_PAGE)
def _of_page(*pks: int) -> QuerySet:
    return _of_many(pks)


def _versions(subjects: list[str], shown: Shown) -> dict[str, list[Version]]:
    """All that the reader may see of each subject, the original first."""
    versions: dict[str, list[Version]] = {}
    for subject, pk, language, url, is_part, page_id, owner in Document.objects.of_subjects(subjects, shown.today):
        if shown.allows(page_id, owner, None):
            versions.setdefault(subject, []).append(Version(pk, language, url, bool(is_part)))
    return versions


def _shown(versions: list[Version], matched: Version, query: Query) -> Version:
    """In the reader's language where the subject has it, else the original, even if another text matched.

    A part with an address of its own, such as a page of a report, is shown itself.
    """
    if matched.is_part and all(version.url != matched.url for version in versions if not version.is_part):
        return matched
    allowed = query.filters.get("language")
    whole = [version for version in versions if not version.is_part] or [matched]
    language = query.language
    if allowed and language not in allowed:
        language = matched.language
    return next((version for version in whole if version.language == language), whole[0])


def _hit(shown: Text, matched: Text, versions: list[Version], found: Found, query: Query) -> Hit:
    words = found.spellings.get(shown.language, ())
    title, summary = marked(shown.title or shown.card.get("caption", ""), words), marked(shown.summary, words)
    therefore = marked(shown.card.get("therefore", ""), words)
    others = {version.language: version for version in reversed(versions) if not version.is_part}
    url = address_of(shown, versions, query.language)
    its_words = found.spellings.get(matched.language, ())
    seen = (title if shown.title else "", summary, therefore)
    passage = _passage(matched, its_words, seen=seen, is_shown=matched.pk == shown.pk)
    section = section_of(matched, passage) if matched.pk == shown.pk else None
    label = "" if shown.title and MARK in title else _found_name(shown.labels, words)
    asked = ""
    if matched.language in (query.language, shown.language):
        asked = _asked(matched.asked, its_words, seen=(*seen, label, passage.html) if matched.pk == shown.pk else ())
    return Hit(
        kind=shown.kind,
        language=shown.language,
        url=url,
        title=title,
        summary=summary,
        snippet=passage.html,
        snippet_language=matched.language,
        therefore=therefore,
        label=label,
        asked=asked,
        card=shown.card,
        changed=shown.changed,
        versions=tuple(others[code] for code in sorted(others, key=language_order) if code != shown.language),
        subject=shown.subject,
        pick=query.picks.get(shown.subject, ""),
        document_id=matched.pk,
        score=next((match.score for match in found.matches if match.document_id == matched.pk), 0.0),
        section=section.title if section else "",
        section_url=f"{url}#{section.anchor}" if section else "",
    )


def address_of(shown: Text | Version, versions: list[Version], language: str) -> str:
    """Under the reader's language where that shows this very text: a subject without it shows its original."""
    is_original = shown.pk == versions[0].pk
    return with_language(shown.url, language) if is_original or shown.language == language else shown.url


def _passage(matched: Text, words: Iterable[str], seen: Iterable[str], is_shown: bool) -> Passage:
    """The best passage of the text, unless what is shown anyway already has every word that it would.

    Of a text in another language than the hit nothing else is shown, so its title and names count too.
    """
    if not is_shown and not matched.is_part:
        return best_passage("\n".join((matched.title, matched.labels, matched.summary, matched.body)), words)
    passage = best_passage(matched.body, words)
    if passage is NOWHERE:
        return passage
    shown_words = {mark.lower() for text in seen for mark in _marks(text)}
    return NOWHERE if {mark.lower() for mark in _marks(passage.html)} <= shown_words else passage


def section_of(text: Text, passage: Passage) -> Section | None:
    """The section of the page in which the passage of its text stands, if it is under a heading of its own."""
    begun = [section for section in text.sections or () if section[0] <= passage.line]
    return section if begun and (section := Section(*begun[-1])).anchor else None


def _marks(text: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", text)


def _found_name(labels: str, words: Iterable[str]) -> str:
    """Another name of the thing that holds a word asked for."""
    return next((marked(label, words) for label in labels.split("\n") if spans(label, words)), "")


def _asked(asked: str, words: Iterable[str], seen: Iterable[str]) -> str:
    """The wording with most of the words asked for, where it has more of them than what is seen in its language."""
    best, number = most_marked(asked.splitlines(), words)
    return best if number and number > _different_marks(" ".join(seen)) else ""


def _different_marks(text: str) -> int:
    return len({mark.lower() for mark in _marks(text)})


def language_order(language: str) -> int:
    return LANGUAGE_CODES.index(language) if language in LANGUAGE_CODES else len(LANGUAGE_CODES)
