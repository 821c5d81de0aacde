"""Choosing a page of one type starts where such pages are, in the main language of the site."""

from typing import Any

from django.conf import settings
from django.db.models import ForeignKey
from django.http import HttpRequest, HttpResponse
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.views.chooser import BrowseView
from wagtail.admin.widgets import AdminPageChooser
from wagtail.coreutils import resolve_model_string
from wagtail.models import Page

from ..models import KnowledgePage


class PageOfTypeChooser(AdminPageChooser):
    chooser_modal_url_name = "portal_choose_page"


class BrowsePagesOfType(BrowseView):
    """Wagtail starts at what all languages have in common, which is the root of the tree."""

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        return super().get(request, parent_page_id or self.start(request.GET.get("page_type", "")))

    def start(self, page_types: str) -> int | None:
        try:
            models = [resolve_model_string(name) for name in page_types.split(",") if name]
        except (ValueError, LookupError):
            return None  # Wagtail's own view answers with 404
        if not models or Page in models:
            return None
        pages = Page.objects.type(*models).filter(locale__language_code=settings.LANGUAGE_CODE)
        start = pages.first_common_ancestor()
        if start.pk in pages.values_list("pk", flat=True):  # there is only one
            start = start.get_parent()
        return None if start.is_root() else start.pk


def chooser_for(db_field: Any) -> dict[str, Any]:
    return {"widget": PageOfTypeChooser(target_models=[db_field.remote_field.model])}


register_form_field_override(ForeignKey, to=KnowledgePage, override=chooser_for)
