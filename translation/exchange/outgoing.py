"""A translation as a document for others to work on, with what they need to know about each text."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from translation import terms, writing
from translation.differences import earlier_wordings
from translation.models import State, TranslationStatus
from translation.places import place
from translation.terms import Hit

from .units import Document, Progress, Unit

Key = tuple[int, int]  # a string in a context


def segments(translation: Translation) -> list[StringSegment]:
    """Each text once: the same one may stand twice in one field, and has one translation there."""
    rows = StringSegment.objects.filter(source=translation.source_id).select_related("string", "context")
    found: dict[Key, StringSegment] = {}
    for one in rows.order_by("order", "pk"):
        found.setdefault(key_of(one), one)
    return list(found.values())


def texts(translation: Translation) -> dict[Key, StringTranslation]:
    """What was ever written for the subject in this language."""
    rows = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id
    )
    return {(row.translation_of_id, row.context_id): row for row in rows.select_related("translation_of", "context")}


def document(translation: Translation) -> Document:
    found, written = segments(translation), texts(translation)
    earlier = Earlier(found, written)
    glossary = terms.glossary(translation.source.locale.language_code, translation.target_locale.language_code)
    is_final = TranslationStatus.objects.filter(
        translation_key=translation.source.object_id, locale=translation.target_locale_id, state=State.COMPLETE
    ).exists()
    return Document(
        key=str(translation.uuid),
        title=translation.source.object_repr,
        url=_url(translation),
        source_language=translation.source.locale.language_code,
        language=translation.target_locale.language_code,
        exported_at=timezone.now(),
        units=[
            replace(
                _unit(translation, one, written.get(key_of(one)), is_final),
                **_told(earlier.of(one), glossary.hits(one.string.data)),
            )
            for one in found
        ],
    )


def key_of(segment: StringSegment) -> Key:
    return segment.string_id, segment.context_id


def _told(before: StringTranslation | None, hits: list[Hit]) -> dict[str, Any]:
    """What helps whoever translates the text."""
    notes = list(_terms(hits))
    if before:
        notes.append(_("Translated so far: %(text)s") % {"text": before.data})
    return {"notes": tuple(notes), "previous": before.translation_of.data if before else ""}


def _unit(translation: Translation, segment: StringSegment, text: StringTranslation | None, is_final: bool) -> Unit:
    stands = place(translation.source, segment)
    return Unit(
        path=segment.context.path,
        source=segment.string.data,
        text=text.data if text else "",
        progress=_progress(text, is_final),
        token=writing.token(text),
        label=" › ".join(stands.labels),
        max_length=stands.max_length,
    )


def _progress(text: StringTranslation | None, is_final: bool) -> Progress:
    if text is None:
        return Progress.EMPTY
    if text.has_error or text.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE:
        return Progress.TO_REVISE
    return Progress.FINAL if is_final else Progress.WRITTEN


class Earlier:
    """What stood in the same place before the original was changed, and was translated."""

    def __init__(self, found: list[StringSegment], written: dict[Key, StringTranslation]) -> None:
        now = {key_of(one) for one in found}
        self.gone: dict[int, dict[str, StringTranslation]] = defaultdict(dict)
        for key, text in sorted(written.items(), key=lambda pair: pair[1].updated_at, reverse=True):
            if key not in now:
                self.gone[key[1]][text.translation_of.data] = text
        here: dict[int, list[StringSegment]] = defaultdict(list)
        for one in found:
            here[one.context_id].append(one)
        self.before: dict[Key, StringTranslation] = {}
        for context, gone in self.gone.items():
            self._pair(gone, here[context], written)

    def _pair(
        self, gone: dict[str, StringTranslation], here: list[StringSegment], written: dict[Key, StringTranslation]
    ) -> None:
        to_do = {one.string.data: one for one in here if key_of(one) not in written}
        for old, new in earlier_wordings(gone, to_do, len(here)):
            self.before[key_of(to_do[new])] = gone[old]

    def of(self, segment: StringSegment) -> StringTranslation | None:
        return self.before.get(key_of(segment))


def _terms(hits: list[Hit]) -> Iterator[str]:
    """What the glossary wants, each term once."""
    for hit in {hit.notion.key: hit for hit in hits}.values():
        parts = [f"{hit.words} → {hit.wanted}"] if hit.wanted else []
        if hit.target and hit.target.forbidden:
            parts.append(_("not: %(words)s") % {"words": ", ".join(hit.target.forbidden)})
        if hit.target and hit.target.note:
            parts.append(hit.target.note)
        if parts:
            yield _("Glossary: %(term)s") % {"term": "; ".join(parts)}


def _url(translation: Translation) -> str:
    """Where readers see the original."""
    try:
        original = translation.source.get_source_instance()
    except ObjectDoesNotExist:
        return ""
    return (original.full_url or "") if isinstance(original, Page) and original.live else ""
