"""One original for each subject, in whatever language; and how another page becomes it without losing a text.

What was translated from the old original counts as a translation of the new one, text by text, where both have the
same texts at the same place. Elsewhere it stays in the memory, and the desk shows what is to be done.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from portal import freshness

from . import events, privacy, states
from .models import CarriedRestriction, Via

LOGGED = "translation.promoted"


class Refused(Exception):
    """Why this cannot be the original."""


@transaction.atomic
def promote(instance: Any, *, user: Any = None) -> TranslationSource:
    """Make `instance`, a page or an entry, the original of its subject: all others are translations of it then."""
    if isinstance(instance, Page):
        instance = instance.specific
        if not instance.live or instance.alias_of_id:
            raise Refused(_("Publish the page first: what is translated is what readers see."))
    key = instance.translation_key
    old = list(TranslationSource.objects.filter(object_id=key).exclude(locale=instance.locale).order_by("pk"))
    targets = {one.locale_id for one in _others(instance)}
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    for former in old:
        _hand_over(former, source, targets, user)
        former.delete()
    if not old:  # the original was deleted, and with it what translators had written: the pages say it still
        for one in _others(instance):
            _read_back(one, source, user)
    for locale in targets:
        Translation.objects.update_or_create(source=source, target_locale_id=locale, defaults={"enabled": True})
    if isinstance(instance, Page):
        freshness.page_became_original(instance)
        CarriedRestriction.objects.filter(copy__page=instance).delete()  # its own from now on
        privacy.settle([key])
    log(instance, LOGGED, user=user)
    states.refresh(key)
    return source


def _others(instance: Any) -> list[Any]:
    """The pages or entries of the same subject in other languages."""
    if isinstance(instance, Page):
        pages = Page.objects.filter(translation_key=instance.translation_key, alias_of__isnull=True)
        return list(pages.exclude(pk=instance.pk))
    model: type[Model] = type(instance)
    return list(model._base_manager.filter(translation_key=instance.translation_key).exclude(pk=instance.pk))


def _hand_over(former: TranslationSource, source: TranslationSource, targets: Iterable[int], user: Any) -> None:
    """What was written for the texts of `former` is written for those of `source`."""
    for locale in targets:
        is_former = locale == former.locale_id
        translation = Translation.objects.filter(source=former, target_locale_id=locale, enabled=True).first()
        if translation or is_former:
            carry(former, source, locale, user)
    Translation.objects.filter(source=former).delete()


def carry(former: TranslationSource, source: TranslationSource, locale: int, user: Any) -> None:
    """Into the language `locale`; the texts of `former` itself where that is its language."""
    kept: dict[tuple[int, int], StringTranslation] = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(context__object_id=former.object_id, locale_id=locale)
    }
    for old, new in pairs(_by_place(former), _by_place(source)):
        found = kept.get((old.string_id, old.context_id))
        text = old.string.data if locale == former.locale_id else found.data if found and not found.has_error else ""
        if text:
            _write(new, locale, text, found, user)


def _write(segment: StringSegment, locale: int, text: str, found: StringTranslation | None, user: Any) -> None:
    """What stands there stays; `found` says who wrote the text."""
    place = {"translation_of_id": segment.string_id, "context_id": segment.context_id, "locale_id": locale}
    if StringTranslation.objects.filter(**place).exists():
        return
    row = StringTranslation(**place, data=text, translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL)
    if found is not None:
        row.translation_type, row.last_translated_by = found.translation_type, found.last_translated_by
    events.say(row, events.How(Via.CARRIED, user, {}))
    row.save()


def _read_back(page: Any, source: TranslationSource, user: Any) -> None:
    """The texts of a published page or an entry, as translations of `source`."""
    if isinstance(page, Page):
        if not page.live:
            return  # begun, and perhaps still in the language of the original
        page = page.specific
    now = _by_place(source)
    places = {segments[0].context.path: place for place, segments in now.items()}
    said: dict[int, list[str]] = defaultdict(list)
    for value in extract_segments(page):
        if isinstance(value, StringSegmentValue) and value.path in places:
            said[places[value.path]].append(value.string.data)
    for text, new in pairs(said, now):
        _write(new, page.locale_id, text, None, user)


def pairs(before: dict[int, list[Any]], now: dict[int, list[StringSegment]]) -> Iterator[tuple[Any, StringSegment]]:
    """The texts of both that say the same: at one place, in one order, where there are as many of them."""
    for place, segments in now.items():
        if len(segments) == len(before.get(place, [])):
            yield from zip(before[place], segments, strict=True)


def _by_place(source: TranslationSource) -> dict[int, list[StringSegment]]:
    segments = StringSegment.objects.filter(source=source).select_related("string", "context")
    found: dict[int, list[StringSegment]] = defaultdict(list)
    for segment in segments.order_by("context_id", "order"):
        found[segment.context_id].append(segment)
    return found


def rival_sources() -> dict[UUID, list[TranslationSource]]:
    """Subjects with several originals from which translations are made, the oldest first."""
    found: dict[UUID, list[TranslationSource]] = defaultdict(list)
    sources = TranslationSource.objects.filter(translations__enabled=True).distinct().order_by("pk")
    for source in sources.select_related("locale"):
        found[source.object_id].append(source)
    return {key: rivals for key, rivals in found.items() if len(rivals) > 1}


@transaction.atomic
def unite(source: TranslationSource, rival: TranslationSource) -> None:
    """What was translated from `rival` becomes a translation of `source`."""
    for translation in rival.translations.filter(enabled=True).exclude(target_locale=source.locale):
        locale = translation.target_locale_id
        if not source.translations.filter(target_locale_id=locale).exists():
            carry(rival, source, locale, None)
            Translation.objects.create(source=source, target_locale_id=locale)
    rival.translations.all().delete()
