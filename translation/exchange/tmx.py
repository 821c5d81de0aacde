"""TMX: pairs of texts, for the memory of another tool, and what such a tool knows for ours."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from bs4 import BeautifulSoup, NavigableString
from django.utils.translation import gettext as _

from portal.xml_text import xml_text

from . import safe_xml
from .units import FileRefused

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
CODES = {"bpt", "ept", "ph", "it"}
OWN_CODE = re.compile(r'</?(?:a|abbr|acronym|b|code|em|i|strong)(?: id="a\d+")?>|<br/?>')
MOST_PAIRS = 20_000


@dataclass(frozen=True)
class Pair:
    source: str
    text: str
    changed_at: datetime | None = None


def write(pairs: Iterable[Pair], source_language: str, language: str) -> Iterator[bytes]:
    """Piece by piece: a memory may be large."""
    yield b'<?xml version="1.0" encoding="utf-8"?>\n<tmx version="1.4">\n'
    about = {"creationtool": "portal", "creationtoolversion": "1", "segtype": "paragraph", "o-tmf": "html"}
    about |= {"adminlang": "en", "srclang": source_language, "datatype": "html"}
    yield tostring(Element("header", about), encoding="utf-8") + b"\n<body>\n"
    for pair in pairs:
        unit = Element("tu")
        if pair.changed_at:
            unit.set("changedate", f"{pair.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        for code, text in ((source_language, pair.source), (language, pair.text)):
            segment = SubElement(SubElement(unit, "tuv", {"xml:lang": code}), "seg")
            _put(_Segment(segment), BeautifulSoup(text, "html.parser"))
        yield tostring(unit, encoding="utf-8") + b"\n"
    yield b"</body>\n</tmx>\n"


class _Segment:
    def __init__(self, element: Element) -> None:
        self.element = element
        self.last: Element | None = None
        self.numbers = itertools.count(1)

    def say(self, text: str) -> None:
        if self.last is None:
            self.element.text = (self.element.text or "") + xml_text(text)
        else:
            self.last.tail = (self.last.tail or "") + xml_text(text)

    def code(self, name: str, html: str, number: int) -> None:
        attributes = {"x": str(number)} if name == "ph" else {"i": str(number)}
        self.last = SubElement(self.element, name, attributes)
        self.last.text = xml_text(html)


def _put(segment: _Segment, nodes: Any) -> None:
    for node in nodes.children:
        if isinstance(node, NavigableString):
            segment.say(str(node))
            continue
        number = next(segment.numbers)
        if node.name == "br":
            segment.code("ph", "<br/>", number)
            continue
        attributes = "".join(f' {key}="{escape(str(value))}"' for key, value in node.attrs.items())
        segment.code("bpt", f"<{node.name}{attributes}>", number)
        _put(segment, node)
        segment.code("ept", f"</{node.name}>", number)


def read(data: bytes, source_language: str, language: str) -> list[Pair]:
    """The pairs of these two languages, each once. Marks of other tools are left out, the text within them is not."""
    root = safe_xml.parse(data)
    if safe_xml.name(root) != "tmx":
        raise FileRefused(_("This is not a TMX file."))
    found: dict[tuple[str, str], Pair] = {}
    for unit in root.iter():
        if safe_xml.name(unit) == "tu":
            for pair in _pairs(unit, source_language, language):
                found.setdefault((pair.source, pair.text), pair)
    if len(found) > MOST_PAIRS:
        numbers = {"found": len(found), "most": MOST_PAIRS}
        raise FileRefused(_("The file has %(found)d texts. At most %(most)d are read at once.") % numbers)
    if not found:
        raise FileRefused(_("The file has no texts in both languages."))
    return list(found.values())


def _pairs(unit: Element, source_language: str, language: str) -> Iterator[Pair]:
    texts: dict[str, str] = {}
    for variant in safe_xml.children(unit, "tuv"):
        segment = safe_xml.child(variant, "seg")
        code = (variant.get(LANGUAGE) or variant.get("lang") or "").lower().replace("_", "-")
        text = "" if segment is None else " ".join(_html(segment).split())
        for wanted in (source_language, language):
            if text and (code == wanted or code.split("-")[0] == wanted):
                texts.setdefault(wanted, text)
    if len(texts) == 2:
        yield Pair(texts[source_language], texts[language])


def _html(element: Element) -> str:
    parts = [escape(element.text or "", quote=False)]
    for one in element:
        kind = safe_xml.name(one)
        if kind in CODES:
            code = unescape("".join(one.itertext())).strip()
            parts.append(code if OWN_CODE.fullmatch(code) else "")
        elif kind in ("hi", "sub", "ut"):
            parts.append("" if kind == "ut" else _html(one))
        parts.append(escape(one.tail or "", quote=False))
    return "".join(parts)
