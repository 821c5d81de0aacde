"""XLIFF 1.2, which most tools read, and 2.0 and 2.1, which are read and written alike."""

import datetime
import hashlib
from xml.etree.ElementTree import Element, SubElement

from django.utils.translation import gettext as _

from portal.xml_text import xml_text

from . import inline, safe_xml
from .po import moment
from .units import Document, FileRefused, Progress, Unit

NAMESPACE_1 = "urn:oasis:names:tc:xliff:document:1.2"
NAMESPACE_2 = "urn:oasis:names:tc:xliff:document:2.0"
OURS = "urn:x-portal:translation"
TOKEN, EXPORTED = f"{{{OURS}}}token", f"{{{OURS}}}exported"
STATES_1 = {Progress.TO_REVISE: "needs-review-translation", Progress.WRITTEN: "translated", Progress.FINAL: "final"}
STATES_2 = {Progress.TO_REVISE: "initial", Progress.WRITTEN: "translated", Progress.FINAL: "final"}
WHOLE = frozenset({"source", "target", "note"})


def write(document: Document, version: str = "1.2") -> bytes:
    return _write_1(document) if version == "1.2" else _write_2(document, version)


def _exported(document: Document) -> str:
    return (document.exported_at or datetime.datetime.now(datetime.UTC)).isoformat()


def _write_1(document: Document) -> bytes:
    root = Element("xliff", {"version": "1.2", "xmlns": NAMESPACE_1, "xmlns:portal": OURS})
    about = {"original": document.key, "source-language": document.source_language, "datatype": "html"}
    about |= {"target-language": document.language, "date": _exported(document)}
    file = SubElement(root, "file", about)
    header = SubElement(file, "header")
    if document.url:
        SubElement(SubElement(header, "reference"), "external-file", {"href": document.url})
    SubElement(header, "note").text = xml_text(document.title)
    body = SubElement(file, "body")
    for unit in document.units:
        _unit_1(body, unit)
    return safe_xml.written(root, WHOLE)


def _unit_1(body: Element, unit: Unit) -> None:
    about = {"id": _id(unit), "resname": xml_text(unit.path), "xml:space": "preserve", "portal:token": unit.token}
    if unit.max_length:
        about |= {"maxwidth": str(unit.max_length), "size-unit": "char"}
    if unit.progress == Progress.FINAL:
        about["approved"] = "yes"
    element = SubElement(body, "trans-unit", about)
    inline.put(SubElement(element, "source"), unit.source, inline.XLIFF_1)
    if unit.text:
        inline.put(SubElement(element, "target", {"state": STATES_1[unit.progress]}), unit.text, inline.XLIFF_1)
    for text in _notes(unit):
        SubElement(element, "note").text = xml_text(text)


def _write_2(document: Document, version: str) -> bytes:
    languages = {"srcLang": document.source_language, "trgLang": document.language}
    root = Element("xliff", {"version": version, "xmlns": NAMESPACE_2, "xmlns:portal": OURS, **languages})
    about = {"id": "f1", "original": document.key, "portal:exported": _exported(document)}
    file = SubElement(root, "file", about)
    notes = SubElement(file, "notes")
    for text in filter(None, [document.title, document.url]):
        SubElement(notes, "note").text = xml_text(text)
    for unit in document.units:
        _unit_2(file, unit)
    return safe_xml.written(root, WHOLE)


def _unit_2(file: Element, unit: Unit) -> None:
    about = {"id": _id(unit), "name": xml_text(unit.path), "portal:token": unit.token, "xml:space": "preserve"}
    element = SubElement(file, "unit", about)
    notes = SubElement(element, "notes") if _notes(unit) else element
    for text in _notes(unit):
        SubElement(notes, "note").text = xml_text(text)
    segment = SubElement(element, "segment", {"state": STATES_2.get(unit.progress, "initial")})
    inline.put(SubElement(segment, "source"), unit.source, inline.XLIFF_2)
    if unit.text:
        inline.put(SubElement(segment, "target"), unit.text, inline.XLIFF_2)


def _id(unit: Unit) -> str:
    return "u" + hashlib.sha256(f"{unit.path}\0{unit.source}".encode()).hexdigest()[:20]


def _notes(unit: Unit) -> list[str]:
    notes = [unit.label, *unit.notes]
    if unit.max_length:
        notes.append(_("At most %(number)d characters.") % {"number": unit.max_length})
    return [note for note in notes if note]


def read(data: bytes) -> Document:
    root = safe_xml.parse(data)
    version = root.get("version", "")
    if safe_xml.name(root) != "xliff" or version not in ("1.0", "1.1", "1.2", "2.0", "2.1", "2.2"):
        raise FileRefused(_("This is not an XLIFF file of version 1.2, 2.0 or 2.1."))
    files = safe_xml.children(root, "file")
    if len(files) != 1:
        raise FileRefused(_("The file holds %(number)d parts. Send one page at a time.") % {"number": len(files)})
    file = files[0]
    if version.startswith("1"):
        languages = file.get("source-language", ""), file.get("target-language", "")
        units, when = [_read_1(one) for one in _named(file, "trans-unit")], file.get("date", "")
    else:
        languages = root.get("srcLang", ""), root.get("trgLang", "")
        units, when = [_read_2(one) for one in _named(file, "unit")], file.get(EXPORTED, "")
    return Document(
        key=file.get("original", ""),
        source_language=languages[0],
        language=languages[1],
        exported_at=moment(when),
        units=units,
    )


def _named(file: Element, name: str) -> list[Element]:
    return [one for one in file.iter() if safe_xml.name(one) == name]


def _read_1(element: Element) -> Unit:
    target = safe_xml.child(element, "target")
    state = target.get("state", "") if target is not None else ""
    is_open = state.startswith("needs-") or state == "new"
    return _read(element, "resname", [safe_xml.child(element, "source")], [target], is_open)


def _read_2(element: Element) -> Unit:
    parts = safe_xml.children(element, "segment", "ignorable")
    sources = [safe_xml.child(part, "source") for part in parts]
    targets = [safe_xml.child(part, "target") for part in parts]
    segments = safe_xml.children(element, "segment")
    if any(safe_xml.child(one, "target") is None for one in segments):
        targets = []
    else:  # what stands between two sentences, most tools do not translate
        pairs = zip(targets, sources, strict=True)
        targets = [source if target is None else target for target, source in pairs]
    is_open = any(one.get("state", "translated") == "initial" for one in segments)
    return _read(element, "name", sources, targets, is_open)


def _read(
    element: Element, path: str, sources: list[Element | None], targets: list[Element | None], is_open: bool
) -> Unit:
    fault = ""
    try:
        source, text = ("".join(map(inline.html, parts)) for parts in (sources, targets))
    except inline.Unreadable as error:
        source, text = "".join(_plain(one) for one in sources), "".join(_plain(one) for one in targets)
        fault = _("There is an element that the original has not: %(name)s") % {"name": error}
    return Unit(
        path=element.get(path, ""),
        source=source,
        text=text,
        progress=Progress.EMPTY if not text else Progress.TO_REVISE if is_open else Progress.WRITTEN,
        token=element.get(TOKEN, ""),
        line=safe_xml.line(element),
        fault=fault,
    )


def _plain(element: Element | None) -> str:
    return "" if element is None else "".join(element.itertext())
