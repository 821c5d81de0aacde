"""The page of the admin that says what happens if another page becomes the original, and does it."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import Button
from wagtail.models import Page

from portal.languages import language_in_sentence

from . import access, promotion
from .originals import original_of
from .review import Refused


class PromotionView(WagtailAdminTemplateMixin, TemplateView):
    """Nothing happens unless it was sent back with the original that was shown: there may be another one meanwhile."""

    template_name = "translation/promote.html"
    header_icon = "resubmit"
    page: Page

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.page = access.page_to_promote(request.user, kwargs["page_id"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_page_title(self) -> str:
        return _("Make it the original")

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        page = {"url": self.edit_url, "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, page, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        original = original_of(self.page)
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "language": language_in_sentence(self.page.locale.language_code),
            "original": original,
            "number": _number(original),
            "obstacles": list(promotion.obstacles(self.page)),
            "fates": promotion.fates(self.page),
            "edit_url": self.edit_url,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        original = original_of(self.page)
        if request.POST.get("original") != _number(original):
            text = _("The original is another page by now. Read once more what will happen.")
            messages.warning(request, text)
            return self.render_to_response(self.get_context_data(), status=409)
        try:
            promotion.promote(self.page, user=request.user)
        except Refused:  # the page says why
            return self.render_to_response(self.get_context_data(), status=409)
        text = _("“%(title)s” is the original now.") % {"title": self.page.title}
        way_back = [messages.button(url_of(original), _("Turn back"))] if original else []
        messages.success(request, text, buttons=way_back)
        return redirect(self.edit_url)


def url_of(page: Page) -> str:
    return reverse("translation_promote", args=[page.pk])


def _number(original: Page | None) -> str:
    return str(original.pk) if original else ""


def is_offered(user: Any, page: Page) -> bool:
    """Where there is something to do for this person; whether it can be done now, the page says."""
    if page.depth < 2 or page.alias_of_id or not access.may_promote(user, page):
        return False
    original = original_of(page)
    return original.pk != page.pk if original else page.live


def button(page: Page, user: Any, view_name: str = "", next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    """Among the buttons of a page in the admin."""
    if is_offered(user, page):
        yield Button(_("Make it the original"), url_of(page), icon_name="resubmit", priority=72)
