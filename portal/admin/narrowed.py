"""Screens of Wagtail's admin that name pages to people who may not see their drafts."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from ..models import HomePage


class ConfirmMove(MoveConfirmView):
    """Asks for the right to move before it shows what would be moved."""

    def dispatch(self, request: HttpRequest, page_to_move_id: int, destination_id: int, **kwargs: Any) -> HttpResponse:
        page = get_object_or_404(Page, pk=page_to_move_id)
        destination = get_object_or_404(Page, pk=destination_id)
        if not page.permissions_for_user(request.user).can_move_to(destination):
            raise PermissionDenied
        return super().dispatch(request, page_to_move_id, destination_id, **kwargs)


class PageTypesOfAllTrees(PageTypesUsageReportView):
    """It names the page of each type that was edited last, in whatever language."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        own = page_permission_policy.explorable_instances(request.user)
        if HomePage.objects.exclude(pk__in=own.filter(depth=2).order_by().values("pk")).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)
