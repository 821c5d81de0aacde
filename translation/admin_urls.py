"""Addresses of Wagtail's own admin that are asked here first, since an original and its translations share a fate."""

from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from . import cascade

urlpatterns = decorate_urlpatterns(
    [
        path("pages/<int:page_id>/delete/", cascade.DeleteOriginal.as_view()),
        path("pages/<int:page_id>/unpublish/", cascade.UnpublishOriginal.as_view()),
        path("pages/<int:page_id>/privacy/", cascade.PrivacyOfOriginal.as_view()),
        path("pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/", cascade.MoveOriginal.as_view()),
    ],
    require_admin_access,
)
