"""The memory of what was deleted: its last words, found in the history of the texts."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q
from wagtail_localize.models import StringTranslation

from .known import Known
from .models import TextEvent, Via

MOST = 2_000  # a heading that stands on every page has as many events as there are pages

Text = tuple[UUID, str, UUID]  # a subject, a place in it, the hash of what was translated there


def gone(key: UUID, source_language: str, language: str, hashes: Collection[UUID]) -> list[Known]:
    """What was written for texts with these `hashes` anywhere, and for all of the subject `key`, and stands no more.

    What somebody took away on purpose is not brought up again. Two queries.
    """
    events = TextEvent.objects.filter(Q(translation_key=key) | Q(source_hash__in=hashes), language=language)
    last: dict[Text, list[TextEvent]] = {}
    for event in events.filter(source_language=source_language).order_by("-at", "-pk")[:MOST]:
        last.setdefault((event.translation_key, event.path, event.source_hash), []).append(event)
    there = _that_stand(last, language) if last else set()
    found = (_known(of_text) for text, of_text in last.items() if text not in there)
    return [known for known in found if known.text]


def _that_stand(texts: Collection[Text], language: str) -> set[Text]:
    rows = StringTranslation.objects.filter(
        locale__language_code=language,
        context__object_id__in={key for key, _path, _hash in texts},
        translation_of__data_hash__in={hash_ for _key, _path, hash_ in texts},
    )
    return set(rows.values_list("context__object_id", "context__path", "translation_of__data_hash"))


def _known(events: list[TextEvent]) -> Known:
    """From the history of one text, newest first. How it was written, its deletion does not say."""
    newest = events[0]
    written = next((event for event in events if event.via != Via.GONE), newest)
    return Known(
        key=f"e{newest.pk}",
        source=newest.source,
        text=newest.old if newest.via == Via.GONE else newest.new,
        translation_key=newest.translation_key,
        path=newest.path,
        language=newest.language,
        is_machine=written.via == Via.MACHINE,
        changed_at=written.at,
    )
