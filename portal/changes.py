"""The change log of the site: what was added, written anew or corrected, as the pages themselves note it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from .addresses import tree_address
from .languages import active_language
from .listing import without_page
from .models import KnowledgePage
from .navigation import once
from .querysets import in_language, visible
from .vocabulary import ChangeKind

NEW = "new"
MOST = 500  # the newest; older ones stand on their pages
PER_PAGE = 50
FIELDS = ("translation_key", "title", "url_path", "locale__language_code", "first_published_at", "change_notes")


@dataclass(frozen=True)
class Noted:
    """A change as a line of the log; `kind` is a `ChangeKind`, or that the page is new."""

    date: datetime.date
    kind: str
    text: str
    title: str
    url: str
    language: str
    guid: str

    @property
    def kind_label(self) -> str:
        return _("New page") if self.kind == NEW else str(ChangeKind(self.kind).label)


def noted_changes(request: HttpRequest) -> list[Noted]:
    """The newest first: one list for all readers, of what everybody may read, kept until something is published."""
    language = active_language()
    found: list[Noted] = once(request, ("changes", language), lambda: _read(language))
    return found


def _read(language: str) -> list[Noted]:
    found: list[Noted] = []
    for model in _types():
        pages: Any = in_language(visible(model._default_manager.all()), language)
        for page in pages.select_related("locale").only(*FIELDS):
            found += _of_page(page, language)
    return sorted(found, key=lambda change: (change.date, change.guid), reverse=True)[:MOST]


def tells_of_subject(model: type) -> bool:
    """Whether pages of the type tell of a subject; an index only leads to them."""
    return issubclass(model, KnowledgePage) and issubclass(model, Page) and model.kind not in ("index", "page", "home")


def _types() -> list[Any]:
    return [model for model in apps.get_models() if tells_of_subject(model)]


def _of_page(page: Any, language: str) -> list[Noted]:
    own = page.locale.language_code
    where = {"title": page.title, "url": tree_address(page.url_path, language), "language": own}
    guid = f"urn:uuid:{page.translation_key}:{own}"
    found = []
    for item in page.change_notes.raw_data:
        note = item["value"]
        day = datetime.date.fromisoformat(str(note["date"]))
        found.append(Noted(day, note["kind"], note["text"], guid=f"{guid}#{item['id']}", **where))
    if page.first_published_at:
        day = timezone.localtime(page.first_published_at).date()
        found.append(Noted(day, NEW, "", guid=f"{guid}#{NEW}", **where))
    return found


def changes(request: HttpRequest) -> HttpResponse:
    kinds = [(NEW, _("New page")), *((code, str(label)) for code, label in ChangeKind.choices)]
    chosen = request.GET.get("kind", "")
    if chosen not in dict(kinds):
        chosen = ""
    shown = [change for change in noted_changes(request) if not chosen or change.kind == chosen]
    page_obj = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    listing = {"page_obj": page_obj, "query": without_page(request.GET)}
    return render(request, "portal/changes.html", {"listing": listing, "kinds": kinds, "chosen": chosen})
