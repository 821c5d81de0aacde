"""Reading XML that strangers may have made, and writing it so that every tool can read it."""

from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError
from django.utils.translation import gettext as _

from .units import FileRefused

DEEPEST = 60
MOST_ELEMENTS = 200_000
LINE = "line-in-file"


class _TooMuch(Exception):
    pass


class _Bounded(TreeBuilder):
    """Says in which line each element begins, and gives up on files that were made to exhaust whoever reads them."""

    parser: Any = None
    depth = elements = 0

    def start(self, tag: Any, attrs: Any) -> Element:
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST or self.elements > MOST_ELEMENTS:
            raise _TooMuch
        return super().start(tag, {**attrs, LINE: str(self.parser.CurrentLineNumber)})

    def end(self, tag: Any) -> Element:
        self.depth -= 1
        return super().end(tag)


def parse(data: bytes) -> Element:
    """The root of the document. A DOCTYPE is passed over, as TMX files have one; entities of its own are refused."""
    if not data.strip():
        raise FileRefused(_("The file is empty."))
    builder = _Bounded()
    parser = DefusedXMLParser(target=builder)
    builder.parser = parser.parser
    try:
        parser.feed(data)
        return parser.close()
    except DefusedXmlException as error:
        raise FileRefused(_("The file defines or fetches something else (entities). That is not read here.")) from error
    except _TooMuch as error:
        raise FileRefused(_("The file is nested too deeply or has too many parts.")) from error
    except ParseError as error:
        line = error.position[0] if error.position else 0
        raise FileRefused(_("This is not sound XML: see line %(number)d.") % {"number": line}) from error
    except (ValueError, LookupError, UnicodeError) as error:
        raise FileRefused(_("The encoding of the file is not known. Save it as UTF-8.")) from error


def line(element: Element) -> int:
    return int(element.get(LINE, "0"))


def name(element: Element) -> str:
    """Without the namespace: some tools leave it out, some change it."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> list[Element]:
    return [child for child in element if name(child) in names]


def child(element: Element, wanted: str) -> Element | None:
    return next(iter(children(element, wanted)), None)


def indent(element: Element, whole: frozenset[str], level: int = 0) -> None:
    """One line for each element, but nothing added inside those in `whole`, in which every space counts."""
    inner = "\n" + "  " * (level + 1)
    if element.tag in whole or not len(element):
        return
    element.text = inner
    for one in element:
        indent(one, whole, level + 1)
        one.tail = inner
    element[-1].tail = "\n" + "  " * level


def written(root: Element, whole: frozenset[str]) -> bytes:
    indent(root, whole)
    return tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
