from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Practices")

    def ready(self) -> None:
        from portal import citing

        from . import datasets, drafting, home, printed, timeline
        from .models import PracticePage

        citing.register(PracticePage)
        datasets.register()
        drafting.register()
        home.register()
        printed.register()
        timeline.register()
