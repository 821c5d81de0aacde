"""What workshops add to the admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from .admin_views import FromNotesView, may_begin
from .models import WorkshopIndexPage


@hooks.register("register_admin_urls")
def notes_urls() -> list[URLPattern]:
    return [path("workshops/from-notes/<int:page_id>/", FromNotesView.as_view(), name="workshops_from_notes")]


@hooks.register("register_page_header_buttons")
def begin_with_notes(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """In the menu of the list of workshops."""
    index = page.specific_deferred
    if isinstance(index, WorkshopIndexPage) and may_begin(index, user):
        url = reverse("workshops_from_notes", args=[page.pk])
        yield Button(_("Begin a workshop with notes"), url, icon_name="edit", priority=72)
