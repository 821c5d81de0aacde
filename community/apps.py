from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.apps import CommentsXtdConfig as PackageConfig


class CommunityConfig(AppConfig):
    name = "community"
    verbose_name = _("Community")
    default = True

    def ready(self) -> None:
        from . import checks, searchable, signals  # noqa: F401

        searchable.register()


class CommentsXtdConfig(PackageConfig):
    """django-comments-xtd without its `pre_save` handler.

    Saving a public comment would publish the held answers below it.
    """

    default = False

    def ready(self) -> None:
        pass
