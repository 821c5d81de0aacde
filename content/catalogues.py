"""The PO files of the content: one beside each page file, one for each vocabulary and for the glossary."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib
from wagtail_localize.strings import StringValue

from .files import Record
from .problems import Place
from .segments import Segment

HEADER = {
    "Project-Id-Version": "DIY policing",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
}
SLUG = "X-Slug"
TYPOGRAPHY = str.maketrans("‘’“”–—\u00a0", "''\"\"-- ")
LINK = re.compile(r'<a id="([^"]*)">')


def catalogue_path(record: Record, root: Path, language: str) -> Path:
    """`en/patterns/diy-justice.yaml` is translated in `fr/patterns/diy-justice.po`."""
    inside = record.path.relative_to(root / record.language)
    return root / language / inside.with_suffix(".po")


def read_catalogue(path: Path) -> polib.POFile:
    return polib.pofile(str(path), wrapwidth=78, check_for_duplicates=True)


def check_catalogue(catalogue: polib.POFile, language: str, place: Place) -> None:
    """What would break a page: markup that is not the original's, links that got lost."""
    if catalogue.metadata.get("Language") != language:
        place.at("Language").complain(f"the header must name the language of the folder, {language}")
    for entry in catalogue:
        if entry.msgstr and not entry.obsolete and not entry.fuzzy:
            here = place.at(entry.comment.splitlines()[0] if entry.comment else entry.msgid[:40])
            for fault in markup_faults(entry.msgid, entry.msgstr):
                here.complain(fault)


def markup_faults(original: str, translation: str) -> Iterator[str]:
    try:
        StringValue.from_translated_html(translation)
    except ValueError as error:
        yield str(error)
    lost = sorted(set(LINK.findall(original)) ^ set(LINK.findall(translation)))
    if lost:
        yield f"keep each link of the original, and no other: {', '.join(lost)}"
    for tag in ("a", "b", "i"):
        if len(re.findall(rf"<{tag}[ >]", translation)) != translation.count(f"</{tag}>"):
            yield f"<{tag}> is opened and closed unequally often"


class Messages:
    """Looks up translations; an entry with a context holds for that place only."""

    def __init__(self, catalogue: polib.POFile) -> None:
        self.catalogue = catalogue
        self.entries: dict[tuple[str | None, str], polib.POEntry] = {
            (entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete
        }

    def entry(self, segment: Segment, place: str) -> polib.POEntry | None:
        return self.entries.get((place, segment.text)) or self.entries.get((None, segment.text))

    def text(self, segment: Segment, place: str) -> str:
        """The translation, or nothing: a fuzzy one is not used."""
        entry = self.entry(segment, place)
        return entry.msgstr if entry and not entry.fuzzy else ""

    @property
    def slug(self) -> str:
        return self.catalogue.metadata.get(SLUG, "").strip()

    @property
    def empty(self) -> bool:
        return not any(entry.translated() for entry in self.entries.values())


def updated_catalogue(segments: Iterable[tuple[str, Segment]], language: str, old: polib.POFile | None) -> polib.POFile:
    """A catalogue of `segments`, each with its place, that keeps the translations of `old`."""
    catalogue = polib.POFile(wrapwidth=78)
    catalogue.metadata = {**HEADER, "Language": language}
    if old is not None and SLUG in old.metadata:
        catalogue.metadata[SLUG] = old.metadata[SLUG]
    kept = Messages(old) if old is not None else None
    retyped = {plain(entry.msgid): entry for entry in old or [] if entry.msgstr}
    made: dict[tuple[str | None, str], polib.POEntry] = {}
    for place, segment in segments:
        known = (kept.entry(segment, place) if kept else None) or retyped.get(plain(segment.text))
        key = (known.msgctxt if known else None, segment.text)
        comment = place + segment.comment
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


def plain(text: str) -> str:
    """Text without what a typist changes and a translator need not see: kinds of quotes, dashes and spaces."""
    return " ".join(text.translate(TYPOGRAPHY).split())


def _vanished(old: polib.POFile, made: dict[tuple[str | None, str], polib.POEntry]) -> list[polib.POEntry]:
    """What was translated once and is not in the page any more, kept for whoever looks for it."""
    vanished = []
    current = {plain(text) for _context, text in made}
    for entry in old:
        if entry.msgstr and plain(entry.msgid) not in current:
            vanished.append(polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, msgstr=entry.msgstr, obsolete=True))
    return vanished
