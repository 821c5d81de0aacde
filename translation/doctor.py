"""What goes wrong between the pages, wagtail-localize's rows and the kept states; and how it is mended.

Each check finds its faults; `mend` repairs one where that loses nothing that anybody wrote. The others are for people.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    LocaleSynchronization,
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
    cleanup_translation_on_delete,
)

from . import privacy, promotion, refitting, states
from .gaps import gaps
from .links import check
from .models import TranslationStatus


@dataclass
class Fault:
    what: str
    where: str
    mend: Callable[[], Any] | None = None


def _name(source: TranslationSource) -> str:
    return f"{source.object_repr} ({source.locale.language_code})"


def orphaned_sources() -> Iterator[Fault]:
    """The original is gone. What was translated from it stays: only what nobody wrote in is forgotten."""
    for source in TranslationSource.objects.select_related("locale", "specific_content_type"):
        model: Any = source.specific_content_type.model_class()
        rows = model._base_manager.filter(translation_key=source.object_id) if model else Page.objects.none()
        there = set(rows.values_list("locale_id", flat=True))
        if source.locale_id not in there:
            mend = None if there or _is_memory(source.object_id) else partial(_forget, source)
            yield Fault("original is gone", _name(source), mend)


def _is_memory(key: UUID, locale: int | None = None) -> bool:
    """Whether somebody wrote translations here: they stay, to be used again."""
    texts = StringTranslation.objects.filter(context__object_id=key)
    return (texts.filter(locale=locale) if locale else texts).exists()


def _forget(source: TranslationSource) -> None:
    """As wagtail-localize does when the last page of a subject is deleted."""
    gone = SimpleNamespace(translation_key=source.object_id, locale_id=source.locale_id)
    cleanup_translation_on_delete(gone)


def orphaned_translations() -> Iterator[Fault]:
    """The page or entry is gone: nothing can be opened. What was translated stays as memory."""
    found = Translation.objects.filter(enabled=True).select_related("source__specific_content_type", "source__locale")
    for translation in found.select_related("target_locale"):
        model: Any = translation.source.specific_content_type.model_class()
        key = {"translation_key": translation.source.object_id, "locale_id": translation.target_locale_id}
        if model is None or not model._base_manager.filter(**key).exists():
            where = f"{_name(translation.source)} in {translation.target_locale.language_code}"
            yield Fault("translation without a page or entry", where, translation.delete)


def several_sources() -> Iterator[Fault]:
    """A page that two originals claim cannot be opened. The older one counts; of the other only the link goes."""
    twice = Translation.objects.filter(enabled=True).values("source__object_id", "target_locale_id").order_by()
    for row in twice.annotate(count=Count("pk")).filter(count__gt=1):
        rest = Translation.objects.filter(**{name: row[name] for name in ("source__object_id", "target_locale_id")})
        for translation in rest.filter(enabled=True).order_by("source_id", "pk")[1:]:
            yield Fault("two originals for one translation", _name(translation.source), translation.delete)


def rival_sources() -> Iterator[Fault]:
    """Translations of one subject are made from one original: those made from another are led to the older one."""
    for source, *rivals in promotion.rival_sources().values():
        for rival in rivals:
            where = f"{_name(source)}: {_name(rival)}"
            yield Fault("several originals of one subject", where, partial(promotion.unite, source, rival))


def copied_languages() -> Iterator[Fault]:
    for row in LocaleSynchronization.objects.select_related("locale"):
        yield Fault("language that copies another one", row.locale.language_code, row.delete)


def own_language() -> Iterator[Fault]:
    for translation in Translation.objects.filter(target_locale=F("source__locale")).select_related("source__locale"):
        yield Fault("translation into the language of the original", _name(translation.source), translation.delete)


def alias_pages() -> Iterator[Fault]:
    """A copy of the original under another language: readers get the same text from the fallback, which says so."""
    for page in (
        Page.objects.filter(alias_of__isnull=False).exclude(locale=F("alias_of__locale")).select_related("locale")
    ):
        is_empty = page.is_leaf() and not _is_memory(page.translation_key, page.locale_id)
        mend = page.delete if is_empty else None
        yield Fault("alias in another language", f"{page.title} ({page.locale.language_code})", mend)


def wrong_language() -> Iterator[Fault]:
    """A page whose language is not that of the tree in which it stands."""
    for home in Page.objects.filter(depth=2).select_related("locale"):
        for page in Page.objects.descendant_of(home).exclude(locale=home.locale).select_related("locale"):
            yield Fault("page in the tree of another language", f"{page.title} ({page.locale.language_code})")


def several_kinds() -> Iterator[Fault]:
    """Pages that say of each other that they are the same in another language, and are not: people have to tell."""
    pages = Page.objects.filter(depth__gt=1).order_by().values("translation_key")
    keys = pages.annotate(kinds=Count("content_type", distinct=True)).filter(kinds__gt=1).values("translation_key")
    for page in Page.objects.filter(translation_key__in=keys).select_related("locale", "content_type"):
        where = f"{page.title} ({page.locale.language_code}, {page.content_type.name})"
        yield Fault("pages of several kinds of one subject", where)


def segments_of_another_subject() -> Iterator[Fault]:
    wrong = StringSegment.objects.exclude(context__object_id=F("source__object_id")).select_related("source__locale")
    for segment in wrong:
        yield Fault("text that belongs to another subject", _name(segment.source), segment.delete)


def unfit_texts() -> Iterator[Fault]:
    """The page type was changed since these texts were handed out: they cannot be put into the page."""
    for source in TranslationSource.objects.filter(translations__enabled=True).distinct().select_related("locale"):
        if not refitting.fits(source):
            yield Fault("texts that do not fit the page type", _name(source), partial(refitting.refit, source))


def untranslated_text_live() -> Iterator[Fault]:
    """Texts without a translation on a page that was published: readers may see them in the other language."""
    live = Page.objects.filter(
        translation_key=OuterRef("source__object_id"), locale_id=OuterRef("target_locale_id"), live=True
    )
    found = Translation.objects.filter(Exists(live), enabled=True).select_related("source__locale", "target_locale")
    for translation in found:
        if count := gaps(translation).count():
            where = f"{_name(translation.source)} in {translation.target_locale.language_code}: {count}"
            yield Fault("texts of the original on a published page", where)


def slugs() -> Iterator[Fault]:
    """Two pages at one address: only one of them is found."""
    for row in (
        Page.objects.filter(depth__gt=1).values("url_path").order_by().annotate(count=Count("pk")).filter(count__gt=1)
    ):
        yield Fault("two pages with one address", row["url_path"])


def left_open() -> Iterator[Fault]:
    for original, page in privacy.open_translations():
        where = f"{page.title} ({page.locale.language_code})"
        yield Fault("translation open, its original is not", where, partial(privacy.settle, [original.translation_key]))


def unsafe_links() -> Iterator[Fault]:
    """A link that no form would take now; without it the page has that of the original again.

    What was chosen in a block that the original has no more is of the kind that it looks like, and counts again when
    the block is back.
    """
    originals = OverridableSegment.objects.values_list("context_id", "data_json")
    data = dict(originals)
    for override in SegmentOverride.objects.select_related("context", "locale"):
        value = str(override.data)
        original = data.get(override.context_id, "0" if value.isdecimal() else json.dumps(value))
        try:
            check(json.loads(original), value)
        except ValidationError:
            where = f"{override.context.object_id} {override.context.path} ({override.locale.language_code})"
            yield Fault("link that is not safe or of the wrong kind", where, override.delete)


def broken_tree() -> Iterator[Fault]:
    problems = Page.find_problems()
    names = ("bad characters", "bad path length", "no parent", "wrong depth", "wrong number of pages below")
    for name, found in zip(names, problems, strict=False):
        if found:
            yield Fault(f"page tree: {name}", ", ".join(map(str, found)), lambda: Page.fix_tree())


def wrong_states() -> Iterator[Fault]:
    """What is kept differs from a recount."""
    kept: Counter[Any] = Counter()
    for status in TranslationStatus.objects.all():
        kept[_counted(status)] += 1
    now = Counter(_counted(status) for key in states.all_keys() for status in states.count(key))
    keys = {one[0] for one in (kept - now) + (now - kept)}
    for key in sorted(keys):
        yield Fault("state that a recount does not give", str(key), partial(states.refresh, key))


def _counted(status: TranslationStatus) -> tuple[Any, ...]:
    names = ("locale_id", *states.COUNTED)
    return (status.translation_key, *(getattr(status, name) for name in names), status.stale_since is not None)


def unknown_languages() -> Iterator[Fault]:
    known = {locale.pk for locale in states.site_locales()}
    for locale in Locale.objects.exclude(pk__in=known):
        yield Fault("language that the settings do not name", locale.language_code)


CHECKS: tuple[Callable[[], Iterator[Fault]], ...] = (
    broken_tree,
    left_open,
    alias_pages,
    wrong_language,
    several_kinds,
    unknown_languages,
    orphaned_sources,
    orphaned_translations,
    own_language,
    several_sources,
    rival_sources,
    copied_languages,
    segments_of_another_subject,
    unfit_texts,
    untranslated_text_live,
    slugs,
    unsafe_links,
    wrong_states,  # last: it counts what the others left
)


def examine() -> list[Fault]:
    return [fault for find in CHECKS for fault in find()]


@transaction.atomic
def treat() -> tuple[list[Fault], list[Fault]]:
    """Mend what can be mended; what was found then, and what is left. One repair may bring or end another fault."""
    mended: list[Fault] = []
    for find in CHECKS:
        for fault in list(find()):
            if fault.mend:
                fault.mend()
                mended.append(fault)
    return mended, examine()
