"""What the home page says about the whole: how much there is in each language, and what changed last."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Substr
from django.utils.timezone import localdate
from wagtail.models import Page, get_page_models

from .addresses import tree_address
from .kinds import kind_label
from .models import KnowledgePage, StandardPage
from .navigation import once
from .prepared import Prepared
from .querysets import closed_paths, in_language, shown_now, visible

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
    """How many of the public subjects have a published page in each language."""
    rows: list[Coverage] = once(reading.request, ("coverage",), _count)
    return rows


def _count() -> list[Coverage]:
    pages = visible(Page.objects.filter(depth__gt=1, alias_of__isnull=True))
    total = pages.values("translation_key").distinct().count()
    behind = Count("pk", filter=Q(translation_state__behind_since__isnull=False))
    rows = pages.values("locale__language_code").annotate(pages=Count("pk"), behind=behind).order_by()
    counts = {row["locale__language_code"]: (row["pages"], row["behind"]) for row in rows}
    return [
        Coverage(code, name, f"/{code}/", counts.get(code, (0, 0))[0], total, counts.get(code, (0, 0))[1])
        for code, name in settings.LANGUAGES
    ]


@Prepared.of(str)
def _newest(language: str) -> QuerySet:
    """Of the same day, what readers come for first: much may change at once, and then the hour says nothing.

    The day is cut out of the text of the date, which any database does fast; it is the day in Greenwich.
    """
    pages = in_language(Page.objects.filter(shown_now(), depth__gt=3), language)
    day = Substr(Cast("last_published_at", TextField()), 1, 10)
    return pages.order_by(day.desc(), _rank().desc(), "-last_published_at", "pk").values_list(
        *("path", "last_published_at", "title", "url_path", "locale__language_code", "content_type_id")
    )[: LENGTH * 4]


def _rank() -> Case:
    ranks = defaultdict(list)
    for model in get_page_models():
        if issubclass(model, KnowledgePage):
            ranks[0.0 if issubclass(model, StandardPage) else model.search_rank].append(model._meta.model_name)
    whens = [When(content_type__model__in=names, then=Value(rank)) for rank, names in ranks.items()]
    return Case(*whens, default=Value(0.0))


def news(reading: "Reading") -> list[NewsItem]:
    """The pages that changed last, one for each subject, as the reader would see them."""
    closed = tuple(closed_paths(reading.user))
    rows = [row for row in _newest(reading.language) if not row[0].startswith(closed)][:LENGTH]
    rows.sort(key=lambda row: localdate(row[1]), reverse=True)
    return [
        NewsItem(
            date=date,
            title=title,
            url=tree_address(url_path, reading.language),
            language=language,
            type_name=kind_label(ContentType.objects.get_for_id(content_type_id).model_class()),
        )
        for _path, date, title, url_path, language, content_type_id in rows
    ]
