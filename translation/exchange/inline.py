"""Links and formatting within a text, as elements of XLIFF and back.

An element is named by its tag and a number: `b1` is the first bold passage, `a2` the link that wagtail-localize calls
so. Tools keep these names when they move an element, and often nothing else of it.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from bs4 import BeautifulSoup, NavigableString
from wagtail_localize.strings import INLINE_TAGS

from portal.xml_text import xml_text

from .safe_xml import name

NAMED = re.compile(r"([a-z]+)(\d+)")
PAIRED, ALONE = {"g", "pc"}, {"x", "ph"}
OPENS, CLOSES = {"bx", "sc"}, {"ex": "rid", "ec": "startRef"}
TRANSPARENT = {"mrk", "sub"}
BLANKS = re.compile(r"[ \t\r\n]+")


class Unreadable(Exception):
    """There is an element that stands for nothing of the original."""


@dataclass(frozen=True)
class Style:
    """How one version of XLIFF writes an element around text, and one without."""

    around: str
    alone: str
    described: Callable[[str], dict[str, str]]


CTYPES = {"b": "bold", "i": "italic", "a": "link", "br": "lb"}
KINDS = {"b": ("fmt", "xlf:b"), "i": ("fmt", "xlf:i"), "br": ("fmt", "xlf:lb"), "a": ("link", "")}


def _in_1(tag: str) -> dict[str, str]:
    return {"ctype": CTYPES.get(tag, f"x-html-{tag}")}


def _in_2(tag: str) -> dict[str, str]:
    kind, detail = KINDS.get(tag, ("fmt", f"html:{tag}"))
    return {"type": kind, "subType": detail} if detail else {"type": kind}


XLIFF_1 = Style("g", "x", _in_1)
XLIFF_2 = Style("pc", "ph", _in_2)


def put(element: Element, html: str, style: Style) -> None:
    """Write the text `html` into `element`."""
    _put(element, BeautifulSoup(html, "html.parser"), style, Counter())


def _put(element: Element, nodes: Any, style: Style, counted: Counter[str]) -> None:
    last: Element | None = None
    for node in nodes.children:
        if isinstance(node, NavigableString):
            text = xml_text(str(node))
            if last is None:
                element.text = (element.text or "") + text
            else:
                last.tail = (last.tail or "") + text
            continue
        lone = node.name == "br"
        attributes = {"id": _number(node, counted), **style.described(node.name)}
        last = SubElement(element, style.alone if lone else style.around, attributes)
        _put(last, node, style, counted)


def _number(node: Any, counted: Counter[str]) -> str:
    if node.name == "a":
        own = str(node.get("id", "a0"))
        return own if NAMED.fullmatch(own) else f"a:{own}"
    counted[node.name] += 1
    return f"{node.name}{counted[node.name]}"


def html(element: Element | None) -> str:
    """The text within `element`, as it is kept here."""
    if element is None:
        return ""
    parts = [escape(element.text or "", quote=False)]
    for one in element:
        parts += [_tag(one), escape(one.tail or "", quote=False)]
    return "".join(parts)


def _tag(element: Element) -> str:
    kind = name(element)
    if kind in TRANSPARENT:
        return html(element)
    if kind in CLOSES:
        opened = element.get(CLOSES[kind]) or element.get("id") or ""
        return f"</{_opened(opened)[0]}>"
    if kind not in PAIRED | ALONE | OPENS:
        raise Unreadable(kind)
    tag, attributes = _opened(element.get("id") or "")
    if kind in ALONE and tag == "br":
        return "<br/>"
    begins = f"<{tag}{attributes}>"
    return begins if kind in OPENS else f"{begins}{html(element)}</{tag}>"


def _opened(number: str) -> tuple[str, str]:
    if number.startswith("a:"):
        return "a", f' id="{escape(number[2:])}"'
    match = NAMED.fullmatch(number)
    if match is None or match[1] not in INLINE_TAGS:
        raise Unreadable(number)
    tag = match[1]
    return tag, f' id="{number}"' if tag == "a" and number != "a0" else ""


def normal(text: str) -> str:
    """For comparing: without what differs between two ways to write the same HTML."""
    if "<" in text or "&" in text or ">" in text:
        text = str(BeautifulSoup(text, "html.parser"))
    return BLANKS.sub(" ", xml_text(text)).strip(" ")
