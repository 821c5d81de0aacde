"""Pattern cards with their foot: how many practices and relations, in which languages."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from portal.cards import Card, card
from portal.querysets import visible

from .models import PatternPage, PatternRelation

# What a card prints: a list of patterns leaves their texts in the database.
FIELDS = (
    *("title", "draft_title", "url_path", "slug", "path", "depth", "translation_key", "locale__language_code"),
    *("number", "group", "card_problem", "card_therefore", "diagram", "confidence", "content_type_id"),
)
ORDER = [code for code, _name in settings.LANGUAGES]


def cards(pages: Iterable[PatternPage], language: str, request: HttpRequest | None = None) -> list[Card]:
    """Takes the same three queries for any number of patterns."""
    pages = list(pages)
    keys = {page.translation_key for page in pages}
    practices, relations, languages = _practices(keys), _relations(keys), _languages(keys)
    return [
        card(
            page,
            language,
            request,
            foot=(
                _practice_count(len(practices[page.translation_key])),
                _relation_count(len(relations[page.translation_key])),
                " ".join(code.upper() for code in ORDER if code in languages[page.translation_key]),
            ),
        )
        for page in pages
    ]


def _practice_count(number: int) -> str:
    if not number:
        return _("No practice yet")
    return ngettext("%(number)d practice", "%(number)d practices", number) % {"number": number}


def _relation_count(number: int) -> str:
    if not number:
        return _("No relation yet")
    return ngettext("%(number)d relation", "%(number)d relations", number) % {"number": number}


def _practices(keys: set[Any]) -> dict[Any, set[Any]]:
    links = PatternPage.practice_links.rel.related_model.objects.filter(pattern__translation_key__in=keys)
    shown = visible(Page.objects.filter(translation_key=OuterRef("page__translation_key")))
    return _pairs(links.filter(Exists(shown)).values_list("pattern__translation_key", "page__translation_key"))


def _relations(keys: set[Any]) -> dict[Any, set[Any]]:
    """Relations whose two sides are published, each counted on both sides."""
    original = ~Exists(
        Page.objects.filter(
            translation_key=OuterRef("page__translation_key"), pk__lt=OuterRef("page_id"), alias_of__isnull=True
        )
    )
    near = Exists(visible(Page.objects.filter(translation_key=OuterRef("page__translation_key"))))
    far = Exists(visible(Page.objects.filter(translation_key=OuterRef("target__translation_key"))))
    rows = PatternRelation.objects.filter(
        original, near, far, Q(page__translation_key__in=keys) | Q(target__translation_key__in=keys)
    )
    found: dict[Any, set[Any]] = defaultdict(set)
    for pk, start, end in rows.values_list("pk", "page__translation_key", "target__translation_key"):
        found[start].add(pk)
        found[end].add(pk)
    return found


def _languages(keys: set[Any]) -> dict[Any, set[Any]]:
    pages = visible(Page.objects.filter(translation_key__in=keys, alias_of__isnull=True))
    return _pairs(pages.values_list("translation_key", "locale__language_code"))


def _pairs(rows: Iterable[tuple[Any, Any]]) -> dict[Any, set[Any]]:
    found: dict[Any, set[Any]] = defaultdict(set)
    for key, value in rows:
        found[key].add(value)
    return found
