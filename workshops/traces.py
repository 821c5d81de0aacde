"""The way of recommendations: from findings, over patterns, to the practices that follow them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

from portal.references import References

from .models import RecommendationPattern, RecommendationPractice


@dataclass(frozen=True)
class FollowedBy:
    practice: Any
    status: str
    note: str


@dataclass(frozen=True)
class Trace:
    page: Any
    findings: list[Any]  # on the page of their workshop those of the page, elsewhere `leading.LeadingFinding`
    patterns: list[Any]
    practices: list[FollowedBy]

    @property
    def addressees(self) -> list[str]:
        return addressees(self.page)


class RecommendationRows:
    """Which patterns and practices recommendations name, for several recommendations in two queries."""

    def __init__(self, recommendations: QuerySet) -> None:
        subjects = Page.objects.filter(pk__in=recommendations.order_by().values("pk")).values("translation_key")
        of_these = {"page__translation_key__in": subjects}
        self._patterns = list(RecommendationPattern.objects.filter(**of_these).select_related("page"))
        self._practices = list(RecommendationPractice.objects.filter(**of_these).select_related("page"))

    @property
    def named_ids(self) -> set[int]:
        return {row.pattern_id for row in self._patterns} | {row.practice_id for row in self._practices}

    def trace(self, page: Any, pages: References, findings: Iterable[Any] = ()) -> Trace:
        followed = [row for row in rows_of(page, self._practices) if row.practice_id in pages]
        return Trace(
            page=page,
            findings=list(findings),
            patterns=pages.in_order(row.pattern_id for row in rows_of(page, self._patterns)),
            practices=[FollowedBy(pages[row.practice_id], row.status_label, row.note) for row in followed],
        )


def rows_of(page: Any, rows: list[Any]) -> list[Any]:
    """The rows of `page` itself, else of the page it was translated from."""
    own = [row for row in rows if row.page_id == page.pk]
    same = [row for row in rows if row.page.translation_key == page.translation_key]
    return own or [row for row in same if row.page_id == same[0].page_id]


def addressees(page: Any) -> list[str]:
    return page._meta.get_field("addressees").labels(page.addressees)
