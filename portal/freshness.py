"""Is a translation still a translation of what the original says?

wagtail-localize calls a page up to date as long as nobody syncs it, so the portal compares texts: the digest of what
the original says now with the digest of what the translation was made from. Changing a date, an image or a code
makes nothing stale; changing back makes it fresh again.
"""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringSegment, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from . import stamps
from .models import TranslationState

_recorded: list[Callable[[Page, TranslationSource], str | None]] = []


def register(find: Callable[[Page, TranslationSource], str | None]) -> None:
    """For the feature that knows the digest of the texts from which the published revision of a page was made."""
    _recorded.append(find)


def page_was_published(page: Page) -> None:
    """Record what the page renders now, and which of its translations that leaves behind."""
    source = _source_of(page)
    with transaction.atomic():
        if source is not None:
            _translation_was_published(page, source)
        elif original := _original_beside(page):
            _save(page, original.source_digest, is_original=False)  # written by hand, by somebody who could read it
        else:
            _original_was_published(page)


def _source_of(page: Page) -> TranslationSource | None:
    sources = TranslationSource.objects.filter(object_id=page.translation_key)
    return sources.exclude(locale_id=page.locale_id).filter(translations__target_locale_id=page.locale_id).first()


def _original_beside(page: Page) -> TranslationState | None:
    """The original of a page that somebody wrote in another language without wagtail-localize."""
    states = TranslationState.objects.filter(page__translation_key=page.translation_key, is_original=True)
    made_from = TranslationSource.objects.filter(object_id=page.translation_key, translations__enabled=True)
    locale = made_from.order_by("pk").values_list("locale_id", flat=True).first()
    if locale is not None:
        return None if locale == page.locale_id else states.filter(page__locale_id=locale).first()
    return None if states.filter(page=page).exists() else states.order_by("pk").first()


@transaction.atomic
def page_became_original(page: Page) -> None:
    """Its translations are as fresh as they were: what they render is what it says, or they were behind before."""
    now = _own_digest(page)
    _save(page, now, is_original=True)
    others = TranslationState.objects.filter(page__translation_key=page.translation_key).exclude(page=page)
    others.update(is_original=False)
    others.filter(behind_since=None).update(source_digest=now)


def _own_digest(page: Page) -> str:
    return digest(
        (segment.path, segment.string.data)
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue)
    )


def _original_was_published(page: Page) -> None:
    now = _own_digest(page)
    _save(page, now, is_original=True)
    translations = TranslationState.objects.filter(
        page__translation_key=page.translation_key, is_original=False
    ).exclude(page=page)
    translations.filter(source_digest=now).update(behind_since=None)
    translations.exclude(source_digest=now).filter(behind_since=None).update(behind_since=timezone.now())


def _translation_was_published(page: Page, source: TranslationSource) -> None:
    made_from = next(filter(None, (find(page, source) for find in _recorded)), None) or handed_out(source)
    original = TranslationState.objects.filter(page__translation_key=page.translation_key, is_original=True).first()
    is_behind = original is not None and original.source_digest != made_from
    since = None
    if is_behind:
        shown = TranslationState.objects.filter(page=page, source_digest=made_from).first()
        since = (shown and shown.behind_since) or timezone.now()
    _save(page, made_from, is_original=False, behind_since=since)


def handed_out(source: TranslationSource) -> str:
    """The digest of the texts that translators have now."""
    return digest(StringSegment.objects.filter(source=source).values_list("context__path", "string__data"))


def keep_valid(page: Page, made_from: Iterable[tuple[str, str]]) -> bool:
    """Somebody says that the original still means what these texts mean: if the translation `page` was made from them,
    it is one of what the original says now. Whether it was.
    """
    states = TranslationState.objects.filter(page__translation_key=page.translation_key)
    original = states.filter(is_original=True).first()
    mine = states.filter(page=page, is_original=False, source_digest=digest(made_from))
    if original is None or not mine.update(source_digest=original.source_digest, behind_since=None):
        return False
    stamps.touch(stamps.SITE)
    return True


def _save(page: Page, made_from: str, **values: Any) -> None:
    state = {"source_digest": made_from, "behind_since": None, **values}
    TranslationState.objects.update_or_create(page_id=page.pk, defaults=state)


def digest(segments: Iterable[tuple[str, str]]) -> str:
    joined = "\x1e".join(sorted(f"{path}\x1f{text}" for path, text in segments if text))
    return hashlib.sha256(joined.encode()).hexdigest()
