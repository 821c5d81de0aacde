"""PO files, as gettext and the editors for it know them."""

import codecs
import datetime
import re
import tempfile
from collections.abc import Iterable
from itertools import count
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import gettext as _

from .units import Document, FileRefused, Progress, Unit

KEY = "X-WagtailLocalize-TranslationID"
EXPORTED = "X-Exported-At"
STATE = "portal-state: "
DECLARED = re.compile(rb"charset=([\w.:-]+)", re.I)
CHARSETS = re.compile(r"utf-8|utf-16|ascii|iso8859-\d+|cp125\d|koi8-[ru]|mac-\w+")
QUOTED = re.compile(r'(?:#~\s*)?(?:#\|\s*)?(?:msg\w+(?:\[\d+\])?\s*)?"(?:[^"\\]|\\.)*"')
OUGHT_TO_BE_QUOTED = re.compile(r'(?:#~\s*)?(?:#\|\s*)?(?:msg(?:id|str|ctxt)|")')


def write(document: Document) -> bytes:
    exported = document.exported_at or datetime.datetime.now(datetime.UTC)
    clock = f"{exported.astimezone(datetime.UTC):%Y-%m-%d %H:%M+0000}"
    po = polib.POFile(wrapwidth=0)
    po.header = "\n".join(line for line in (_flat(document.title), document.url) if line)
    po.metadata = {
        "Project-Id-Version": settings.SITE_NAME,
        "POT-Creation-Date": clock,
        "PO-Revision-Date": clock,
        "Last-Translator": settings.SITE_NAME,
        "Language-Team": document.language,
        "Language": document.language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        KEY: document.key,
        "X-Source-Language": document.source_language,
        EXPORTED: exported.isoformat(),
    }
    po.extend(_entry(unit, document.url) for unit in document.units)
    return str(po).encode()


def _entry(unit: Unit, url: str) -> polib.POEntry:
    notes = [unit.label, *unit.notes]
    if unit.max_length:
        notes.append(_("At most %(number)d characters.") % {"number": unit.max_length})
    return polib.POEntry(
        msgctxt=unit.path,
        msgid=unit.source,
        msgstr=unit.text,
        previous_msgid=unit.previous or None,
        comment="\n".join([*(_flat(note) for note in notes if note), STATE + unit.token]),
        occurrences=[(url, "")] if url else [],
        flags=["fuzzy"] if unit.progress == Progress.TO_REVISE else [],
    )


def _flat(text: str) -> str:
    return " ".join(text.split())


def read(data: bytes) -> Document:
    text = decoded(data)
    _check_lines(text)
    # polib takes a string for a path where such a file exists, and breaks lines where PO does not.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "upload.po")
        path.write_text(text, encoding="utf-8", newline="\n")
        try:
            po = polib.pofile(str(path), encoding="utf-8")
        except (OSError, ValueError, LookupError, AttributeError, TypeError) as error:
            raise _not_po(re.search(r"line (\d+)", str(error))) from error
    if not po and not po.metadata:
        raise FileRefused(_("This is not a PO file: it has no texts."))
    return Document(
        key=po.metadata.get(KEY, ""),
        language=po.metadata.get("Language", ""),
        source_language=po.metadata.get("X-Source-Language", ""),
        exported_at=moment(po.metadata.get(EXPORTED, "")) or moment(po.metadata.get("POT-Creation-Date", "")),
        units=[_unit(entry) for entry in po if entry.msgid and not entry.obsolete],
    )


def _unit(entry: polib.POEntry) -> Unit:
    progress = Progress.TO_REVISE if entry.fuzzy else Progress.WRITTEN
    state = next((line for line in entry.comment.splitlines() if line.startswith(STATE)), "")
    return Unit(
        path=entry.msgctxt or "",
        source=entry.msgid,
        text=entry.msgstr,
        progress=progress if entry.msgstr else Progress.EMPTY,
        token=state.removeprefix(STATE).strip(),
        line=entry.linenum or 0,
        fault=_("Texts with plural forms are not used here.") if entry.msgid_plural else "",
    )


def decoded(data: bytes) -> str:
    """The text of the file, in UTF-8 unless it says otherwise."""
    if not data.strip():
        raise FileRefused(_("The file is empty."))
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    declared = DECLARED.search(data[:20_000])
    charset = "utf-16" if data.startswith(marks) else declared[1].decode("ascii", "replace") if declared else "utf-8"
    if charset.upper() == "CHARSET":  # what templates have in its place
        charset = "utf-8"
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        name = ""
    if not CHARSETS.fullmatch(name):
        raise FileRefused(_("The encoding “%(charset)s” is not known. Save the file as UTF-8.") % {"charset": charset})
    try:
        text = data.decode("utf-8-sig" if name == "utf-8" else name)
    except UnicodeDecodeError as error:
        text = _("The file is not a text in %(charset)s. Save it as UTF-8.") % {"charset": charset}
        raise FileRefused(text) from error
    if "\0" in text:
        raise FileRefused(_("This is not a text file."))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _check_lines(text: str) -> None:
    """polib takes a line without its end for a whole one."""
    for number, line in zip(count(1), _lines(text), strict=False):
        if OUGHT_TO_BE_QUOTED.match(line) and not QUOTED.fullmatch(line):
            problem = _("Line %(number)d is not complete. The file may have been cut off.") % {"number": number}
            raise FileRefused(problem)


def _lines(text: str) -> Iterable[str]:
    return (line.strip() for line in text.split("\n"))


def _not_po(found: re.Match[str] | None) -> FileRefused:
    if found:
        return FileRefused(_("This is not a PO file: line %(number)s cannot be read.") % {"number": found[1]})
    return FileRefused(_("This is not a PO file."))


def moment(text: str) -> datetime.datetime | None:
    """When something was, as PO files and ISO 8601 write it; nothing unless it says of which time zone."""
    for read_it in (datetime.datetime.fromisoformat, _gettext_time):
        try:
            found = read_it(text.strip())
        except ValueError:
            continue
        return found if found.tzinfo else None
    return None


def _gettext_time(text: str) -> datetime.datetime:
    return datetime.datetime.strptime(text, "%Y-%m-%d %H:%M%z")
