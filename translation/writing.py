"""The one place where a text or a value of a translation is written, by whatever way it came.

What is refused or in conflict changes nothing. Each change leaves a `TextEvent` (`translation.events`).
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.strings import StringValue, validate_translation_links

from . import checks, events, overridable
from .models import Submission, TextEvent, Via
from .places import Place, place

__all__ = ["Conflict", "Refused", "Via", "follow", "forget", "history", "override", "token", "write"]

NOBODY = "none"
NO_REASONS: Mapping[str, str] = MappingProxyType({})
Text = tuple[str, UUID]  # where it stands, and the hash of what it translates


class Conflict(Exception):
    """Somebody else has changed it since it was read; `current` is what stands there now, if anything does."""

    def __init__(self, current: StringTranslation | SegmentOverride | None) -> None:
        super().__init__(_("Somebody else has changed this text in the meantime."))
        self.current = current


class Refused(Exception):
    """The text has errors that block."""

    def __init__(self, problems: Sequence[checks.Problem]) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = list(problems)


def token(written: StringTranslation | SegmentOverride | None) -> str:
    """What a form or a file carries, to notice a change made elsewhere. It follows from what is written alone."""
    if written is None:
        return NOBODY
    kind = "" if isinstance(written, SegmentOverride) else written.translation_type
    return hashlib.sha256(f"{kind}:{written.data}".encode()).hexdigest()[:16]


def current(translation: Translation, segment: StringSegment) -> StringTranslation | None:
    found = StringTranslation.objects.filter(
        translation_of_id=segment.string_id, context_id=segment.context_id, locale_id=translation.target_locale_id
    )
    return found.select_related("translation_of", "context").first()


def problems(
    translation: Translation, segment: StringSegment, text: str, stands: Place | None = None
) -> list[checks.Problem]:
    """Errors and warnings about `text`, given as wagtail-localize keeps it."""
    stands = stands or place(translation.source, segment)
    source = segment.string.data
    found = checks.problems(
        source,
        text,
        source_language=translation.source.locale.language_code,
        language=translation.target_locale.language_code,
        max_length=stands.max_length,
        kind=stands.kind,
    )
    if any(problem.level == "error" for problem in found):
        return found
    try:
        StringValue.from_translated_html(text)
        validate_translation_links(source, text)
    except (ValueError, RecursionError) as error:  # it could not be put into the page
        return [checks.Problem("markup", "error", str(error)), *found]
    return found


@transaction.atomic
def write(
    translation: Translation,
    segment: StringSegment,
    text: str,
    *,
    user: Any,
    via: Via,
    expected: str | None = None,
    reasons: Mapping[str, str] = NO_REASONS,
    tool: str = "",
    is_read: bool = True,
) -> StringTranslation:
    """Write `text` for `segment`. Raises Conflict unless the text is what `expected` says, and Refused for errors.

    Warnings do not block; `reasons` says, by their codes, why they do not hold. What nobody has read in this place, as
    what a machine wrote, does not count as finished.
    """
    found = _locked(translation, segment)
    _refuse_in_review(translation, via)
    manual, machine = StringTranslation.TRANSLATION_TYPE_MANUAL, StringTranslation.TRANSLATION_TYPE_MACHINE
    kind = machine if via == Via.MACHINE or not is_read else manual
    is_same = found is not None and (found.data, found.translation_type, found.has_error) == (text, kind, False)
    if found and is_same and not reasons:
        return found  # saved twice, or by two people alike
    if expected is not None and expected != token(found) and not is_same:
        raise Conflict(found)
    errors = [problem for problem in problems(translation, segment, text) if problem.level == "error"]
    if errors:
        raise Refused(errors)
    row = found or StringTranslation(
        translation_of=segment.string, context=segment.context, locale_id=translation.target_locale_id
    )
    row.data, row.translation_type, row.tool_name = text, kind, tool
    row.last_translated_by = user
    row.has_error, row.field_error = False, ""
    events.say(row, events.How(via, user, reasons))
    row.save()
    return row


@transaction.atomic
def forget(
    translation: Translation, segment: StringSegment, *, user: Any, via: Via, expected: str | None = None
) -> None:
    """Take the text away; the history keeps it."""
    found = _locked(translation, segment)
    _refuse_in_review(translation, via)
    if found is None:
        return
    if expected is not None and expected != token(found):
        raise Conflict(found)
    events.say(found, events.How(via, user, {}))
    found.delete()


@transaction.atomic
def override(
    translation: Translation,
    segment: OverridableSegment,
    value: str,
    *,
    user: Any,
    via: Via = Via.EDITOR,
    expected: str | None = None,
) -> SegmentOverride:
    """Another link, image or page than the original has. Raises Conflict, and ValidationError for what must not be."""
    lock(translation)
    _refuse_in_review(translation, via)
    data = overridable.cleaned(translation.source, segment, value, user)
    found = chosen(translation, segment)
    is_same = found is not None and found.data == data
    if found and is_same and not found.has_error:
        return found
    if expected is not None and expected != token(found) and not is_same:
        raise Conflict(found)
    row = found or SegmentOverride(locale_id=translation.target_locale_id, context=segment.context)
    row.data_json, row.last_translated_by = json.dumps(data), user
    row.has_error, row.field_error = False, ""
    events.say(row, events.How(via, user, {}))
    row.save()
    return row


@transaction.atomic
def follow(
    translation: Translation,
    segment: OverridableSegment,
    *,
    user: Any,
    via: Via = Via.EDITOR,
    expected: str | None = None,
) -> None:
    """As in the original again; the history keeps what was chosen."""
    lock(translation)
    _refuse_in_review(translation, via)
    found = chosen(translation, segment)
    if found is None:
        return
    if expected is not None and expected != token(found):
        raise Conflict(found)
    events.say(found, events.How(via, user, {}))
    found.delete()


def chosen(translation: Translation, segment: OverridableSegment) -> SegmentOverride | None:
    rows = SegmentOverride.objects.filter(context_id=segment.context_id, locale_id=translation.target_locale_id)
    return rows.order_by("pk").first()


def _refuse_in_review(translation: Translation, via: Via) -> None:
    """What lies with a reviewer stays as it was handed in; an edited original may be followed meanwhile."""
    if via != Via.CARRIED and Submission.objects.of(translation).open().exists():
        raise PermissionDenied(_("This translation is in review; its texts cannot be changed until that has ended."))


def lock(translation: Translation) -> None:
    """One writer at a time for each original, also of a text that does not exist yet. Nobody hands out other texts
    meanwhile: to do so changes the row of the source first.
    """
    source = translation.source
    rows = TranslationSource.objects.select_for_update(no_key=True).filter(pk=source.pk)
    for handed_out_at in rows.values_list("last_updated_at", flat=True):
        if handed_out_at != source.last_updated_at:  # others were handed out since it was read
            source.refresh_from_db(fields=["content_json", "schema_version", "object_repr", "last_updated_at"])


def _locked(translation: Translation, segment: StringSegment) -> StringTranslation | None:
    lock(translation)
    return current(translation, segment)


def history(translation: Translation) -> dict[Text, list[TextEvent]]:
    """What was written into each text, newest first. One query for the whole page."""
    found: dict[Text, list[TextEvent]] = defaultdict(list)
    rows = TextEvent.objects.filter(
        translation_key=translation.source.object_id, language=translation.target_locale.language_code
    )
    for event in rows.select_related("user"):
        found[event.path, event.source_hash].append(event)
    return found
