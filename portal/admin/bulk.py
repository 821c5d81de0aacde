"""Several pages at once: Wagtail names also those that this person may not touch, by the titles of their drafts."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page
from wagtail.permissions import page_permission_policy


class NamesOwnPages:
    request: HttpRequest

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Page]]]:
        pages, left_out = super().get_actionable_objects()  # type: ignore[misc]
        asked = {page.pk for group in left_out.values() for page in group}
        own = page_permission_policy.explorable_instances(self.request.user).filter(pk__in=asked)
        named = set(own.values_list("pk", flat=True))
        return pages, {why: [page for page in group if page.pk in named] for why, group in left_out.items()}


def act_on_pages(request: HttpRequest, action: str) -> HttpResponse:
    found: Any = bulk_action_registry.get_bulk_action_class("wagtailcore", "page", action)
    if found is None:
        raise Http404
    return type(found.__name__, (NamesOwnPages, found), {})(request, Page).dispatch(request)
