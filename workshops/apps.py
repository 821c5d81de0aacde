from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkshopsConfig(AppConfig):
    name = "workshops"
    verbose_name = _("Workshops")

    def ready(self) -> None:
        from portal import citing

        from . import calendars, datasets, drafting, home, leading, printed, timeline
        from .models import RecommendationPage, WorkshopPage

        citing.register(WorkshopPage)
        citing.register(RecommendationPage)
        calendars.register()
        datasets.register()
        drafting.register()
        home.register()
        leading.register()
        printed.register()
        timeline.register()
