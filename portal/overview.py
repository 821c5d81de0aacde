"""What the home page says about the whole: how much there is in each language, and what changed last."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Q
from wagtail.models import Page

from .addresses import address
from .kinds import kind_label
from .querysets import in_language, visible

if TYPE_CHECKING:
    from .reading import Reading

LENGTH = 6


@dataclass(frozen=True)
class Coverage:
    code: str
    name: str
    url: str
    pages: int
    total: int
    behind: int

    @property
    def state(self) -> str:
        if not self.pages:
            return "none"
        return "ok" if self.pages == self.total and not self.behind else "behind"


@dataclass(frozen=True)
class NewsItem:
    date: datetime.datetime
    title: str
    url: str
    language: str
    type_name: str


def coverage(reading: "Reading") -> list[Coverage]:
    """How many of the subjects have a published page in each language."""
    pages = visible(Page.objects.filter(depth__gt=1, alias_of__isnull=True), reading.user)
    total = pages.values("translation_key").distinct().count()
    behind = Count("pk", filter=Q(translation_state__behind_since__isnull=False))
    rows = pages.values("locale__language_code").annotate(pages=Count("pk"), behind=behind).order_by()
    counts = {row["locale__language_code"]: (row["pages"], row["behind"]) for row in rows}
    return [
        Coverage(code, name, f"/{code}/", counts.get(code, (0, 0))[0], total, counts.get(code, (0, 0))[1])
        for code, name in settings.LANGUAGES
    ]


def news(reading: "Reading") -> list[NewsItem]:
    """The pages that changed last, one for each subject, as the reader would see them."""
    pages = in_language(visible(Page.objects.filter(depth__gt=3), reading.user), reading.language)
    newest = pages.select_related("locale", "content_type").order_by("-last_published_at", "pk")[:LENGTH]
    return [
        NewsItem(
            date=page.last_published_at,
            title=page.title,
            url=address(page, reading.request, reading.language),
            language=page.locale.language_code,
            type_name=kind_label(page.specific_class) if page.specific_class else "",
        )
        for page in newest
    ]
