"""Addresses of Wagtail's own admin that are asked here first, since Wagtail tells too much there."""

from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from .bulk import act_on_pages
from .link_chooser import ExternalLink
from .narrowed import PageTypesOfAllTrees
from .page_chooser import BrowsePages, ChosenPages

urlpatterns = decorate_urlpatterns(
    [
        path("bulk/wagtailcore/page/<str:action>/", act_on_pages),
        path("choose-external-link/", ExternalLink.as_view()),
        path("choose-page/<int:parent_page_id>/", BrowsePages.as_view()),
        path("choose-page/chosen-multiple/", ChosenPages.as_view()),
        path("reports/page-types-usage/", PageTypesOfAllTrees.as_view()),
        path("reports/page-types-usage/results/", PageTypesOfAllTrees.as_view(results_only=True)),
    ],
    require_admin_access,
)
