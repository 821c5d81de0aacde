"""The PO files of the content: one beside each page file, one for each vocabulary and for the glossary."""

from collections.abc import Iterable
from pathlib import Path

import polib

from .files import Record
from .segments import Segment

HEADER = {
    "Project-Id-Version": "DIY policing",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
}
SLUG = "X-Slug"


def catalogue_path(record: Record, root: Path, language: str) -> Path:
    """`en/patterns/diy-justice.yaml` is translated in `fr/patterns/diy-justice.po`."""
    inside = record.path.relative_to(root / record.language)
    return root / language / inside.with_suffix(".po")


def read_catalogue(path: Path) -> polib.POFile:
    return polib.pofile(str(path), wrapwidth=78, check_for_duplicates=True)


class Messages:
    """Looks up translations; an entry with a context holds for that place only."""

    def __init__(self, catalogue: polib.POFile) -> None:
        self.catalogue = catalogue
        self.entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}

    def entry(self, segment: Segment, place: str) -> polib.POEntry | None:
        return self.entries.get((place, segment.text)) or self.entries.get((None, segment.text))

    def text(self, segment: Segment, place: str) -> str:
        """The translation, or nothing: a fuzzy one is not used."""
        entry = self.entry(segment, place)
        return entry.msgstr if entry and not entry.fuzzy else ""


def updated_catalogue(segments: Iterable[tuple[str, Segment]], language: str, old: polib.POFile | None) -> polib.POFile:
    """A catalogue of `segments`, each with its place, that keeps the translations of `old`."""
    catalogue = polib.POFile(wrapwidth=78)
    catalogue.metadata = {**HEADER, "Language": language}
    if old is not None and SLUG in old.metadata:
        catalogue.metadata[SLUG] = old.metadata[SLUG]
    kept = Messages(old) if old is not None else None
    made: dict[tuple[str | None, str], polib.POEntry] = {}
    for place, segment in segments:
        known = kept.entry(segment, place) if kept else None
        key = (known.msgctxt if known else None, segment.text)
        comment = f"{place} (at most {segment.limit} characters)" if segment.limit else place
        if key in made:
            if comment not in made[key].comment.splitlines():
                made[key].comment += f"\n{comment}"
            continue
        made[key] = entry = polib.POEntry(msgid=segment.text, msgctxt=key[0], comment=comment)
        if known:
            entry.msgstr, entry.flags, entry.tcomment = known.msgstr, known.flags, known.tcomment
        catalogue.append(entry)
    catalogue.extend(_vanished(old, made) if old is not None else [])
    return catalogue


def _vanished(old: polib.POFile, made: dict[tuple[str | None, str], polib.POEntry]) -> list[polib.POEntry]:
    """What was translated once and is not in the page any more, kept for whoever looks for it."""
    vanished = []
    for entry in old:
        if entry.msgstr and (entry.msgctxt, entry.msgid) not in made:
            vanished.append(polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, msgstr=entry.msgstr, obsolete=True))
    return vanished
