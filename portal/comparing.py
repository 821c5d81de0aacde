"""Pages side by side, row by row: what each of them says, where they say the same, where one is silent.

A feature says what its rows are (`patterns.comparing`, `practices.comparing`). Rows that are alike are folded, and a
silence is printed: a gap is information too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from django.http import HttpResponse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .tables import csv_file

FEWEST = 2


@dataclass(frozen=True)
class Cell:
    """What one side says in a row: lines of text or of safe HTML; none, where it is silent."""

    lines: tuple[str, ...]
    gap: str  # what its silence is called
    language: str = ""  # of the lines, where it is not the reader's

    @property
    def is_silent(self) -> bool:
        return not self.lines

    @property
    def html(self) -> SafeString:
        lines = [_html(line) for line in self.lines]
        return mark_safe(lines[0] if len(lines) == 1 else f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>")

    @cached_property
    def plain(self) -> tuple[str, ...]:
        return tuple(" ".join(_plain(line).split()) for line in self.lines)


def says(what: str | Iterable[str], gap: str, language: str = "") -> Cell:
    """A cell with one text, or with each of several on a line of its own; empty ones do not count."""
    lines = (what,) if isinstance(what, str) else tuple(what)
    return Cell(tuple(line for line in lines if line and line.strip()), gap, language)


def _html(text: str) -> str:
    return text if isinstance(text, SafeString) else escape(str(text))


def _plain(line: str) -> str:
    return strip_tags(line) if isinstance(line, SafeString) else line


@dataclass(frozen=True)
class Side:
    """A page that is compared, as the head of its column."""

    title: str
    url: str
    mark: str  # a number or a country: short, and beside the title
    note: str = ""
    language: str = ""  # of the title, where it is not the reader's


@dataclass(frozen=True)
class Row:
    label: str
    cells: tuple[Cell, ...]

    @cached_property
    def silent(self) -> int:
        return sum(cell.is_silent for cell in self.cells)

    @property
    def are_all_silent(self) -> bool:
        return self.silent == len(self.cells)

    @cached_property
    def voices(self) -> int:
        """How many different things are said."""
        said = {tuple(line.casefold() for line in cell.plain) for cell in self.cells if not cell.is_silent}
        return len(said)

    @property
    def is_alike(self) -> bool:
        return not self.silent and self.voices == 1

    @property
    def why(self) -> str:
        """What to notice before reading: who is silent, or that some say the same."""
        if self.are_all_silent:
            return _("both silent") if len(self.cells) == FEWEST else _("all silent")
        if len(self.cells) == FEWEST:
            return _("one side silent") if self.silent else ""
        said = len(self.cells) - self.silent
        notes = [
            ngettext("%(silent)d side silent", "%(silent)d sides silent", self.silent) % {"silent": self.silent}
            if self.silent
            else "",
            ngettext("%(alike)d alike", "%(alike)d alike", said) % {"alike": said - self.voices + 1}
            if self.voices < said
            else "",
        ]
        return ", ".join(note for note in notes if note)


@dataclass(frozen=True)
class Section:
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Comparison:
    sides: tuple[Side, ...]
    sections: tuple[Section, ...]

    @cached_property
    def shown(self) -> list[tuple[str, list[Row]]]:
        """The sections without the rows in which all say the same."""
        found = [(part.label, [row for row in part.rows if not row.is_alike]) for part in self.sections]
        return [(label, rows) for label, rows in found if rows]

    @property
    def body(self) -> SafeString:
        """The parts of the table: some hundred cells, for which a template would take long."""
        heads = [_html(side.title) for side in self.sides]
        return mark_safe("".join(_part(label, rows, heads) for label, rows in self.shown))

    @cached_property
    def alike(self) -> list[Row]:
        return [row for row in self._rows if row.is_alike]

    @property
    def title(self) -> str:
        *others, last = (side.title for side in self.sides)
        return _("%(first)s and %(last)s, side by side") % {"first": ", ".join(others), "last": last}

    @property
    def counts(self) -> list[SafeString]:
        """How many rows there are of each kind, said on top."""
        shown = len(self._rows) - len(self.alike)
        all_silent = sum(row.are_all_silent for row in self._rows)
        some = sum(bool(row.silent) for row in self._rows) - all_silent
        found = [_counted(ngettext("%(number)s row shown", "%(number)s rows shown", shown), shown)]
        if some:
            found.append(_counted(self._some_silent(some), some))
        if all_silent:
            found.append(_counted(self._all_silent(all_silent), all_silent))
        return found

    @property
    def count_alike(self) -> SafeString:
        number = len(self.alike)
        return _counted(ngettext("%(number)s row alike", "%(number)s rows alike", number), number)

    def _some_silent(self, number: int) -> str:
        if len(self.sides) == FEWEST:
            return ngettext("%(number)s where one side is silent", "%(number)s where one side is silent", number)
        return ngettext("%(number)s where some are silent", "%(number)s where some are silent", number)

    def _all_silent(self, number: int) -> str:
        if len(self.sides) == FEWEST:
            return ngettext("%(number)s where both are silent", "%(number)s where both are silent", number)
        return ngettext("%(number)s where all are silent", "%(number)s where all are silent", number)

    @cached_property
    def _rows(self) -> list[Row]:
        return [row for section in self.sections for row in section.rows]

    def as_csv(self, name: str) -> HttpResponse:
        """The whole table as a file, alike rows included."""
        head = [_("Part"), _("Row"), _("Note"), *(side.title for side in self.sides)]
        rows = [
            [section.label, row.label, _("alike") if row.is_alike else row.why, *(_in_csv(cell) for cell in row.cells)]
            for section in self.sections
            for row in section.rows
        ]
        addresses = ["", _("Address"), "", *(side.url for side in self.sides)]
        return csv_file(name, [head, addresses, *rows])


def _part(label: str, rows: list[Row], heads: list[str]) -> str:
    head = f'<tr class="grp"><th scope="rowgroup" colspan="{len(heads) + 1}">{_html(label)}</th></tr>'
    return f"<tbody>{head}{''.join(_tr(row, heads) for row in rows)}</tbody>"


def _tr(row: Row, heads: list[str]) -> str:
    why = row.why
    note = f'<span class="why">{_html(why)}</span>' if why else ""
    cells = "".join(f'<td data-h="{head}"{_inner(cell)}</td>' for head, cell in zip(heads, row.cells, strict=True))
    return f'<tr><th scope="row">{_html(row.label)}{note}</th>{cells}</tr>'


def _inner(cell: Cell) -> str:
    if cell.is_silent:
        return f' class="empty"><span class="gap">{_html(cell.gap)}</span>'
    language = f' lang="{cell.language}"' if cell.language else ""
    return f"{language}>{cell.html}"


def _counted(words: str, number: int) -> SafeString:
    return mark_safe(words % {"number": f'<b class="num">{number}</b>'})


def _in_csv(cell: Cell) -> str:
    return f"[{cell.gap}]" if cell.is_silent else "\n".join(cell.plain)


@dataclass(frozen=True)
class Field:
    """One place in the form in which readers choose what to compare."""

    place: int
    label: str
    value: str
    error: str = ""


@dataclass(frozen=True)
class Picker:
    """The choice as the address has it: `?p=DIY-02&p=DIY-08`. What is wrong is said beside its field."""

    choices: Mapping[str, Any]  # value and label
    fields: tuple[Field, ...]
    left_out: str = ""  # said where more was asked for than fits

    @property
    def shown(self) -> list[tuple[Field, SafeString]]:
        """Each field with its options: as many as there are pages, for which a template would take long."""
        return [(field, mark_safe("".join(self._options(field.value)))) for field in self.fields]

    def _options(self, chosen: str) -> Iterator[str]:
        for value, label in self.choices.items():
            selected = " selected" if value == chosen else ""
            yield f'<option value="{escape(value)}"{selected}>{escape(str(label))}</option>'

    @property
    def chosen(self) -> list[str]:
        return [field.value for field in self.fields if field.value and not field.error]

    @property
    def is_ready(self) -> bool:
        return len(self.chosen) >= FEWEST

    @property
    def has_errors(self) -> bool:
        return bool(self.left_out) or any(field.error for field in self.fields)


def pick(asked: Sequence[str], choices: Mapping[str, Any], most: int) -> Picker:
    """Reads the values of `p`. None of them is no mistake, and one neither: links to here have their first side."""
    labels = [_("First"), _("Second"), _("Third, if you like")][:most]
    values = [*(value.strip() for value in asked[:most]), *[""] * most]
    fields: list[Field] = []
    for place, label in enumerate(labels):
        value = values[place]
        error = _error(value, choices, [field.value for field in fields])
        fields.append(Field(place + 1, label, value, error))
    if len(asked) >= FEWEST and sum(bool(field.value) for field in fields) < FEWEST:
        empty = next(field for field in fields if not field.value)
        fields[empty.place - 1] = Field(
            empty.place, empty.label, "", _("Choose one here too, or there is no comparison.")
        )
    return Picker(choices, tuple(fields), _left_out([value for value in asked[most:] if value.strip()], choices, most))


def _error(value: str, choices: Mapping[str, Any], before: list[str]) -> str:
    if value and value not in choices:
        return _("There is no “%(value)s” to compare. Choose from the list.") % {"value": Truncator(value).chars(40)}
    if value and value in before:
        return _("This one is chosen already. Choose another.")
    return ""


def _left_out(values: list[str], choices: Mapping[str, Any], most: int) -> str:
    if not values:
        return ""
    names = ", ".join(str(choices.get(value) or Truncator(value).chars(40)) for value in values[:5])
    words = ngettext(
        "Only %(most)d can be compared at once. Left out: %(names)s.",
        "Only %(most)d can be compared at once. Left out: %(names)s.",
        most,
    )
    return words % {"most": most, "names": names}
