"""Taking over what the memory suggests: one text by a translator, or all that are the same as elsewhere at once."""

from typing import Any

from wagtail_localize.models import StringSegment, StringTranslation, Translation

from . import writing
from .gaps import gaps
from .known import TOOL, Kind, Suggestion
from .memory import suggestions
from .models import Via


def found(translation: Translation, segment: StringSegment, key: str, user: Any) -> Suggestion | None:
    """What `key` names, if it is suggested to this person for this text, or was before she wrote another one."""
    of_text = suggestions(translation, user, [segment], also_finished=True)[segment.pk]
    return next((one for one in of_text if one.key == key and one.can_be_used), None)


def use(
    translation: Translation, segment: StringSegment, suggestion: Suggestion, *, user: Any, expected: str | None
) -> StringTranslation:
    """Whoever takes the translation of the same text has read it. That of another wording still is to be revised."""
    how: dict[str, Any] = {"via": Via.CARRIED if suggestion.kind == Kind.CARRIED else Via.MEMORY, "expected": expected}
    if suggestion.needs_revision:
        how |= {"is_read": False, "tool": TOOL}
    return writing.write(translation, segment, suggestion.text, user=user, **how)


def fill(translation: Translation, user: Any) -> int:
    """Put into each text that is missing what the same text is elsewhere, as something that nobody has read here."""
    empty = list(gaps(translation))
    suggested = suggestions(translation, user, empty)
    filled = set()
    for segment in empty:
        best = next((one for one in suggested[segment.pk] if one.kind == Kind.EXACT), None)
        if best and _fill(translation, segment, best, user):
            filled.add((segment.string_id, segment.context_id))
    return len(filled)


def _fill(translation: Translation, segment: StringSegment, best: Suggestion, user: Any) -> bool:
    how: dict[str, Any] = {"via": Via.MEMORY, "expected": writing.token(None), "tool": TOOL, "is_read": False}
    try:
        writing.write(translation, segment, best.text, user=user, **how)
    except (writing.Conflict, writing.Refused):
        return False
    return True
