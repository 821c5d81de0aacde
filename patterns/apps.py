from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PatternsConfig(AppConfig):
    name = "patterns"
    verbose_name = _("Patterns")

    def ready(self) -> None:
        from portal import citing, tours

        from . import datasets, home, paths, printed
        from .models import CollectionPage, PatternPage

        citing.register(PatternPage)
        citing.register(CollectionPage)
        datasets.register()
        home.register()
        printed.register()
        tours.register(paths.tour_through)
