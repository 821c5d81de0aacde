"""Texts that would break the page, written before somebody looked: by a load, by an older check, for a longer field."""

from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, Translation

from . import checks, texts, writing
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
    found = []
    written = texts.by_key(texts.written(translation).filter(has_error=False))
    for segment in texts.segments(translation):
        text = written.get((segment.string_id, segment.context_id))
        if text is None:  # a gap, which is another matter
            continue
        if errors := checks.errors(writing.problems(translation, segment, text.data)):
            found.append(Fault(segment, text.data, errors))
    return found
