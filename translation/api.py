"""What the translation editor asks Wagtail's own interface in the admin."""

from typing import Any

from django.db.models import Q
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from portal.querysets import visible


class Pages(PagesAdminAPIViewSet):
    """Names the published pages to which a text refers, also to translators, who may not edit in their language.

    What the admin's own screens do with care is not offered a second time here.
    """

    actions: dict[str, Any] = {}

    def get_base_queryset(self) -> PageQuerySet:
        pages = super().get_base_queryset()
        if self.action != "detail_view":
            return pages
        readable = visible(Page.objects.all(), self.request.user)
        return Page.objects.filter(Q(pk__in=pages.values("pk")) | Q(pk__in=readable.values("pk")))

    def get_object(self) -> Page:
        """A page of another tree goes by the title that readers see, not by that of its draft."""
        page = super().get_object()
        if not page_permission_policy.explorable_instances(self.request.user).filter(pk=page.pk).exists():
            page.draft_title = page.title
        return page
