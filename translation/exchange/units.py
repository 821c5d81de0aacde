"""What all formats have in common: the texts of one translation, each with its original."""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum

LARGEST_FILE = 5 * 1024 * 1024
MOST_UNITS = 5_000  # the longest page has a few hundred


class FileRefused(Exception):
    """Why nothing of a file can be used, for the person who sent it."""


class Progress(StrEnum):
    """How far a text is, in the words that PO and XLIFF have for it."""

    EMPTY = "empty"
    TO_REVISE = "revise"
    WRITTEN = "written"
    FINAL = "final"


@dataclass(frozen=True)
class Unit:
    """One text. `source` and `text` are as wagtail-localize keeps them: inline HTML, links with an id only."""

    path: str
    source: str
    text: str = ""
    progress: Progress = Progress.EMPTY
    token: str = ""  # what `writing.token` said when the file was made; empty: the file does not say
    label: str = ""
    notes: tuple[str, ...] = ()
    max_length: int | None = None
    previous: str = ""  # the earlier wording of the original, where it was changed
    line: int = 0
    fault: str = ""  # why this one cannot be read


@dataclass(frozen=True)
class Document:
    key: str = ""  # the UUID of the Translation; empty: the file does not say
    title: str = ""
    url: str = ""
    source_language: str = ""
    language: str = ""
    exported_at: datetime.datetime | None = None
    units: list[Unit] = field(default_factory=list)
