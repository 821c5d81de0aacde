"""Writes the PO files that translators fill, from the originals on the site."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from wagtail.models import TranslatableMixin

from .catalogues import catalogue_path, read_catalogue, updated_catalogue
from .files import Record, read_records
from .problems import BrokenContent, Problem
from .references import original_of
from .segments import Segment, count_words, segments_of


@dataclass(frozen=True)
class Written:
    path: Path
    messages: int
    words: int
    missing_words: int


def write_messages(root: Path, language: str, names: Iterable[str] = ()) -> list[Written]:
    """Write or update the catalogues of `language`: all, or those of the files or pages in `names`."""
    found: list[Problem] = []
    records = read_records(root, found)
    if found:
        raise BrokenContent(found)
    chosen = set(names)
    by_file: dict[Path, list[Record]] = {}
    for record in records:
        if record.language != language and issubclass(record.kind.model, TranslatableMixin):
            by_file.setdefault(catalogue_path(record, root, language), []).append(record)
    unknown = chosen - {path.stem for path in by_file}
    if unknown:
        raise BrokenContent([Problem(name, "code", "no file to translate has this name") for name in sorted(unknown)])
    return [_write(path, rows, language) for path, rows in by_file.items() if not chosen or path.stem in chosen]


def _write(path: Path, records: list[Record], language: str) -> Written:
    segments = [pair for record in records for pair in placed_segments(record)]
    catalogue = updated_catalogue(segments, language, read_catalogue(path) if path.exists() else None)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    current = [entry for entry in catalogue if not entry.obsolete]
    missing = [entry for entry in current if not entry.translated()]
    return Written(path, len(current), _words(current), _words(missing))


def _words(entries: Iterable) -> int:
    return sum(count_words(entry.msgid) for entry in entries)


def placed_segments(record: Record) -> list[tuple[str, Segment]]:
    """The segments of a record with their place; in a file of many records the code comes first."""
    instance = original_of(record)
    if instance is None:
        return []
    prefix = f"{record.code} > " if record.where else ""
    return [(prefix + segment.place, segment) for segment in segments_of(instance)]
