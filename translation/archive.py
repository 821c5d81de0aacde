"""The memory of what was deleted: its last words, found in the history of the texts."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q
from wagtail_localize.models import StringTranslation

from .known import Known
from .models import TextEvent, Via
from .readable import editable

SHARED = Q(was_public=True) | Q(via=Via.TMX)

MOST = 2_000  # of other subjects: a heading that stands on every page has as many events as there are pages

Text = tuple[UUID, str, UUID]  # a subject, a place in it, the hash of what was translated there


def gone(key: UUID, source_language: str, language: str, hashes: Collection[UUID], user: Any = None) -> list[Known]:
    """What was written for texts with these `hashes` anywhere, and for all of the subject `key`, and stands no more.

    What somebody took away on purpose is not brought up again. Of other subjects than `key`, and of pages that `user`
    may not edit, only what readers have seen, what came in a file for everybody, and her own words. Four queries.
    """
    events = TextEvent.objects.filter(language=language, source_language=source_language).order_by("-at", "-pk")
    elsewhere = events.filter(source_hash__in=hashes).exclude(translation_key=key)
    last: dict[Text, list[TextEvent]] = {}
    for event in [*events.filter(translation_key=key), *elsewhere[:MOST]]:
        last.setdefault((event.translation_key, event.path, event.source_hash), []).append(event)
    there = _that_stand(last, language) if last else set()
    left = {text: of_text for text, of_text in last.items() if text not in there}
    others = {of_text[0] for of_text in left if of_text[0] != key}
    mine = {key} | (_editable(others, language, user) if others else set())
    found = (_known(of_text) if text[0] in mine else _shared(of_text, user) for text, of_text in left.items())
    return [known for known in found if known and known.text]


def _editable(keys: Collection[UUID], language: str, user: Any) -> set[UUID]:
    pages = editable(user).filter(translation_key__in=keys, locale__language_code=language)
    return set(pages.values_list("translation_key", flat=True))


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
    return _as_known(newest, newest.old if newest.via == Via.GONE else newest.new, written)


def _shared(events: list[TextEvent], user: Any) -> Known | None:
    """The last words that are not for those alone who may edit the page."""
    for event in events:
        if event.via != Via.GONE and not event.new:
            return None  # what was written before was taken away on purpose
        is_own = user is not None and event.user_id == user.pk
        if event.new and (event.was_public or event.via == Via.TMX or is_own):
            return _as_known(event, event.new, event)
    return None


def _as_known(event: TextEvent, text: str, written: TextEvent) -> Known:
    return Known(
        key=f"e{event.pk}",
        source=event.source,
        text=text,
        translation_key=event.translation_key,
        path=event.path,
        language=event.language,
        is_machine=written.via == Via.MACHINE,
        changed_at=written.at,
    )
