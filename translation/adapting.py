"""Texts that are meant not to say what the original says, each with a reason that the reviewer reads.

A page has the same texts in every language, so something always stands in the place: “intentionally different” is
said of a text that does its work in another way, “does not apply here” of one that stands there instead, such as a
word about what holds in this country. Either counts as done, and warnings about it need no further reasons. The mark
ends when the original says something else: then it is to be decided again.
"""

from typing import Any

from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, Translation

from . import writing
from .models import Adaptation
from .review import Refused
from .review_models import LONGEST
from .texts import Key


def of_translation(translation: Translation) -> dict[Key, Adaptation]:
    rows = Adaptation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id
    )
    return {(row.string_id, row.context_id): row for row in rows.select_related("decided_by")}


def mark(translation: Translation, segment: StringSegment, *, kind: str, reason: str, user: Any) -> Adaptation:
    if kind not in Adaptation.Kind.values:
        raise Refused(_("Choose what holds for this text."))
    if not reason.strip():
        raise Refused(_("Give a reason: the reviewer reads it."))
    if len(reason) > LONGEST:
        raise Refused(_("This is too long: %(most)d characters at most.") % {"most": LONGEST})
    text = writing.current(translation, segment)
    if text is None or text.has_error:
        raise Refused(_("Write first what stands here instead."))
    row, _is_new = Adaptation.objects.update_or_create(
        string_id=segment.string_id,
        context_id=segment.context_id,
        locale_id=translation.target_locale_id,
        defaults={"kind": kind, "reason": reason.strip(), "decided_by": user},
    )
    return row


def clear(translation: Translation, segment: StringSegment) -> None:
    rows = Adaptation.objects.filter(string=segment.string_id, context=segment.context_id)
    rows.filter(locale=translation.target_locale_id).delete()
