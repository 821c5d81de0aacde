"""Loads the content files into the site: all of them, or none if one is broken.

What was loaded once, or was on the site before, is left alone. So loading again changes nothing, edits made on the
site are kept, and what was deleted there stays deleted.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from portal.models import Term

from .files import Record, read_records
from .indexing import indexed_at_the_end
from .kinds import KINDS
from .models import LoadedRecord
from .pages import PageWriter, in_tree_order
from .problems import BrokenContent, Problem
from .references import References
from .rows import ORDER, create_row, link_row
from .site import create_locales, point_site_at, remove_welcome_page
from .values import read_values

Say = Callable[[str], None]


@dataclass
class Plan:
    """What the files ask for, and what of it is new on this site."""

    records: list[Record]
    references: References
    new: list[Record]
    notices: list[str] = field(default_factory=list)


def load(root: Path, *, check: bool = False, say: Say = lambda text: None) -> list[str]:
    """Load what is new below `root`; returns notices. Raises BrokenContent, and then nothing was loaded."""
    plan = make_plan(root)
    if not plan.new and not check:
        say("Nothing new to load.")
        return plan.notices
    with transaction.atomic(), indexed_at_the_end(say):
        _write(plan, say)
        if check:
            transaction.set_rollback(True)
    return plan.notices


def make_plan(root: Path) -> Plan:
    found: list[Problem] = []
    records = read_records(root, found)
    references = References(records)
    references.read_database()
    for record in records:
        read_values(record, references, found)
    found += _unknown_parents(records, references)
    if found:
        raise BrokenContent(found)
    plan = Plan(records, references, new=[])
    _choose_new(plan)
    return plan


def _unknown_parents(records: list[Record], references: References) -> list[Problem]:
    found: list[Problem] = []
    for record in records:
        if record.kind.is_page and record.parent != "root":
            references.page(record.parent, "wagtailcore.Page", record.place(found).at("parent"))
    return found


def _choose_new(plan: Plan) -> None:
    """New is what was never loaded and is not on the site."""
    loaded = set(LoadedRecord.objects.values_list("type", "code", "language"))
    there = _present(plan.references)
    plan.new = [r for r in plan.records if r.key not in loaded and (r.kind.type, r.full_code) not in there]


def _present(references: References) -> set[tuple[str, str]]:
    """Types and codes of what the site has, whoever made it."""
    types = {kind.model_label: kind.type for kind in KINDS.values()}
    pages = {(types[label], code) for code, (label, pk) in references.pages.items() if pk}
    rows = {(types[label], code) for label, codes in references.rows.items() for code, pk in codes.items() if pk}
    terms = {("term", f"{scheme}/{code}") for scheme, code in Term.objects.values_list("scheme", "code")}
    return pages | rows | terms


def _write(plan: Plan, say: Say) -> None:
    found: list[Problem] = []
    locales = create_locales()
    root = remove_welcome_page()
    rows = sorted((r for r in plan.new if not r.kind.is_page), key=lambda r: ORDER.index(r.kind.type))
    say(f"Vocabularies, organisations, people: {len(rows)} entries")
    for record in rows:
        create_row(record, locales, plan.references, found)
    writer = PageWriter(root, locales, plan.references, found)
    pages = [r for r in in_tree_order(r for r in plan.new if r.kind.is_page) if writer.add_original(r)]
    plan.notices += writer.notices
    plan.references.complete = True
    if home := writer.page("home", "en"):
        point_site_at(home)
    for record in rows:
        link_row(record, locales, plan.references, found)
    for record in pages:
        writer.fill(record)
    for record in pages:
        writer.check(record)
    if found:
        raise BrokenContent(list(dict.fromkeys(found)))
    for number, record in enumerate(pages, 1):
        writer.publish(record)
        if number % 20 == 0 or number == len(pages):
            say(f"Pages: {number} of {len(pages)} published")
    LoadedRecord.objects.bulk_create(
        LoadedRecord(type=r.kind.type, code=r.full_code, language=r.language, checksum=r.checksum)
        for r in [*rows, *pages]
    )
