"""Choosing pages: which ones are offered to whom, and where the choice of a page of one type starts."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import F, ForeignKey, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.views.chooser import BrowseView, ChosenMultipleView
from wagtail.admin.widgets import AdminPageChooser
from wagtail.coreutils import resolve_model_string
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from ..models import KnowledgePage
from ..querysets import visible

PAGE_WORK = ["add", "change", "publish", "lock", "unlock", "bulk_delete"]


def choosable(pages: QuerySet[Page], user: Any) -> QuerySet[Page]:
    """The pages of the trees in which `user` works, and of the others what readers see.

    Wagtail lists drafts and closed pages to everybody who may open the admin, as members who run a group may, and
    names pages by the titles of their drafts: one of another tree is offered again when its new title is published.
    """
    if not page_permission_policy.user_has_any_permission(user, PAGE_WORK):
        raise PermissionDenied
    own = page_permission_policy.explorable_instances(user).order_by().values("pk")
    public = visible(Page.objects.filter(draft_title=F("title")), user).order_by().values("pk")
    return pages.filter(Q(pk__in=own) | Q(pk__in=public))


class PageOfTypeChooser(AdminPageChooser):
    chooser_modal_url_name = "portal_choose_page"


class BrowsePages(BrowseView):
    """The page that is opened is named as well, and is one that could be chosen or leads to such pages."""

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        opened = Page.objects.filter(pk=parent_page_id, depth__gt=1)
        if opened.exists() and not choosable(opened, request.user).exists():
            raise Http404
        return super().get(request, parent_page_id)


class ChosenPages(ChosenMultipleView):
    def get(self, request: HttpRequest) -> HttpResponse:
        asked = [pk for pk in request.GET.getlist("id") if pk.isdigit()]
        if choosable(Page.objects.filter(pk__in=asked), request.user).count() < len(set(asked)):
            raise Http404
        return super().get(request)


class BrowsePagesOfType(BrowsePages):
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
