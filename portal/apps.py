from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from . import (
            calendars,
            citation_files,
            dataset_files,
            feeds,
            files,
            periodic,
            purging,
            quick_translation,
            signals,
            skos,
        )

        quick_translation.install()
        dataset_files.register_views()
        citation_files.register_views()
        calendars.register_views()
        feeds.register_views()
        files.connect()
        skos.register_vocabularies()
