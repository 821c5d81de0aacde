import datetime

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        from portal import freshness, periodic
        from portal import provenance as shown_to_readers

        from . import (
            events,
            letters,
            made_from,
            made_public,
            outbox_topics,
            overridable,
            privacy,
            provenance,
            quiet,
            schedule,
            signals,
        )
        from .exchange.models import Upload
        from .machine import running

        _no_copies_of_whole_languages()
        quiet.keep_quiet()
        shown_to_readers.register(provenance.of_page)
        freshness.register(made_from.of_page)
        periodic.add("translation_uploads", Upload.objects.forget_old, datetime.timedelta(days=1))
        periodic.add("translation_states", outbox_topics.everything_again, datetime.timedelta(days=1))


def _no_copies_of_whole_languages() -> None:
    """A language never shows copies of another one's pages: the fallback does that, and says so to readers."""
    from wagtail_localize.locales.components import LOCALE_COMPONENTS
    from wagtail_localize.models import LocaleSynchronization

    LOCALE_COMPONENTS[:] = [one for one in LOCALE_COMPONENTS if one["model"] is not LocaleSynchronization]
