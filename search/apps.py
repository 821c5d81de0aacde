import datetime

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from portal import periodic

        from . import query_log, signals  # noqa: F401
        from .attachments import documents
        from .engines.elasticsearch import notes  # noqa: F401 - what the worker does for it

        periodic.add("forget_old_searches", query_log.forget_old, every=datetime.timedelta(hours=6))

        documents.register()
