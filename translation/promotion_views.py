"""The page of the admin that says what happens if another page becomes the original, and does it."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.models import Page

from portal.languages import language_in_sentence

from . import access, promotion
from .originals import original_of
from .review import Refused


def promote(request: HttpRequest, page_id: int) -> HttpResponse:
    """Nothing happens unless it was sent back with the original that was shown: there may be another one meanwhile."""
    page = access.page_to_promote(request.user, page_id)
    original = original_of(page)
    if request.method == "POST" and request.POST.get("original") == _number(original):
        try:
            promotion.promote(page, user=request.user)
        except Refused:  # the page says why
            pass
        else:
            _tell(request, page, original)
            return redirect("wagtailadmin_pages:edit", page.pk)
    context = {
        "page": page,
        "language": language_in_sentence(page.locale.language_code),
        "original": original,
        "number": _number(original),
        "obstacles": list(promotion.obstacles(page)),
        "fates": promotion.fates(page),
    }
    status = 409 if request.method == "POST" else 200
    return TemplateResponse(request, "translation/promote.html", context, status=status)


def _number(original: Page | None) -> str:
    return str(original.pk) if original else ""


def _tell(request: HttpRequest, page: Page, original: Page | None) -> None:
    back = [messages.button(reverse("translation_promote", args=[original.pk]), _("Turn back"))] if original else []
    text = _("“%(title)s” is the original now.") % {"title": page.title}
    messages.success(request, text, buttons=back)


def is_offered(user: Any, page: Page) -> bool:
    """Where there is something to do for this person; whether it can be done now, the page says."""
    if page.depth < 2 or page.alias_of_id or not access.may_promote(user, page):
        return False
    original = original_of(page)
    return original.pk != page.pk if original else page.live


def button(page: Page, user: Any, view_name: str = "", next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    """Among the buttons of a page in the admin."""
    if is_offered(user, page):
        address = reverse("translation_promote", args=[page.pk])
        yield Button(_("Make it the original"), address, icon_name="resubmit", priority=72)
