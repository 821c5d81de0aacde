"""A translation that was stopped is started again: what was written into its page by hand meanwhile is read back.

Nobody stops one here, but an older version of the site may have.
"""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from . import refitting, writing


class Lost(Exception):
    """A translation cannot say what stands in the page."""


def before_restart(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """wagtail-localize starts it afterwards."""
    if request.method != "POST" or "localize-restart-translation" not in request.POST:
        return None
    stopped = Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale_id=instance.locale_id, enabled=False
    ).first()
    try:
        if stopped is not None:
            read_back(stopped, instance, request.user)
    except (Lost, writing.Refused):
        text = _(
            "It was not started again: the page has texts or links that the original does not have, and they would be"
            " lost. Bring them into the original first."
        )
        messages.error(request, text)
        return redirect(request.path)
    return None


@transaction.atomic
def read_back(translation: Translation, instance: Any, user: Any) -> None:
    """Raises Lost or writing.Refused, and changes nothing, where something of the page would be lost."""
    if isinstance(instance, Page):
        instance = instance.get_latest_revision_as_object()
    refitting.refit(translation.source)
    said = defaultdict(list)
    for value in _strings(instance):
        said[value.path].append(value.string.data)
    segments = translation.source.stringsegment_set.select_related("string", "context").order_by("order")
    for segment in segments:
        text = said[segment.context.path].pop(0) if said[segment.context.path] else ""
        now = writing.current(translation, segment)
        if text and text != (now.data if now else segment.string.data):
            writing.write(translation, segment, text, user=user, via=writing.Via.EDITOR)
    again = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    if texts_in(again) != texts_in(instance):
        raise Lost


def _strings(instance: Any) -> list[StringSegmentValue]:
    return [value for value in extract_segments(instance) if isinstance(value, StringSegmentValue)]


def texts_in(instance: Any) -> list[tuple[str, str, Any]]:
    return [(value.path, value.string.data, value.attrs) for value in _strings(instance)]
