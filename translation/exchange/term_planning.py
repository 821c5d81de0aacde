"""What a file of terms would change in one language, and changing it once a person has said so.

Nothing is taken away by a file, and no term is made by one: what it explains to readers, the public glossary says.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from portal.xml_text import xml_text
from translation import access, terms
from translation.models import TermUse
from translation.terms_views import FIELDS, TermUseForm, save, titled

from .planning import Choice, Decision, Kind, Outcome, named_lines
from .tbx import Entry, Wording

BLANK = terms.Name("")


@dataclass
class Row:
    """One entry of the file, and what would become of it."""

    number: int
    entry: Entry
    kind: Kind
    wording: Wording
    notion: terms.Notion | None = None
    now: terms.Name = BLANK
    form: TermUseForm | None = None  # with what would be kept
    added: dict[str, str] = field(default_factory=dict)  # what is in the file and not here, by field
    reason: str = ""
    seen: str = ""
    choices: tuple[Choice, ...] = ()
    chosen: Choice | None = None  # beforehand; a conflict has to be decided

    @property
    def title(self) -> str:
        if self.notion:
            return titled(self.notion)[1]
        return next((word.terms[0] for word in self.entry.languages.values() if word.terms), "")


class _Planning:
    def __init__(self, locale: Locale, user: Any) -> None:
        self.locale, self.user, self.language = locale, user, locale.language_code
        self.notions = {str(notion.key): notion for notion in terms.notions()}
        self.uses = {str(use.translation_key): use for use in TermUse.objects.filter(locale=locale)}
        self.named: dict[tuple[str, str], set[str]] = defaultdict(set)
        for key, notion in self.notions.items():
            for language, name in notion.names.items():
                for word in name.accepted if language != self.language else ():
                    self.named[language, _same(word)].add(key)

    def row(self, number: int, entry: Entry) -> Row:
        row = Row(number, entry, Kind.UNCHANGED, self._of_language(entry))
        row.notion = self._notion(entry)
        if row.notion is None:
            row.kind, row.reason = Kind.UNKNOWN, _("The glossary has no such term, or several.")
        elif not (row.wording.terms or row.wording.avoided or row.wording.note):
            row.kind = Kind.EMPTY
        elif not access.may_word(self.user, row.notion.entry, self.locale):
            row.kind, row.reason = Kind.REFUSED, _("You may not change this term.")
        else:
            self._compare(row, row.notion)
        return row

    def _of_language(self, entry: Entry) -> Wording:
        codes = [self.language, *(code for code in entry.languages if code.split("-")[0] == self.language)]
        return next((entry.languages[code] for code in codes if code in entry.languages), Wording())

    def _notion(self, entry: Entry) -> terms.Notion | None:
        if entry.key in self.notions:
            return self.notions[entry.key]
        found = [
            self.named.get((code, _same(word))) or self.named.get((code.split("-")[0], _same(word)), set())
            for code, wording in entry.languages.items()
            for word in wording.terms
        ]
        keys = set().union(*found)
        return self.notions[keys.pop()] if len(keys) == 1 else None

    def _compare(self, row: Row, notion: terms.Notion) -> None:
        now = row.now = notion.names.get(self.language, BLANK)
        use = self.uses.get(str(notion.key)) or TermUse(translation_key=notion.key, locale=self.locale)
        kept = {name: getattr(use, name) for name in FIELDS}
        row.seen = hashlib.sha256(repr((now.entry_name, kept)).encode()).hexdigest()[:16]
        row.added = self._added(row.wording, now, kept)
        if not row.added:
            return
        data = kept | row.added
        if "rendering" in row.added:
            data["kept"] = False
            if row.added["rendering"] == now.entry_name:
                data["rendering"] = ""
        for name in ("forms", "forbidden"):
            data[name] = "\n".join([*terms.lines(kept[name]), *terms.lines(row.added.get(name, ""))])
        row.form = TermUseForm(now, data, instance=use)
        if not row.form.is_valid():
            row.kind, row.reason = Kind.REFUSED, " ".join(str(one) for some in row.form.errors.values() for one in some)
        elif self._overwrites(row, kept):
            row.kind, row.choices = Kind.CONFLICT, (Choice.KEEP, Choice.TAKE)
        else:
            row.kind = Kind.CHANGED if now.approved else Kind.NEW
            row.choices, row.chosen = (Choice.KEEP, Choice.TAKE), Choice.TAKE

    def _added(self, wording: Wording, now: terms.Name, kept: Mapping[str, Any]) -> dict[str, str]:
        accepted = {_same(word) for word in now.accepted}
        avoided = {_same(word) for word in now.forbidden}
        added = {
            "forms": "\n".join(word for word in wording.admitted if _same(word) not in accepted),
            "forbidden": "\n".join(word for word in wording.avoided if _same(word) not in avoided),
        }
        if _plain(wording.preferred) != _plain(now.approved):
            added["rendering"] = wording.preferred
        if _plain(wording.note) != _plain(kept["note"]):
            added["note"] = wording.note
        return {name: text for name, text in added.items() if text}

    def _overwrites(self, row: Row, kept: Mapping[str, Any]) -> bool:
        here = {"rendering": row.now.approved or kept["kept"], "note": kept["note"]}
        return any(name in row.added and here[name] for name in here)


def _plain(word: str) -> str:
    """As a file can say it."""
    return " ".join(xml_text(word).split())


def _same(word: str) -> str:
    return _plain(word).casefold()


def plan(entries: Iterable[Entry], locale: Locale, user: Any) -> list[Row]:
    planning = _Planning(locale, user)
    rows = [planning.row(number, entry) for number, entry in enumerate(entries)]
    _refuse_twice(rows)
    return rows


def _refuse_twice(rows: Iterable[Row]) -> None:
    by_notion: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        if row.notion and row.kind != Kind.EMPTY:
            by_notion[row.notion.key].append(row)
    for same in by_notion.values():
        if len(same) > 1:
            lines = named_lines([row.entry.line for row in same])
            for row in same:
                row.kind, row.choices, row.chosen = Kind.REFUSED, (), None
                row.reason = _("It stands in the file more than once, translated differently: lines %(lines)s.") % {
                    "lines": lines
                }


@transaction.atomic
def apply(entries: Iterable[Entry], locale: Locale, user: Any, decisions: Mapping[int, Decision]) -> Outcome:
    """Write what was chosen. What changed since it was shown stays, and is looked at again."""
    list(TermUse.objects.select_for_update().filter(locale=locale).values_list("pk"))
    outcome = Outcome()
    for row in plan(entries, locale, user):
        choice, seen = decisions.get(row.number, ("", ""))
        if not row.choices:
            continue
        if choice not in row.choices:
            outcome.undecided += 1
        elif choice == Choice.KEEP:
            outcome.kept += 1
        elif seen != row.seen or row.form is None or not _saved(row.form, user):
            outcome.changed_meanwhile += 1
        else:
            outcome.written += 1
    return outcome


def _saved(form: TermUseForm, user: Any) -> bool:
    try:
        with transaction.atomic():
            save(form, user)
    except IntegrityError:  # somebody else has begun a row of this term just now
        return False
    return True
