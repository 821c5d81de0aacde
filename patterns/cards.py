"""Pattern cards with their foot: how many practices and relations, in which languages."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from portal import reported
from portal.addresses import LANGUAGE_CODES
from portal.cards import Card, card
from portal.navigation import once
from portal.querysets import visible

from .models import PatternPage
from .relations import all_rows

# What a card prints: a list of patterns leaves their texts in the database.
FIELDS = (
    *("title", "draft_title", "url_path", "slug", "path", "depth", "translation_key", "locale__language_code"),
    *("number", "group", "card_problem", "card_therefore", "diagram", "confidence", "content_type_id"),
)


@dataclass(frozen=True)
class Standing:
    """How patterns stand in the whole: what all readers may see of each, by translation key."""

    practices: Counter
    relations: Counter
    languages: dict[Any, set[str]]
    reports: Counter


def cards(pages: Iterable[PatternPage], language: str, request: HttpRequest) -> list[Card]:
    """Takes the same few queries for any number of patterns, and none until something is published again."""
    standing = once(request, ("pattern-cards",), _standing)
    return [card(page, language, foot=_foot(page.translation_key, standing)) for page in pages]


def _standing() -> Standing:
    languages = _languages()
    return Standing(_practices(), _relations(languages), languages, _reports())


def _foot(key: Any, standing: Standing) -> tuple[str, ...]:
    languages = standing.languages.get(key, ())
    return (
        _practice_count(standing.practices[key]),
        _relation_count(standing.relations[key]),
        *_report_count(standing.reports[key]),
        " ".join(code.upper() for code in LANGUAGE_CODES if code in languages),
    )


def _practice_count(number: int) -> str:
    if not number:
        return _("No practice yet")
    return ngettext("%(number)d practice", "%(number)d practices", number) % {"number": number}


def _relation_count(number: int) -> str:
    if not number:
        return _("No relation yet")
    return ngettext("%(number)d relation", "%(number)d relations", number) % {"number": number}


def _report_count(number: int) -> Iterator[str]:
    if number:
        yield ngettext("%(number)d report", "%(number)d reports", number) % {"number": number}


def _reports() -> Counter:
    return reported.numbers(visible(PatternPage.objects.filter(alias_of__isnull=True)))


def _practices() -> Counter:
    links = PatternPage.practice_links.rel.related_model.objects.filter(_is_visible("page__translation_key"))
    count = Count("page__translation_key", distinct=True)
    return Counter(dict(links.values_list("pattern__translation_key").annotate(count).order_by()))


def _relations(shown: Container[Any]) -> Counter:
    """The rows stored on original pages, each counted on both its sides."""
    rows = [row for row in all_rows() if not row.on_translation]
    return Counter(
        one
        for row in rows
        for one, other in ((row.page_key, row.target_key), (row.target_key, row.page_key))
        if other in shown
    )


def _is_visible(key: str) -> Exists:
    return Exists(visible(Page.objects.filter(translation_key=OuterRef(key), alias_of__isnull=True)))


def _languages() -> dict[Any, set[str]]:
    found: dict[Any, set[str]] = defaultdict(set)
    pages = visible(PatternPage.objects.filter(alias_of__isnull=True))
    for key, language in pages.values_list("translation_key", "locale__language_code"):
        found[key].add(language)
    return found
