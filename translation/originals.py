"""Which page of a subject is its original, in whatever language, and which are the translations of it."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from portal.models import TranslationState


def families(keys: Iterable[UUID]) -> dict[UUID, list[Page]]:
    """The pages of each subject, its original first.

    The original is what translations are made from; where nothing was sent to be translated yet, the page that was
    made first.
    """
    keys = list(keys)
    found: dict[UUID, list[Page]] = defaultdict(list)
    pages = Page.objects.filter(translation_key__in=keys, depth__gt=1, alias_of__isnull=True)
    for page in pages.select_related("locale").order_by("pk"):
        found[page.translation_key].append(page)
    sources = TranslationSource.objects.filter(object_id__in=keys, translations__enabled=True).order_by("-pk")
    language = dict(sources.values_list("object_id", "locale_id"))  # the oldest source is read last, and counts
    for key, family in found.items():
        family.sort(key=lambda page: page.locale_id != language.get(key, page.locale_id))
    return dict(found)


def source_of(key: UUID) -> TranslationSource | None:
    """From which translations are made; the oldest where there are several, which the doctor finds."""
    return TranslationSource.objects.filter(object_id=key, translations__enabled=True).order_by("pk").first()


def family(page: Page) -> list[Page]:
    return families([page.translation_key]).get(page.translation_key, [])


def is_original(page: Page) -> bool:
    first = next(iter(family(page)), None)
    return first is None or first.pk == page.pk


def translations_of(page: Page) -> list[Page]:
    """None if `page` is a translation itself: what is done to one of them leaves the others alone."""
    pages = family(page)
    return pages[1:] if pages and pages[0].pk == page.pk else []


def original_of(page: Page) -> Page | None:
    """From which page of the subject translations are made, or which was published as the first; None where that page
    was deleted."""
    pages = family(page)
    sources = TranslationSource.objects.filter(object_id=page.translation_key, translations__enabled=True)
    locale = sources.order_by("pk").values_list("locale_id", flat=True).first()
    if locale is not None:
        return next((one for one in pages if one.locale_id == locale), None)
    marked = set(TranslationState.objects.filter(page__in=pages, is_original=True).values_list("page_id", flat=True))
    return next((one for one in pages if one.pk in marked), None)
