"""What this part of the community adds to the admin; `community.wagtail_hooks` loads it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from ..models import CommentState
from . import adopting
from .admin_views import AdoptView, CommentsOfPageView


@hooks.register("register_admin_urls")
def adoption_urls() -> list[URLPattern]:
    return [
        path("discussions/of-page/<int:page_id>/", CommentsOfPageView.as_view(), name="community_of_page"),
        path("discussions/adopt/<slug:public_id>/", AdoptView.as_view(), name="community_adopt"),
    ]


@hooks.register("register_page_header_buttons")
def comments_of_page(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """In the menu of the page’s editor, once somebody has written."""
    count = CommentState.objects.published().filter(thread__translation_key=page.translation_key).count()
    if count and adopting.may_adopt(user, page):
        label = ngettext("%(number)d comment of a reader", "%(number)d comments of readers", count)
        url = reverse("community_of_page", args=[page.pk])
        yield Button(label % {"number": count}, url, icon_name="comment", priority=71)


@hooks.register("register_log_actions")
def log_adopting(actions: Any) -> None:
    actions.register_action("community.adopted", _("Take something from a comment"), _("Taken into a page"))
    actions.register_action("community.not-adopted", _("Take that back"), _("Not taken into a page after all"))
