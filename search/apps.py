import datetime

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from portal import periodic
        from portal.similar import register

        from . import forgetting, query_log, signals
        from . import similar as similar_pages
        from .attachments import documents
        from .engines.elasticsearch import notes

        periodic.add("forget_old_searches", query_log.forget_old, every=datetime.timedelta(hours=6))

        register(similar_pages.similar)
        documents.register()
