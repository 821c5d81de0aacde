from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.apps import CommentsXtdConfig as PackageConfig


class CommunityConfig(AppConfig):
    name = "community"
    verbose_name = _("Community")
    default = True

    def ready(self) -> None:
        from . import checks, evidence, searchable, signals
        from .desk import queue
        from .due_process import alerts
        from .due_process import checks as due_checks
        from .due_process import desk as appeals
        from .due_process import letters as reasons_and_outcomes
        from .evidence import letters as evidence_letters
        from .groups import calls, letters, wagtail_admin
        from .groups import searchable as threads_of_groups
        from .mail import delivery
        from .notices import events
        from .personal import jobs, tables
        from .relay import services as relay
        from .threads import feeds, reacting

        searchable.register()
        evidence.register()
        threads_of_groups.register()
        queue.register()
        appeals.register()
        feeds.register()
        tables.load()
        wagtail_admin.register()
        jobs.register()


class CommentsXtdConfig(PackageConfig):
    """django-comments-xtd without its `pre_save` handler.

    Saving a public comment would publish the held answers below it.
    """

    default = False

    def ready(self) -> None:
        pass
