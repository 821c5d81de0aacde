"""Practices that show a pattern.

Practices link to patterns; this side reads the links through the reverse relation and imports nothing of practices.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from portal.addresses import address
from portal.querysets import in_language, visible

from .models import PatternPage


@dataclass(frozen=True)
class Example:
    title: str
    url: str
    language: str
    mark: str  # the country's code
    strength: str
    card_line: str
    since: str
    criteria_met: int | None  # None where no check was made
    is_main: bool


def links_to(page: PatternPage) -> QuerySet:
    """Rows by which practices of any language name this pattern in any language."""
    rows: QuerySet = PatternPage.practice_links.rel.related_model.objects.all()
    return rows.filter(pattern__translation_key=page.translation_key)


def _practices(page: PatternPage) -> QuerySet:
    links = links_to(page)
    model = links.model._meta.get_field("page").related_model
    return model.objects.filter(translation_key__in=links.values("page__translation_key"))


def countries_of_examples(page: PatternPage) -> set[str]:
    """The countries of the published practices that show the pattern."""
    rows = visible(_practices(page)).values_list("country", "further_countries")
    return {str(code) for country, further in rows for code in (country, *further) if code}


def examples_of(
    page: PatternPage, language: str, request: HttpRequest | None = None, user: Any = None
) -> list[Example]:
    """One for each published practice that shows the pattern, in `language` where it exists; main examples first."""
    strengths: dict[Any, Any] = {}
    for row in links_to(page).select_related("page").only("strength", "page__translation_key").order_by("-pk"):
        strengths[row.page.translation_key] = row  # the row made first wins: it stands on the original
    if not strengths:
        return []
    pages = in_language(visible(_practices(page), user), language).select_related("locale")
    found = [_example(practice, strengths[practice.translation_key], language, request) for practice in pages]
    return sorted(found, key=lambda example: (not example.is_main, example.title.casefold()))


def _example(practice: Any, row: Any, language: str, request: HttpRequest | None) -> Example:
    return Example(
        title=practice.title,
        url=address(practice, request, language),
        language=practice.locale.language_code,
        mark=practice.number_label,
        strength=str(row.get_strength_display()),
        card_line=practice.card_line,
        since=practice.started.display() if practice.started else practice.started_note,
        criteria_met=practice.criteria_met if practice.criteria else None,
        is_main=row.strength == "main",
    )
