"""Loads the PO files through wagtail-localize's own rows, so that translators find every text in their editor.

`translate_object` and `Translation.save_target` do the same page by page with hundreds of queries each, and make
alias pages of parents that are not translated; here parents come first and what has none is left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import StringTranslation, Translation, TranslationLog
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from .catalogues import Messages, catalogue_path, check_catalogue, read_catalogue
from .files import Record
from .problems import Place, Problem
from .sources import BATCH, Source

TOOL = "content files"
SLUG_LENGTH = 60
ELIDING = {"fr", "it", "ca"}  # "l’app" is two words there
ELISION = re.compile(r"(?<=\w)['’](?=\w)")


@dataclass(eq=False)
class Wanted:
    """One record to be translated into one language."""

    record: Record
    language: str
    messages: Messages
    file: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.record.kind.type, self.record.full_code, self.language

    def place_of(self, place: str) -> str:
        return f"{self.record.code} > {place}" if self.record.where else place

    def texts(self, source: Source) -> dict[str, list[str]]:
        """The translations by path; a rich text has several under one."""
        found: dict[str, list[str]] = {}
        for segment in source.segments:
            found.setdefault(segment.path, []).append(self.messages.text(segment, self.place_of(segment.place)))
        return found

    def title(self, original: str) -> str:
        """The translated title, as plain text."""
        entry = self.messages.entries.get((None, StringValue.from_plaintext(original).data))
        return StringValue(entry.msgstr).render_text() if entry and entry.translated() else original

    def slug(self, title: str, original_slug: str) -> str:
        if self.record.kind.keeps_slug:
            return self.messages.slug or original_slug
        return self.messages.slug or short_slug(title, self.language) or original_slug


def short_slug(title: str, language: str = "") -> str:
    """A slug that is cut at a word, and not after an article or the like."""
    if language in ELIDING:
        title = ELISION.sub("-", title)
    slug = slugify(title)
    if len(slug) <= SLUG_LENGTH:
        return slug
    words = slug[: SLUG_LENGTH + 1].split("-")[:-1]
    while len(words) > 1 and len(words[-1]) < 4:
        words.pop()
    return "-".join(words)


def read_catalogues(
    records: Iterable[Record], root: Path, languages: Iterable[str], found: list[Problem]
) -> list[Wanted]:
    """What the PO files translate; files without a single translation ask for nothing."""
    read: dict[Path, Messages | None] = {}
    wanted = []
    for record in records:
        if not issubclass(record.kind.model, TranslatableMixin):
            continue
        for language in languages:
            path = catalogue_path(record, root, language)
            if language == record.language or (path not in read and not path.exists()):
                continue
            name = str(path.relative_to(root))
            if path not in read:
                read[path] = _read(path, language, Place(name, found))
            messages = read[path]
            if messages is not None and not messages.empty:
                wanted.append(Wanted(record, language, messages, name))
    return wanted


def _read(path: Path, language: str, place: Place) -> Messages | None:
    try:
        catalogue = read_catalogue(path)
    except (OSError, ValueError) as error:  # polib raises both for what it cannot read
        place.complain(f"not readable as PO: {error}")
        return None
    check_catalogue(catalogue, language, place)
    return Messages(catalogue)


class TranslationWriter:
    """Writes translations of originals that are complete on the site."""

    def __init__(self, locales: dict[str, Locale], found: list[Problem]) -> None:
        self.locales = locales
        self.found = found
        self.notices: list[str] = []
        self.sources: dict[tuple[str, str], Source] = {}

    def source(self, record: Record, original: Any) -> Source:
        key = record.kind.type, record.full_code
        if key not in self.sources:
            self.sources[key] = Source(original)
        return self.sources[key]

    def translate(self, wanted: Wanted, source: Source, target: Any) -> None:
        """Give `target` its texts, and the translation editor the same ones. Nothing is saved yet but the latter."""
        locale = self.locales[wanted.language]
        texts = wanted.texts(source)
        self.write_strings(source, texts, locale)
        original = source.instance()
        copy_synchronised_fields(original, target)
        ingest_segments(original, target, source.original.locale, locale, list(translated_values(source, texts)))
        missing = sum(not text for found in texts.values() for text in found)
        if missing:
            self.notices.append(f"{wanted.file}: {missing} texts of {wanted.record.code} are not translated yet")

    def fits(self, wanted: Wanted, source: Source) -> bool:
        """Whether every text fits its field; PostgreSQL would break off at the first that does not."""
        before = len(self.found)
        for segment in source.segments:
            text = wanted.messages.text(segment, wanted.place_of(segment.place))
            length = len(StringValue(text).render_text()) if text and segment.limit else 0
            if segment.limit and length > segment.limit:
                place = Place(wanted.file, self.found).at(wanted.place_of(segment.place))
                place.complain(f"at most {segment.limit} characters, and this has {length}: {text[:40]}…")
        return len(self.found) == before

    def write_strings(self, source: Source, texts: dict[str, list[str]], locale: Locale) -> None:
        Translation.objects.get_or_create(source=source.row, target_locale=locale)
        rows: dict[tuple[int, int], StringTranslation] = {}
        for segment, text in in_order(source, texts):
            if text:
                key = source.strings[segment.string.data], source.contexts[segment.path]
                rows[key] = StringTranslation(
                    translation_of_id=key[0],
                    context_id=key[1],
                    locale=locale,
                    data=text,
                    translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                    tool_name=TOOL,
                )
        StringTranslation.objects.bulk_create(rows.values(), ignore_conflicts=True, batch_size=BATCH)

    def publish(self, wanted: Wanted, source: Source, target: Any) -> None:
        """Save and publish, as `Translation.save_target` does."""
        revision = None
        try:
            target.full_clean()
            if isinstance(target, Page):
                target.draft_title = target.title
                target.save(clean=False)
                revision = target.save_revision(clean=False)
                revision.publish(skip_permission_checks=True)
            else:
                target.save()
        except ValidationError as error:
            Place(wanted.file, self.found, wanted.record.where).complain_about(error)
            return
        TranslationLog.objects.create(source=source.row, locale=self.locales[wanted.language], revision=revision)


def in_order(source: Source, texts: dict[str, list[str]]) -> Iterator[tuple[StringSegmentValue, str]]:
    """Each text segment of the source with its translation."""
    used: dict[str, int] = {}
    for value in source.values:
        if isinstance(value, StringSegmentValue):
            number = used.get(value.path, 0)
            used[value.path] = number + 1
            yield value, texts[value.path][number]


def translated_values(source: Source, texts: dict[str, list[str]]) -> Iterator[Any]:
    """The segments of the source with their translations in place; what has none keeps the original text."""
    translations = in_order(source, texts)
    for value in source.values:
        if isinstance(value, StringSegmentValue):
            _same, text = next(translations)
            string = StringValue(text) if text else value.string
            yield StringSegmentValue(value.path, string, attrs=value.attrs).with_order(value.order)
        elif not isinstance(value, OverridableSegmentValue):
            yield value
