"""Texts that would break the page, written before somebody looked: by a load, by an older check, for a longer field."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from . import checks, writing
from .checks.pair import plain


@dataclass(frozen=True)
class Fault:
    segment: StringSegment
    text: str
    problems: list[checks.Problem]

    @property
    def said(self) -> str:
        return plain(self.text)

    def __str__(self) -> str:
        said = {"text": Truncator(self.said).chars(60)}
        return _("“%(text)s”: %(problem)s") % {**said, "problem": " ".join(one.message for one in self.problems)}


def faults(translation: Translation) -> list[Fault]:
    """The texts with errors, in the order of the page. The number of queries is fixed."""
    segments = StringSegment.objects.filter(source_id=translation.source_id).select_related("string", "context")
    found = []
    written = {(text.translation_of_id, text.context_id): text.data for text in _texts(translation)}
    for segment in segments.order_by("order"):
        text = written.get((segment.string_id, segment.context_id))
        if text is None:  # a gap, which is another matter
            continue
        if errors := checks.errors(writing.problems(translation, segment, text)):
            found.append(Fault(segment, text, errors))
    return found


def _texts(translation: Translation) -> QuerySet[StringTranslation]:
    contexts = StringSegment.objects.filter(source_id=translation.source_id).values("context_id")
    return StringTranslation.objects.filter(
        locale_id=translation.target_locale_id, context_id__in=contexts, has_error=False
    )
