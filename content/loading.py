"""Loads the content files into the site: all of them, or none if one is broken.

What was loaded once, or was on the site before, is left alone. So loading again changes nothing, edits made on the
site are kept, and what was deleted there stays deleted.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, TranslatableMixin

from portal.addresses import LANGUAGE_CODES
from portal.groups import ensure_groups

from .asked import Asked, Subject, read_asked, subjects, write_asked
from .files import Record, read_records
from .indexing import indexed_at_the_end
from .kinds import KINDS
from .models import LoadedRecord
from .pages import PageWriter, in_tree_order
from .problems import BrokenContent, Problem
from .references import References, original_of
from .rows import ORDER, create_row, link_row
from .site import create_locales, point_site_at, remove_welcome_page
from .translations import TranslationWriter, Wanted, read_catalogues
from .values import read_values

Say = Callable[[str], None]


@dataclass
class Plan:
    """What of the files is new on this site."""

    references: References
    records: list[Record]
    translations: list[Wanted]
    asked: list[Asked]
    subjects: dict[str, Subject]
    notices: list[str] = field(default_factory=list)


def load(
    root: Path, *, languages: Iterable[str] = LANGUAGE_CODES, check: bool = False, say: Say = lambda text: None
) -> list[str]:
    """Load what is new below `root`; returns notices. Raises BrokenContent, and then nothing was loaded."""
    plan = make_plan(root, set(languages) | {settings.LANGUAGE_CODE})
    if not plan.records and not plan.translations and not plan.asked and not check:
        say("Nothing new to load.")
        return plan.notices
    with transaction.atomic():
        if check:
            _Load(plan, say).run()
            transaction.set_rollback(True)
        else:
            with indexed_at_the_end(say):
                _Load(plan, say).run()
            ensure_groups()
    return plan.notices


def make_plan(root: Path, languages: set[str]) -> Plan:
    """Read and check every file; what is wrong with any of them stops the load before it starts."""
    found: list[Problem] = []
    records = read_records(root, found)
    references = References(records)
    references.read_database()
    for record in records:
        read_values(record, references, found)
        if record.kind.is_page and record.parent != "root":
            references.page(record.parent, "wagtailcore.Page", record.place(found).at("parent"))
    translations = read_catalogues(records, root, languages, found)
    known_subjects = subjects(references)
    asked = read_asked(root, languages, known_subjects, found)
    if found:
        raise BrokenContent(found)
    known = set(LoadedRecord.objects.values_list("type", "code", "language")) | _present()
    new = [record for record in records if record.language in languages and record.key not in known]
    codes = {record.code for record in new}
    return Plan(
        references,
        new,
        [wanted for wanted in translations if wanted.key not in known],
        [row for row in asked if row.key not in known and known_subjects[row.subject].is_there_with(codes)],
        known_subjects,
    )


def _present() -> set[tuple[str, str, str]]:
    """Types, codes and languages of what the site has, whoever made it."""
    found: set[tuple[str, str, str]] = set()
    for kind in KINDS.values():
        translatable = issubclass(kind.model, TranslatableMixin)
        language = "locale__language_code" if translatable else "code"
        names = ("scheme", "code", language) if kind.type == "term" else ("code", language)
        for *codes, where in kind.model._default_manager.values_list(*names):
            found.add((kind.type, "/".join(codes), where if translatable else settings.LANGUAGE_CODE))
    return found


class _Load:
    """The writing itself, inside one transaction: the whole tree as drafts, then the texts, then the translations."""

    def __init__(self, plan: Plan, say: Say) -> None:
        self.plan = plan
        self.say = say
        self.found: list[Problem] = []
        self.locales: dict[str, Locale] = create_locales()
        self.pages = PageWriter(remove_welcome_page(), self.locales, plan.references, self.found)
        self.translations = TranslationWriter(self.locales, self.found)
        self.done: list[tuple[tuple[str, str, str], str]] = []

    def run(self) -> None:
        rows = sorted((r for r in self.plan.records if not r.kind.is_page), key=lambda r: ORDER.index(r.kind.type))
        self.say(f"Vocabularies, organisations, people: {len(rows)} entries")
        for record in rows:
            create_row(record, self.locales, self.plan.references, self.found)
        pages, translated = self.grow_tree()
        for record in rows:
            link_row(record, self.locales, self.plan.references, self.found)
        write_asked(self.plan.asked, self.plan.subjects)  # before what is published now is indexed
        self.write_originals(pages)
        self.write_translations([w for w in self.plan.translations if not w.record.kind.is_page], self.translate_row)
        self.write_translations(translated, self.translate_page)
        self.stop_if_broken()
        self.plan.notices += self.pages.notices + self.translations.notices
        self.remember([*rows, *pages])

    def grow_tree(self) -> tuple[list[Record], list[Wanted]]:
        """Every page as a draft in its place, for pages of any language may link to each other."""
        wanted = {(w.record, w.language): w for w in self.plan.translations if w.record.kind.is_page}
        new = {record for record in self.plan.records if record.kind.is_page}
        in_order = in_tree_order(new | {record for record, _language in wanted})
        pages: list[Record] = []
        translated: list[Wanted] = []
        for language in LANGUAGE_CODES:
            for record in in_order:
                if record.language == language and record in new:
                    pages += [record] if self.pages.add_original(record) else []
                elif translation := wanted.get((record, language)):
                    translated += [translation] if self.pages.add_translation(translation) else []
        if home := self.pages.page("home", settings.LANGUAGE_CODE):
            point_site_at(home)
        self.plan.references.complete = True
        self.stop_if_broken()
        return pages, translated

    def write_originals(self, pages: list[Record]) -> None:
        for record in pages:
            self.pages.fill(record)
        for record in pages:
            self.pages.check(record)
        self.stop_if_broken()
        for number, record in enumerate(pages, 1):
            self.pages.publish(record)
            if number % 20 == 0 or number == len(pages):
                self.say(f"Pages: {number} of {len(pages)}")

    def write_translations(self, wanted: list[Wanted], write: Callable[[Wanted], None]) -> None:
        for number, one in enumerate(wanted, 1):
            write(one)
            if number % 50 == 0 or number == len(wanted):
                self.say(f"Translations: {number} of {len(wanted)}")

    def translate_page(self, wanted: Wanted) -> None:
        record = wanted.record
        target = self.pages.pages[record.code, wanted.language]
        original: Any = record.kind.model._default_manager.get(code=record.code, locale=self.locales[record.language])
        self.translate(wanted, original, target)

    def translate_row(self, wanted: Wanted) -> None:
        original = original_of(wanted.record)
        if original is not None:
            self.translate(wanted, original, original.copy_for_translation(self.locales[wanted.language]))

    def translate(self, wanted: Wanted, original: Any, target: Any) -> None:
        source = self.translations.source(wanted.record, original)
        if not self.translations.fits(wanted, source):
            return
        self.translations.translate(wanted, source, target)
        self.translations.publish(wanted, source, target)
        self.done.append((wanted.key, wanted.record.checksum))

    def remember(self, records: list[Record]) -> None:
        done = [(record.key, record.checksum) for record in records] + self.done
        done += [(row.key, row.checksum) for row in self.plan.asked]
        LoadedRecord.objects.bulk_create(
            LoadedRecord(type=kind, code=code, language=language, checksum=checksum)
            for (kind, code, language), checksum in done
        )

    def stop_if_broken(self) -> None:
        if self.found:
            raise BrokenContent(list(dict.fromkeys(self.found)))
