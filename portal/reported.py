"""What people report of pages when they tried what stands there. Whoever keeps the reports registers here.

`portal` and the features know no more of reports than this: a page type that sets `takes_reports` adds `facets_of` to
its own facets, and so its lists filter and sort by them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from .models import KnowledgePage, PageFacet

NUMBER, OUTCOME, COUNTRY = "reports", "tried", "tried_in"
NOT_TRIED = "not"  # somebody decided against it
OUTCOMES: Mapping[str, Any] = {
    "worked": pgettext_lazy("outcome", "Worked"),
    "partly": pgettext_lazy("outcome", "Worked in part"),
    "failed": pgettext_lazy("outcome", "Failed"),
    "harm": pgettext_lazy("outcome", "Did harm"),
    "early": pgettext_lazy("outcome", "Too early to say"),
    NOT_TRIED: _("Decided against it"),
}

Counts = Counter[tuple[str, str]]  # of published reports by country and outcome


@dataclass(frozen=True)
class Cited:
    """The facts of one published report that its author lets others cite. No words, and no name."""

    country: str
    outcome: str  # or `NOT_TRIED`
    began: str = ""  # a year or a month, as all dates that people give
    ended: str = ""


_citing: list[Callable[[UUID], Iterable[Cited]]] = []
_providers: list[Callable[[UUID], Counts]] = []


def register(provide: Callable[[UUID], Counts]) -> None:
    """`provide(translation_key)` counts what everybody may read of one subject."""
    _providers.append(provide)


def register_cited(find: Callable[[UUID], Iterable[Cited]]) -> None:
    """`find(translation_key)` gives what everybody may read of one subject and cite, the newest first."""
    _citing.append(find)


def cited(page: KnowledgePage) -> list[Cited]:
    if not page.takes_reports:
        return []
    return [report for find in _citing for report in find(page.translation_key)]


def facets_of(page: KnowledgePage) -> dict[str, Iterable[str]]:
    counts: Counts = sum((provide(page.translation_key) for provide in _providers), Counter())
    if not counts:
        return {}
    return {
        # So that text sorts as the number does.
        NUMBER: [f"{counts.total():06}"],
        OUTCOME: {outcome or NOT_TRIED for _country, outcome in counts},
        COUNTRY: {country for country, _outcome in counts},
    }


def number_by_page() -> Subquery:
    """How many reports a page has, as text that sorts: an order for lists."""
    return Subquery(PageFacet.objects.filter(page_id=OuterRef("pk"), facet=NUMBER).values("value")[:1])


def numbers(pages: Any) -> Counter[UUID]:
    """How many reports there are on each of these pages, by translation key."""
    rows = PageFacet.objects.filter(facet=NUMBER, page__in=pages.order_by().values("pk"))
    return Counter({key: int(number) for key, number in rows.values_list("page__translation_key", "value")})


def live_pages(keys: Iterable[UUID]) -> list[KnowledgePage]:
    """The published pages of these subjects that take reports, in every language."""
    pages = Page.objects.filter(translation_key__in=set(keys), live=True, alias_of__isnull=True).specific()
    return [page for page in pages if isinstance(page, KnowledgePage) and page.takes_reports]
