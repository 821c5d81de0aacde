"""Practices on paper: the card of the deck, front and back."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from portal import printed
from portal.addresses import address
from portal.querysets import visible

from .models import PracticePage, PracticePattern

MOST_WARNINGS = 3  # a card has room for these; the page has them all


def cards(pages: QuerySet, language: str, user: Any) -> Sequence[printed.PrintedCard]:
    """Takes the same few queries for any number of practices."""
    found = list(pages.select_related("locale"))
    numbers = _numbers([page.pk for page in found], user)
    return [_card(page, language, numbers[page.pk]) for page in found]


def _card(page: PracticePage, language: str, numbers: set[int]) -> printed.PrintedCard:
    own_language = page.locale.language_code
    with translation.override(own_language):
        warnings = [block.value["text"] for block in page.outcomes if block.block_type == "challenge"]
        return printed.PrintedCard(
            item=page.code,
            label=page.number_label,
            number=page.number_label,
            group=page.group_code,
            group_label="",
            language=own_language,
            title=page.title,
            problem=page.card_line,
            therefore_label=_("What they do"),
            therefore=page.summary,
            watch=tuple(warnings[:MOST_WARNINGS]),
            leads_label=_("Patterns"),
            leads=((_("Shows"), tuple(f"{number:02d}" for number in sorted(numbers))),) if numbers else (),
            path=address(page, language),
            published=page.last_published_at,
            picture_text=page.place_line,
        )


def _numbers(pages: list[int], user: Any) -> dict[int, set[int]]:
    """By page the numbers of the patterns that it shows, as far as the reader may see them."""
    shown = visible(Page.objects.filter(translation_key=OuterRef("pattern__translation_key")), user)
    rows = PracticePattern.objects.filter(Exists(shown), page__in=pages).order_by()
    found: dict[int, set[int]] = defaultdict(set)
    for page, number in rows.values_list("page_id", "pattern__number"):
        found[page].add(number)
    return found


def register() -> None:
    printed.register(
        printed.Printed("practice", PracticePage, ("country", "place_name", "pk"), gettext_lazy("Practices"), cards)
    )
