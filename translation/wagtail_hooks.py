"""Where the admin of wagtail-localize must not do what this site rules out."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail import hooks


def refuse_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """A page without a translation is shown in its original language; an alias would overwrite a live translation.

    wagtail-localize lets everybody do that who may edit the page, publisher or not.
    """
    raise PermissionDenied


@hooks.register("register_admin_urls", order=-1)  # before the view of wagtail-localize
def alias_address() -> list[URLPattern]:
    return [path("localize/page/<int:page_id>/convert_to_alias/", refuse_alias)]


@hooks.register("construct_page_action_menu", order=100)
def no_alias_in_menu(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]
