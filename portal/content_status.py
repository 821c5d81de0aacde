"""What there is, in which language, and how long ago somebody checked it: the public account of the content."""

import datetime
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import get_language
from wagtail.models import Page, get_page_models

from .kinds import kind_label
from .models import KnowledgePage
from .navigation import once
from .querysets import originals, visible


@dataclass
class Kind:
    """The pages of one type: how many subjects there are, how many of them in a language, and how many were checked."""

    label: str
    total: int = 0
    languages: Counter = field(default_factory=Counter)
    behind: Counter = field(default_factory=Counter)
    verified: int = 0
    oldest: datetime.date | None = None

    @property
    def cells(self) -> list[tuple[str, str, int, int]]:
        """For each language of the site: its code and name, how many pages there are, how many of them are behind."""
        return [(code, name, self.languages[code], self.behind[code]) for code, name in settings.LANGUAGES]


def content_status(request: HttpRequest) -> HttpResponse:
    """What everybody may see is counted, whoever asks. Takes three queries, and one for each page type."""
    kinds: list[Kind] = once(request, ("content status", get_language()), _kinds)
    context = {"kinds": kinds, "total": sum(kind.total for kind in kinds), "today": localdate()}
    return render(request, "portal/content_status.html", context)


def _kinds() -> list[Kind]:
    shown = visible(Page.objects.filter(depth__gt=2, alias_of__isnull=True))
    behind = Count("pk", filter=Q(translation_state__behind_since__isnull=False))
    rows = shown.values("content_type_id", "locale__language_code").annotate(pages=Count("pk"), behind=behind)
    totals = shown.values("content_type_id").annotate(subjects=Count("translation_key", distinct=True))
    subjects = dict(totals.values_list("content_type_id", "subjects").order_by())
    found: dict[int, Kind] = {}
    for model in get_page_models():
        content_type = ContentType.objects.get_for_model(model)
        if issubclass(model, KnowledgePage) and model.kind != "index" and content_type.pk in subjects:
            found[content_type.pk] = _kind(model, subjects[content_type.pk])
    for row in rows.order_by():
        if row["content_type_id"] in found:
            kind, code = found[row["content_type_id"]], row["locale__language_code"]
            kind.languages[code], kind.behind[code] = row["pages"], row["behind"]
    return sorted(found.values(), key=lambda kind: (-kind.total, kind.label))


def _kind(model: Any, total: int) -> Kind:
    pages = originals(visible(model.objects.filter(alias_of__isnull=True))).order_by()
    dates = pages.aggregate(verified=Count("last_verified_on"), oldest=Min("last_verified_on"))
    return Kind(capfirst(str(kind_label(model))), total, verified=dates["verified"], oldest=dates["oldest"])
