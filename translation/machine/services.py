"""The service that the settings name, if any."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .base import Translator
from .deepl import DeepL
from .libretranslate import LibreTranslate

SERVICES: dict[str, type[Translator]] = {"libretranslate": LibreTranslate, "deepl": DeepL}


def service() -> Translator | None:
    name = settings.MACHINE_TRANSLATION
    if not name:
        return None
    if name not in SERVICES:
        raise ImproperlyConfigured(f"MACHINE_TRANSLATION must be one of {', '.join(SERVICES)}, not {name!r}.")
    return SERVICES[name](
        settings.MACHINE_TRANSLATION_URL, settings.MACHINE_TRANSLATION_KEY, settings.MACHINE_TRANSLATION_SECONDS
    )


def glossary(source_language: str, target_language: str) -> str:
    """What the service calls the glossary of this pair of languages."""
    pairs = dict(pair.split(":", 1) for pair in settings.MACHINE_TRANSLATION_GLOSSARIES if ":" in pair)
    return pairs.get(f"{source_language}-{target_language}", "")
