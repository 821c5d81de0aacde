from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "library"
    verbose_name = _("Library")

    def ready(self) -> None:
        from portal import explained, wording

        from . import calendars, citing, datasets, glossary, printed, searchable, timeline, vocabulary

        calendars.register()
        citing.register()
        datasets.register()
        vocabulary.register()
        searchable.register()
        printed.register()
        timeline.register()
        explained.register(glossary.explanations)
        wording.register(glossary.wordings)
