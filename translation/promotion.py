"""One original for each subject, in whatever language; and how another page becomes it without losing a text.

What was translated from the old original counts as a translation of the new one, text by text, where both have the
same texts at the same place; what the old original and pages written by hand say, they are read for. Elsewhere it stays
in the memory, and the desk shows what is to be done.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
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
from portal.languages import language_in_sentence

from . import events, privacy, review, states
from .gaps import enabled_translation
from .models import CarriedRestriction, State, Submission, Via
from .originals import family, original_of
from .review import Refused

LOGGED = "translation.promoted"

Text = tuple[str, str]  # its place and what it says
T = TypeVar("T")
U = TypeVar("U")


@transaction.atomic
def promote(instance: Any, *, user: Any = None) -> TranslationSource:
    """Make `instance`, a page or an entry, the original of its subject: all others are translations of it then."""
    key = instance.translation_key
    list(TranslationSource.objects.select_for_update().filter(object_id=key).values_list("pk"))  # one at a time
    if isinstance(instance, Page):
        list(Page.objects.select_for_update().filter(translation_key=key).values_list("pk"))  # where no source is left
        instance = instance.specific
        if lines := list(obstacles(instance)):
            raise Refused(*lines)
    old = _former(instance)
    kept_up = _kept_up(old)
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    for one in _others(instance):
        if one.locale_id in kept_up:
            for former in old:
                carry(former, source, one.locale_id, user)
        else:
            _read_back(one, old, source, user)
        locale = {"target_locale_id": one.locale_id}
        Translation.objects.update_or_create(source=source, **locale, defaults={"enabled": True})
    for former in old:
        former.delete()
    if isinstance(instance, Page):
        freshness.page_became_original(instance)
        CarriedRestriction.objects.filter(copy__page=instance).delete()  # its own from now on
        privacy.settle([key])
    log(instance, LOGGED, user=user)
    states.refresh(key)
    return source


def obstacles(page: Page) -> Iterator[str]:
    """Why this page cannot become the original now."""
    pages, original = family(page), original_of(page)
    if page.alias_of_id:
        yield _("This page shows the text of another page. Give it a text of its own first.")
    elif not page.live:
        yield _("Publish the page first: what is translated is what readers see.")
    elif original is not None and original.pk == page.pk:
        yield _("This page is the original already.")
    else:
        yield from _unfinished(page)
        yield from _withheld(page, original, pages)


def _unfinished(page: Page) -> Iterator[str]:
    """What readers of the new original would miss."""
    translation = enabled_translation(page)
    if translation is None:
        return
    lines = list(review.obstacles(translation, lacking=0))  # a warning of what readers see needs no reason
    yield from lines
    for status in states.count(page.translation_key, [page.locale]):
        if status.stale_since:
            yield _("The original has changed since this page was translated. Translate the changes first.")
        elif status.state == State.IN_PROGRESS and not lines:
            yield _("Something is written here that readers do not see yet. Publish it first.")


def _withheld(page: Page, original: Page | None, pages: Iterable[Page]) -> Iterator[str]:
    """What somebody has in hand."""
    for one in (page, original):
        if one is not None and one.locked:
            yield _("“%(title)s” is locked. It has to be unlocked first.") % {"title": one.title}
    if original is not None and original.live and original.has_unpublished_changes:
        yield _("“%(title)s” has changes that are not published. Publish them first.") % {"title": original.title}
    handed_in = Submission.objects.open().filter(translation_key=page.translation_key)
    locales = set(handed_in.values_list("locale_id", flat=True))
    in_review = [one for one in pages if one.locale_id in locales or one.workflow_in_progress]
    if in_review:
        yield _("Wait until the review has ended: %(languages)s") % {"languages": _languages(in_review)}
    stopped = Translation.objects.filter(source__object_id=page.translation_key, enabled=False)
    locales = set(stopped.values_list("target_locale_id", flat=True))
    these = {one.pk for one in (page, original) if one}
    by_hand = [one for one in pages if one.locale_id in locales and one.pk not in these]
    if by_hand:
        yield _(
            "A translation was stopped, and what was written into its page since would be lost. Start it again first:"
            " %(languages)s"
        ) % {"languages": _languages(by_hand)}


def _languages(pages: Iterable[Page]) -> str:
    return ", ".join(language_in_sentence(one.locale.language_code) for one in pages)


@dataclass(frozen=True)
class Fate:
    """What becomes of a page: how many of the new original's texts it has, of how many."""

    page: Page
    kept: int
    texts: int

    @property
    def is_whole(self) -> bool:
        return self.kept == self.texts


def fates(page: Page) -> list[Fate]:
    """Of all other pages of the subject, if `page` became the original."""
    now = _said(page)
    texts = [text for of_place in now.values() for text in of_place]
    old = _former(page)
    kept_up, found = _kept_up(old), []
    for one in _others(page):
        known = _known(page, one.locale_id)
        if one.locale_id in kept_up:
            known |= {text for former in old for text, _row in carried(former, now, one.locale_id)}
        else:
            known |= {text for _words, text in pairs(_said(one, old), now)}
        found.append(Fate(one, sum(text in known for text in texts), len(texts)))
    return sorted(found, key=lambda fate: fate.page.locale.language_code)


def _former(instance: Any) -> list[TranslationSource]:
    sources = TranslationSource.objects.filter(object_id=instance.translation_key)
    return list(sources.exclude(locale=instance.locale).order_by("pk"))


def _kept_up(old: Iterable[TranslationSource]) -> set[int]:
    """The languages whose texts are those that translators wrote; what other pages say, the pages alone know."""
    translations = Translation.objects.filter(source__in=old, enabled=True)
    return set(translations.values_list("target_locale_id", flat=True)) - {former.locale_id for former in old}


def _known(page: Page, locale: int) -> set[Text]:
    """Its texts that were translated at a time when it was the original."""
    texts = StringTranslation.objects.filter(context__object_id=page.translation_key, locale=locale, has_error=False)
    of_page = texts.filter(translation_of__locale=page.locale_id)
    return set(of_page.values_list("context__path", "translation_of__data"))


def _said(instance: Any, old: Iterable[TranslationSource] = ()) -> dict[str, list[Text]]:
    """What readers see of a page or an entry, by place; of an `old` original that nobody sees, what its draft says."""
    found: dict[str, list[Text]] = defaultdict(list)
    if isinstance(instance, Page):
        if instance.live:
            instance = instance.specific
        elif any(former.locale_id == instance.locale_id for former in old):
            instance = instance.get_latest_revision_as_object()
        else:
            return found  # begun, and perhaps still in the language of the original
    for value in extract_segments(instance):
        if isinstance(value, StringSegmentValue):
            found[value.path].append((value.path, value.string.data))
    return found


def _others(instance: Any) -> list[Any]:
    """The pages or entries of the same subject in other languages."""
    if isinstance(instance, Page):
        pages = Page.objects.filter(translation_key=instance.translation_key, alias_of__isnull=True)
        return list(pages.exclude(pk=instance.pk))
    model: type[Model] = type(instance)
    return list(model._base_manager.filter(translation_key=instance.translation_key).exclude(pk=instance.pk))


def carry(former: TranslationSource, source: TranslationSource, locale: int, user: Any) -> None:
    """What was written for the texts of `former`, in the language `locale`, is written for those of `source`."""
    for new, found in carried(former, _by_place(source), locale):
        _write(new, locale, found.data, found, user)


def carried(
    former: TranslationSource, now: Mapping[str, list[T]], locale: int
) -> Iterator[tuple[T, StringTranslation]]:
    """Which of the texts `now` get which words of the language `locale`."""
    texts = StringTranslation.objects.filter(context__object_id=former.object_id, locale_id=locale, has_error=False)
    kept = {(row.translation_of_id, row.context_id): row for row in texts}
    for old, new in pairs(_by_place(former), now):
        if (found := kept.get((old.string_id, old.context_id))) and found.data:
            yield new, found


def _write(segment: StringSegment, locale: int, text: str, found: StringTranslation | None, user: Any) -> None:
    """`found` says who wrote the text. It may be newer than one of the time when `segment` was of the original before,
    but nothing that a machine wrote takes the place of that."""
    place = {"translation_of_id": segment.string_id, "context_id": segment.context_id, "locale_id": locale}
    row = StringTranslation.objects.filter(**place).first() or StringTranslation(**place)
    kind = found.translation_type if found else StringTranslation.TRANSLATION_TYPE_MANUAL
    if row.pk and not row.has_error:
        is_same = row.data == text and (found is None or row.translation_type == kind)
        if is_same or kind == StringTranslation.TRANSLATION_TYPE_MACHINE:
            return
    row.data, row.translation_type, row.tool_name = text, kind, found.tool_name if found else ""
    row.last_translated_by = found.last_translated_by if found else None
    row.has_error, row.field_error = False, ""
    events.say(row, events.How(Via.CARRIED, user, {}))
    row.save()


def _read_back(instance: Any, old: Iterable[TranslationSource], source: TranslationSource, user: Any) -> None:
    """The texts of a page or an entry, as translations of `source`."""
    for (_path, words), new in pairs(_said(instance, old), _by_place(source)):
        _write(new, instance.locale_id, words, None, user)


def pairs(before: Mapping[str, list[T]], now: Mapping[str, list[U]]) -> Iterator[tuple[T, U]]:
    """The texts of both that say the same: at one place, in one order, where there are as many of them."""
    for place, texts in now.items():
        if len(texts) == len(before.get(place, [])):
            yield from zip(before[place], texts, strict=True)


def _by_place(source: TranslationSource) -> dict[str, list[StringSegment]]:
    segments = StringSegment.objects.filter(source=source).select_related("string", "context")
    found: dict[str, list[StringSegment]] = defaultdict(list)
    for segment in segments.order_by("context_id", "order"):
        found[segment.context.path].append(segment)
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
