"""Reads the content files into records, without looking at the database."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from .kinds import ASKED, ASKED_FILE, KINDS, LISTS, Kind
from .problems import Place, Problem

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LIST_ONLY = {"type", "scheme", "ledger"}


@dataclass(eq=False)
class Record:
    """One page, term, organisation or other entry of the files."""

    kind: Kind
    code: str
    language: str
    data: dict[str, Any]
    file: str
    path: Path
    checksum: str
    where: tuple[str, ...] = ()  # leads to the record in a file that holds many
    ledger: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str, str]:
        return self.kind.type, self.full_code, self.language

    @property
    def full_code(self) -> str:
        """Unique among the records of its type."""
        return f"{self.data['scheme']}/{self.code}" if self.kind.type == "term" else self.code

    @cached_property
    def parent(self) -> str:
        if self.kind.type == "standard" and self.code == "about":
            return str(self.data.get("parent", "home"))
        return str(self.data.get("parent", self.kind.parent))

    def place(self, found: list[Problem]) -> Place:
        return Place(self.file, found, self.where)


def read_records(root: Path, found: list[Problem]) -> list[Record]:
    """All records below `root`, in the order of their files; what cannot be read goes to `found`."""
    records: list[Record] = []
    for language, _name in settings.LANGUAGES:
        for path in sorted((root / language).rglob("*.yaml")):
            records += _read_file(path, root, language, found)
    _check_unique(records, found)
    return records


def _read_file(path: Path, root: Path, language: str, found: list[Problem]) -> Iterator[Record]:
    name = str(path.relative_to(root))
    place = Place(name, found)
    raw = path.read_bytes()
    try:
        data = yaml.load(raw, Loader=Loader)  # noqa: S506 - both loaders are safe ones
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        place.complain(f"not readable as YAML: {error}")
        return
    if not isinstance(data, dict):
        place.complain("a file holds one mapping of field names to values")
        return
    checksum = hashlib.sha256(raw).hexdigest()
    file_type = data.get("type")
    if file_type in LISTS:
        yield from _read_list(data, name, path, language, checksum, place)
    elif file_type in KINDS:
        code = data.get("code")
        if code != path.stem:
            place.at("code").complain(f"must be the name of the file, “{path.stem}”, not “{code}”")
            return
        yield Record(KINDS[file_type], code, language, data, name, path, checksum, ledger=data.get("ledger") or [])
    elif file_type == ASKED:  # holds no records
        if path != root / language / ASKED_FILE:
            place.at("type").complain(f"a file of this type is {language}/{ASKED_FILE}")
    else:
        place.at("type").complain(f"“{file_type}” is not a known type")


def _read_list(
    data: dict[str, Any], name: str, path: Path, language: str, checksum: str, place: Place
) -> Iterator[Record]:
    row_type, key = LISTS[data["type"]]
    for unknown in set(data) - LIST_ONLY - {key}:
        place.at(str(unknown)).complain("not a known field")
    if row_type == "term" and data.get("scheme") != path.stem:
        place.at("scheme").complain(f"must be the name of the file, “{path.stem}”")
        return
    for order, entry in enumerate(data.get(key) or []):
        if not isinstance(entry, dict) or not isinstance(entry.get("code"), str):
            place.at(f"{key} {order + 1}").complain("an entry needs a code")
            continue
        row = {"scheme": data["scheme"], "order": order, **entry} if row_type == "term" else entry
        yield Record(
            KINDS[row_type],
            entry["code"],
            language,
            row,
            name,
            path,
            checksum,
            where=(entry["code"],),
            ledger=(data.get("ledger") or []) if order == 0 else [],
        )


def _check_unique(records: list[Record], found: list[Problem]) -> None:
    """Pages refer to each other by code alone, so a code names one page over all types and languages."""
    seen: dict[tuple[str, str], Record] = {}
    for record in records:
        key = ("page" if record.kind.is_page else record.kind.type, record.full_code)
        if key in seen:
            record.place(found).at("code").complain(f"“{record.code}” is already the code of {seen[key].file}")
        seen.setdefault(key, record)
