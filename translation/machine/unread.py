"""Texts of a machine that nobody has read: which they are, and how much of a translation that is.

Those that the memory has filled in are among them. One is read once a person has changed it, or said that it is right.
"""

from dataclasses import dataclass
from html import unescape
from typing import Any

from django.conf import settings
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from .. import states, texts, writing
from ..known import TOOL


@dataclass(frozen=True)
class UnreadText:
    segment: StringSegment
    text: StringTranslation

    @property
    def source(self) -> str:
        return unescape(self.segment.string.data)

    @property
    def shown(self) -> str:
        """With its tags, which are to be read too."""
        return unescape(self.text.data)

    @property
    def is_from_memory(self) -> bool:
        return self.text.tool_name == TOOL

    @property
    def token(self) -> str:
        return writing.token(self.text)


@dataclass(frozen=True)
class Unread:
    texts: list[UnreadText]
    words: int  # that nobody has read
    all_words: int

    @property
    def percent(self) -> int:
        return self.words * 100 // self.all_words if self.all_words else 0

    @property
    def is_warned(self) -> bool:
        return self._is_more_than(settings.UNREAD_MACHINE_WARNED)

    @property
    def is_refused(self) -> bool:
        return self._is_more_than(settings.UNREAD_MACHINE_REFUSED)

    def _is_more_than(self, percent: int) -> bool:
        return self.words * 100 > percent * self.all_words


def unread(translation: Translation) -> Unread:
    """Two queries."""
    machine = StringTranslation.TRANSLATION_TYPE_MACHINE
    written = texts.by_key(texts.written(translation).filter(translation_type=machine, has_error=False))
    found: list[UnreadText] = []
    all_words = 0
    for segment in texts.segments(translation):
        all_words += states.words(segment.string.data)
        if text := written.get((segment.string_id, segment.context_id)):
            found.append(UnreadText(segment, text))
    return Unread(found, sum(states.words(one.segment.string.data) for one in found), all_words)


def confirm(translation: Translation, segment: StringSegment, *, user: Any, expected: str) -> None:
    """It is right as it stands: from here on it is this person's. Raises writing.Conflict and writing.Refused."""
    current = writing.current(translation, segment)
    if current is None:
        raise writing.Conflict(None)
    writing.write(translation, segment, current.data, user=user, via=writing.Via.EDITOR, expected=expected)
