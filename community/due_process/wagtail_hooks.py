from django.urls import URLPattern, path
from wagtail import hooks

from .desk import AppealsView, AppealView


@hooks.register("register_admin_urls", order=-10)  # before the desk's, which read “appeals” as the number of a comment
def appeals_urls() -> list[URLPattern]:
    return [
        path("comments/appeals/", AppealsView.as_view(), name="community_appeals"),
        path("comments/appeals/<int:pk>/", AppealView.as_view(), name="community_appeal"),
    ]
