"""The way back from a page about one translation: through the desk of its language and the workbench."""

from django.urls import reverse
from django.utils.text import capfirst
from wagtail_localize.models import Translation

from portal.languages import language_name

Crumb = dict[str, str]


def desk(language: str) -> Crumb:
    return {"url": reverse("translation_desk", args=[language]), "label": capfirst(language_name(language))}


def workbench(translation: Translation, at: int | None = None) -> Crumb:
    """`at` is the segment whose text is gone to."""
    url = reverse("translation_workbench", args=[translation.target_locale.language_code, translation.pk])
    return {"url": f"{url}?at={at}" if at else url, "label": str(translation.source.object_repr)}


def to(translation: Translation) -> list[Crumb]:
    return [desk(translation.target_locale.language_code), workbench(translation)]
