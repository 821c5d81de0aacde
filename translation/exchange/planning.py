"""What a file would change, and changing it once a person has said so.

`plan` compares and writes nothing. `apply` writes what was chosen, each text only if it still is what the person saw.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from portal.languages import language_name
from translation import writing
from translation.checks import Problem, markup
from translation.differences import earlier_wordings
from translation.models import Via

from .inline import normal
from .outgoing import Key, key_of, segments, texts
from .units import MOST_UNITS, Document, FileRefused, Progress, Unit

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
LONE_AMPERSAND = re.compile(r"&(?!#?\w+;)")
MOST_LINES = 10  # named of a file


class Kind(models.TextChoices):
    CONFLICT = "conflict", pgettext_lazy("texts of a file", "Conflicts")
    REFUSED = "refused", pgettext_lazy("texts of a file", "Refused")
    FUZZY = "fuzzy", pgettext_lazy("texts of a file", "To be revised")
    CHANGED = "changed", pgettext_lazy("texts of a file", "Changed")
    NEW = "new", pgettext_lazy("texts of a file", "New")
    UNKNOWN = "unknown", pgettext_lazy("texts of a file", "Unknown")
    EMPTY = "empty", pgettext_lazy("texts of a file", "Without translation")
    UNCHANGED = "unchanged", pgettext_lazy("texts of a file", "Unchanged")


class Choice(models.TextChoices):
    KEEP = "keep", gettext_lazy("Leave as it is")
    TAKE = "take", gettext_lazy("Take from the file")
    REVISE = "revise", gettext_lazy("Take, to be revised")


@dataclass
class Row:
    """One text of the file, and what would become of it."""

    number: int
    unit: Unit
    kind: Kind
    segment: StringSegment | None = None
    current: StringTranslation | None = None
    text: str = ""
    reason: str = ""
    problems: list[Problem] = field(default_factory=list)
    choices: tuple[Choice, ...] = ()
    chosen: Choice | None = None  # beforehand; a conflict has to be decided

    @property
    def seen(self) -> str:
        return writing.token(self.current)


@dataclass
class Plan:
    translation: Translation
    document: Document
    rows: list[Row]
    missing: int  # texts of the page that the file has not

    def of(self, kind: Kind) -> list[Row]:
        return [row for row in self.rows if row.kind == kind]

    @property
    def to_choose(self) -> list[Row]:
        return [row for row in self.rows if row.choices]


def plan(document: Document, translation: Translation) -> Plan:
    """Raises FileRefused where nothing of the file is for this translation."""
    _check_document(document, translation)
    return _Planning(document, translation).plan()


def _check_document(document: Document, translation: Translation) -> None:
    if UUID.fullmatch(document.key) and document.key.lower() != str(translation.uuid):
        raise FileRefused(_("The file was made for another page or language."))
    wanted = translation.target_locale.language_code
    if document.language and not _same_language(document.language, wanted):
        languages = {"found": document.language, "wanted": language_name(wanted)}
        raise FileRefused(_("The file is for the language “%(found)s”, not for %(wanted)s.") % languages)
    if not document.units:
        raise FileRefused(_("There are no texts in the file."))
    if len(document.units) > MOST_UNITS:
        numbers = {"found": len(document.units), "most": MOST_UNITS}
        raise FileRefused(_("The file has %(found)d texts. At most %(most)d are read at once.") % numbers)


def _same_language(one: str, other: str) -> bool:
    """Tools write the same language in several ways: fr, fr_FR, fr-FR."""
    first, second = (code.lower().replace("_", "-") for code in (one, other))
    return first == second or _of_one_kind(first, second)


def _of_one_kind(one: str, other: str) -> bool:
    return one.split("-")[0] == other.split("-")[0] and "-" not in min(one, other, key=len)


class _Planning:
    def __init__(self, document: Document, translation: Translation) -> None:
        self.document, self.translation = document, translation
        self.segments = segments(translation)
        self.texts: dict[Key, StringTranslation] = texts(translation)
        self.exact = {(one.context.path, one.string.data): one for one in self.segments}
        self.normal = {(path, normal(source)): one for (path, source), one in self.exact.items()}
        self.by_source: dict[str, list[StringSegment]] = defaultdict(list)
        for one in self.segments:
            self.by_source[normal(one.string.data)].append(one)

    def plan(self) -> Plan:
        found = [self._find(unit) for unit in self.document.units]
        matched = {key_of(one) for one in found if one}
        self.left = [one for one in self.segments if key_of(one) not in matched]
        rows = [self._row(number, *pair) for number, pair in enumerate(zip(self.document.units, found, strict=True))]
        self._check_matches(rows, found)
        _refuse_twice(rows)
        return Plan(self.translation, self.document, rows, len(self.segments) - len(matched))

    def _find(self, unit: Unit) -> StringSegment | None:
        if unit.path:
            place = unit.path, unit.source
            return self.exact.get(place) or self.normal.get((unit.path, normal(unit.source)))
        found = self.by_source[normal(unit.source)]
        return found[0] if len(found) == 1 else None

    def _check_matches(self, rows: list[Row], found: list[StringSegment | None]) -> None:
        strangers = sum(one is None for one in found)
        if all(row.segment is None for row in rows):
            text = ngettext(
                "The %(number)d text in the file is none of this page.",
                "None of the %(number)d texts in the file is one of this page.",
                len(rows),
            )
            raise FileRefused(text % {"number": len(rows)})
        if strangers and not UUID.fullmatch(self.document.key):
            text = ngettext(
                "The file does not say which page it is for, and %(number)d of its texts is not one of this page.",
                "The file does not say which page it is for, and %(number)d of its texts are not of this page.",
                strangers,
            )
            raise FileRefused(text % {"number": strangers})

    def _row(self, number: int, unit: Unit, segment: StringSegment | None) -> Row:
        if segment is None:
            return self._of_earlier_source(number, unit)
        row = Row(number, unit, Kind.UNCHANGED, segment, self.texts.get(key_of(segment)))
        row.text = LONE_AMPERSAND.sub("&amp;", unit.text)
        if fault := _fault(unit):
            row.kind, row.reason = Kind.REFUSED, fault
        elif not unit.text.strip():
            row.kind = Kind.EMPTY
        elif not self._is_same(row):
            self._compare(row)
        return self._checked(row)

    def _is_same(self, row: Row) -> bool:
        """A text of a machine that comes back as finished was read by somebody: that is a change."""
        text = row.current
        if text is None or (text.data != row.text and normal(text.data) != normal(row.text)):
            return False
        is_machine = text.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
        is_read = is_machine and row.unit.token == row.seen
        return row.unit.progress == Progress.TO_REVISE or not is_read

    def _compare(self, row: Row) -> None:
        if self._changed_here(row):
            row.kind, row.choices = Kind.CONFLICT, (Choice.KEEP, Choice.TAKE, Choice.REVISE)
            row.reason = row.reason or _("Changed here since the file was made.")
        elif row.unit.progress == Progress.TO_REVISE:
            row.kind, row.choices, row.chosen = Kind.FUZZY, (Choice.KEEP, Choice.REVISE), Choice.REVISE
        else:
            row.kind = Kind.CHANGED if row.current else Kind.NEW
            row.choices, row.chosen = (Choice.KEEP, Choice.TAKE), Choice.TAKE

    def _changed_here(self, row: Row) -> bool:
        if row.unit.token:
            return row.unit.token != row.seen
        if row.current is None:
            return False
        if self.document.exported_at is None:
            row.reason = _("The file does not say when it was made, and another text stands here.")
            return True
        return row.current.updated_at > self.document.exported_at

    def _of_earlier_source(self, number: int, unit: Unit) -> Row:
        """The original was changed after the file was made: its translation may be of use for the new wording."""
        row = Row(number, unit, Kind.UNKNOWN, text=LONE_AMPERSAND.sub("&amp;", unit.text))
        here = [one for one in self.left if one.context.path == unit.path]
        fault = _fault(unit)
        if fault or not unit.text.strip():
            row.reason = fault
            row.kind = Kind.REFUSED if fault else Kind.EMPTY
        elif not here:
            row.reason = _("There is no such text on the page any more, or never was.")
        else:
            here_in_all = sum(one.context.path == unit.path for one in self.segments)
            found = earlier_wordings([unit.source], [one.string.data for one in here], here_in_all)
            row.reason = _("The original says something else now.")
            if found:
                row.kind, row.segment = Kind.CONFLICT, self.exact[unit.path, found[0][1]]
                row.current = self.texts.get(key_of(row.segment))
                row.choices = (Choice.KEEP, Choice.REVISE)
        return self._checked(row)

    def _checked(self, row: Row) -> Row:
        if row.segment and row.choices:
            row.problems = writing.problems(self.translation, row.segment, row.text)
            if any(problem.level == "error" for problem in row.problems):
                row.kind, row.choices, row.chosen = Kind.REFUSED, (), None
        return row


def _fault(unit: Unit) -> str:
    """Nothing looks at every letter of a text that is far too long."""
    if unit.fault or not markup.is_too_long(unit.source, unit.text):
        return unit.fault
    return markup.too_long(len(unit.text), markup.room(unit.source)).message


def named_lines(lines: Sequence[int]) -> str:
    """The first of them: a file may say the same thing thousands of times."""
    return ", ".join(map(str, lines[:MOST_LINES])) + (" …" if len(lines) > MOST_LINES else "")


def _refuse_twice(rows: Iterable[Row]) -> None:
    """The same text of the page twice in one file: with the same translation once is enough."""
    by_segment: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        if row.segment and row.kind != Kind.EMPTY:
            by_segment[key_of(row.segment)].append(row)
    for same in by_segment.values():
        if len({normal(row.text) for row in same}) > 1:
            lines = named_lines([row.unit.line for row in same])
            for row in same:
                row.kind, row.choices, row.chosen = Kind.REFUSED, (), None
                row.reason = _("It stands in the file more than once, translated differently: lines %(lines)s.") % {
                    "lines": lines
                }
        for row in same[1:]:
            if row.choices:
                row.kind, row.choices, row.chosen = Kind.UNCHANGED, (), None


@dataclass
class Outcome:
    written: int = 0
    kept: int = 0
    undecided: int = 0
    changed_meanwhile: int = 0

    def add(self, other: "Outcome") -> None:
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


Decision = tuple[str, str]  # a choice, and `Row.seen` as the person saw it


@transaction.atomic
def apply(found: Plan, decisions: Mapping[int, Decision], *, user: Any, via: Via) -> Outcome:
    """Write what was chosen. What changed since it was shown stays, and is a conflict when it is looked at again."""
    outcome = Outcome()
    for row in found.to_choose:
        choice, seen = decisions.get(row.number, ("", ""))
        if choice not in row.choices or row.segment is None:
            outcome.undecided += 1
        elif choice == Choice.KEEP:
            outcome.kept += 1
        else:
            try:
                write = partial(writing.write, found.translation, row.segment, row.text, user=user, via=via)
                write(expected=seen, is_read=choice != Choice.REVISE)
                outcome.written += 1
            except writing.Conflict:
                outcome.changed_meanwhile += 1
    return outcome
