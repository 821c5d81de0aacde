"""Which texts of a translation have no translation, or only one that cannot be used."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from .texts import segments


def translated(locale: Any) -> Exists:
    """Whether a segment has a usable translation into the language `locale`, an id or a column of the outer query."""
    return Exists(
        StringTranslation.objects.filter(
            translation_of_id=OuterRef("string_id"),
            context_id=OuterRef("context_id"),
            locale_id=locale,
            has_error=False,
        )
    )


def gaps(translation: Translation) -> QuerySet[StringSegment]:
    """What would come out in the language of the original."""
    return segments(translation).exclude(translated(translation.target_locale_id))


def enabled_translation(instance: Any) -> Translation | None:
    """The translation whose target `instance` is, a page or an entry; or which it tells about, a row of the desk."""
    found = Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale_id=instance.locale_id, enabled=True
    )
    return found.select_related("source", "target_locale").first()
