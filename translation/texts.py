"""The texts of one translation, as wagtail-localize keeps them."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet
from wagtail_localize.models import StringSegment, StringTranslation, Translation

Key = tuple[int, int]  # of the string and the context


def segments(translation: Translation) -> QuerySet[StringSegment]:
    """The texts of the original that translators have, in the order of the page."""
    rows = StringSegment.objects.filter(source=translation.source_id)
    return rows.select_related("string", "context").order_by("order")


def written(translation: Translation) -> QuerySet[StringTranslation]:
    """What stands for them in the other language; not what was written for texts that the original no longer has."""
    here = StringSegment.objects.filter(
        source=translation.source_id, string=OuterRef("translation_of"), context=OuterRef("context")
    )
    rows = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id
    )
    return rows.filter(Exists(here))


def by_key(rows: Iterable[StringTranslation]) -> dict[Key, StringTranslation]:
    return {(row.translation_of_id, row.context_id): row for row in rows if row.context_id}
