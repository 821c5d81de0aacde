"""Patterns on paper: the card of the deck, front and back."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import printed
from portal.cards import group_label
from portal.querysets import in_language, visible
from portal.streams import values
from portal.vocabulary import INVERSE_RELATION, PatternGroup, RelationType

from .models import PatternGroupPage, PatternPage
from .relations import ORDER, all_rows

MOST_WARNINGS = 3  # a card has room for these; the page has them all


def cards(pages: QuerySet, language: str, user: Any) -> Sequence[printed.PrintedCard]:
    """Takes the same few queries for any number of patterns."""
    leads = _leads(user)
    return [_card(page, leads.get(page.translation_key, {})) for page in pages.select_related("locale")]


def _card(page: PatternPage, leads: dict[str, set[int]]) -> printed.PrintedCard:
    language = page.locale.language_code
    with translation.override(language):
        return printed.PrintedCard(
            item=page.label,
            label=page.label,
            number=page.number_label,
            group=page.group,
            group_label=group_label(page.group),
            language=language,
            title=page.title,
            problem=page.card_problem,
            therefore_label=_("Therefore"),
            therefore=page.card_therefore,
            watch=tuple(value["text"] for value in values(page.considerations, "threat")[:MOST_WARNINGS]),
            leads_label=_("Leads on"),
            leads=_named(leads),
            path=reverse("patterns:short", args=[page.number_label]),
            published=page.last_published_at,
            diagram=page.diagram,
            diagram_text=page.diagram_text or page.title,
            confidence=page.confidence,
        )


def _named(leads: dict[str, set[int]]) -> printed.Leads:
    return tuple(
        (str(RelationType(code).label), tuple(f"{number:02d}" for number in sorted(leads[code])))
        for code in sorted(leads, key=ORDER.__getitem__)
    )


def _leads(user: Any) -> dict[Any, dict[str, set[int]]]:
    """By subject and relation the numbers of the patterns that stand round it; only those the reader may see."""
    shown = visible(PatternPage.objects.filter(alias_of__isnull=True), user)
    numbers = dict(shown.values_list("translation_key", "number"))
    found: dict[Any, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in all_rows(user):
        ends = {row.page_key, row.target_key}
        if not row.on_translation and len(ends) == 2 and ends <= numbers.keys():
            found[row.page_key][str(row.type)].add(numbers[row.target_key])
            found[row.target_key][str(INVERSE_RELATION[row.type])].add(numbers[row.page_key])
    return found


def parts(pages: QuerySet, language: str) -> Sequence[printed.Part]:
    """A part for each group; in it larger patterns come before those that are part of them."""
    found = list(pages.select_related("locale"))
    smaller = _smaller()
    by_group: dict[str, list[PatternPage]] = defaultdict(list)
    for page in found:
        by_group[page.group].append(page)
    groups = in_language(visible(PatternGroupPage.objects.all()), language).values_list("group", "summary")
    intro = dict(groups)
    return [
        printed.Part(group_label(group), _larger_first(by_group[group], smaller), intro.get(group, ""))
        for group in PatternGroup.values
        if group in by_group
    ]


def _smaller() -> dict[Any, set[Any]]:
    """By subject those that are part of it."""
    found: dict[Any, set[Any]] = defaultdict(set)
    for row in all_rows():
        if row.type == RelationType.LARGER:
            found[row.page_key].add(row.target_key)
    return found


def _larger_first(pages: list[PatternPage], smaller: dict[Any, set[Any]]) -> list[PatternPage]:
    """By number, but none before one that holds it; where patterns hold each other, by number."""
    waiting, sorted_pages = list(pages), []
    while waiting:
        held = {key for page in waiting for key in smaller[page.translation_key] - {page.translation_key}}
        free = next((page for page in waiting if page.translation_key not in held), waiting[0])
        waiting.remove(free)
        sorted_pages.append(free)
    return sorted_pages


def register() -> None:
    printed.register(printed.Printed("pattern", PatternPage, ("number",), gettext_lazy("Patterns"), cards, parts))
