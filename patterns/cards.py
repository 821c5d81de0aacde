"""Pattern cards with their foot: how many practices and relations, in which languages."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
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
    practices, relations = _practices(keys), _relations(keys)
    named = {key for pairs in (practices, relations) for others in pairs.values() for _row, key in others}
    languages = _languages(keys | named)
    return [
        card(
            page,
            language,
            request,
            foot=(
                _practice_count(len({key for _row, key in practices[page.translation_key] if key in languages})),
                _relation_count(sum(key in languages for _row, key in relations[page.translation_key])),
                " ".join(code.upper() for code in ORDER if code in languages.get(page.translation_key, ())),
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


Pairs = dict[Any, set[tuple[int, Any]]]  # of a subject: the row, and the subject at its other end


def _practices(keys: set[Any]) -> Pairs:
    rows = PatternPage.practice_links.rel.related_model.objects.filter(pattern__in=_pages(keys))
    found: Pairs = defaultdict(set)
    for pk, pattern, practice in rows.values_list("pk", "pattern__translation_key", "page__translation_key"):
        found[pattern].add((pk, practice))
    return found


def _relations(keys: set[Any]) -> Pairs:
    """The rows stored on original pages, each on both its sides."""
    older = Page.objects.filter(translation_key=OuterRef("page__translation_key"), pk__lt=OuterRef("page_id"))
    pages = _pages(keys)
    rows = PatternRelation.objects.filter(~Exists(older), Q(page__in=pages) | Q(target__in=pages))
    found: Pairs = defaultdict(set)
    for pk, start, end in rows.values_list("pk", "page__translation_key", "target__translation_key"):
        found[start].add((pk, end))
        found[end].add((pk, start))
    return found


def _pages(keys: set[Any]) -> QuerySet:
    return Page.objects.filter(translation_key__in=keys).order_by().values("pk")


def _languages(keys: set[Any]) -> dict[Any, set[str]]:
    """The languages in which readers may see each subject; a subject that nobody may see is missing."""
    pages = visible(Page.objects.filter(translation_key__in=keys, alias_of__isnull=True))
    found: dict[Any, set[str]] = {}
    for key, language in pages.values_list("translation_key", "locale__language_code"):
        found.setdefault(key, set()).add(language)
    return found
