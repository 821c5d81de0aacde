"""TBX: the terms of the glossary for the term bases of other tools, and what such a base has for ours."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element, SubElement

from django.conf import settings
from django.utils.translation import gettext as _

from portal.xml_text import xml_text
from translation.terms import Name, Notion

from . import safe_xml
from .units import MOST_UNITS, FileRefused

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
OWN_ID = re.compile(r"c[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
WHOLE = frozenset({"term", "descrip", "note", "p"})
PREFERRED, ADMITTED, AVOIDED = "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"


def write(notions: Iterable[Notion], main_language: str, told: Collection[str]) -> bytes:
    """One entry for each notion, with every language that has a name for it; what translators alone are told, in the
    languages `told`."""
    root = Element("martif", {"type": "TBX-Basic", "xml:lang": main_language})
    described = SubElement(SubElement(root, "martifHeader"), "fileDesc")
    SubElement(SubElement(described, "sourceDesc"), "p").text = _("Glossary of %(site)s") % {"site": settings.SITE_NAME}
    body = SubElement(SubElement(root, "text"), "body")
    for notion in notions:
        names = {
            code: name if code in told else replace(name, forbidden=(), note="") for code, name in notion.names.items()
        }
        named = {code: name for code, name in names.items() if name.approved or name.forbidden}
        if not named:
            continue
        entry = SubElement(body, "termEntry", {"id": f"c{notion.key}"})
        for code, name in sorted(named.items()):
            _language(SubElement(entry, "langSet", {"xml:lang": code}), name)
    return safe_xml.written(root, WHOLE)


def _language(element: Element, name: Name) -> None:
    if name.meaning:
        SubElement(element, "descrip", {"type": "definition"}).text = xml_text(name.meaning)
    if name.note:
        SubElement(element, "note").text = xml_text(name.note)
    ranked = [(name.approved, PREFERRED), *((one, ADMITTED) for one in name.others)]
    for term, rank in [*ranked, *((one, AVOIDED) for one in name.forbidden)]:
        if term:
            tig = SubElement(element, "tig")
            SubElement(tig, "term").text = xml_text(term)
            SubElement(tig, "termNote", {"type": "administrativeStatus"}).text = rank


@dataclass
class Wording:
    """What an entry says of one language."""

    preferred: str = ""
    admitted: list[str] = field(default_factory=list)
    avoided: list[str] = field(default_factory=list)
    note: str = ""

    @property
    def terms(self) -> list[str]:
        return [term for term in (self.preferred, *self.admitted) if term]


@dataclass
class Entry:
    key: str  # the UUID of one of our terms; empty: the file is from elsewhere
    line: int
    languages: dict[str, Wording]


def read(data: bytes) -> list[Entry]:
    """TBX 2 and 3, whose elements have other names. An entry of one term without a status prefers that."""
    root = safe_xml.parse(data)
    if safe_xml.name(root) not in ("martif", "tbx"):
        raise FileRefused(_("This is not a TBX file."))
    elements = [one for one in root.iter() if safe_xml.name(one) in ("termEntry", "conceptEntry")]
    if not elements:
        raise FileRefused(_("There are no terms in the file."))
    if len(elements) > MOST_UNITS:
        numbers = {"found": len(elements), "most": MOST_UNITS}
        raise FileRefused(_("The file has %(found)d texts. At most %(most)d are read at once.") % numbers)
    return [_entry(element) for element in elements]


def _entry(element: Element) -> Entry:
    given = element.get("id", "")
    found = Entry(given[1:].lower() if OWN_ID.fullmatch(given) else "", safe_xml.line(element), {})
    for section in safe_xml.children(element, "langSet", "langSec"):
        code = (section.get(LANGUAGE) or section.get("lang") or "").lower().replace("_", "-")
        found.languages.setdefault(code, _wording(section))
    return found


def _wording(section: Element) -> Wording:
    found = Wording(note=_text(safe_xml.child(section, "note")))
    unranked: list[str] = []
    for group in safe_xml.children(section, "tig", "ntig", "termSec"):
        parts = [*group, *(part for inner in safe_xml.children(group, "termGrp") for part in inner)]
        term = " ".join(next((_text(one) for one in parts if safe_xml.name(one) == "term"), "").split())
        rank = next((_text(one) for one in parts if _says_status(one)), "")
        if not term:
            continue
        if rank.startswith(("deprecated", "superseded")):
            found.avoided.append(term)
        elif rank.startswith("preferred") and not found.preferred:
            found.preferred = term
        else:
            (found.admitted if rank else unranked).append(term)
    if unranked and not found.preferred:
        found.preferred = unranked.pop(0)
    found.admitted += unranked
    return found


def _says_status(element: Element) -> bool:
    if safe_xml.name(element) == "termNote":
        return element.get("type") == "administrativeStatus"
    return safe_xml.name(element) == "administrativeStatus"


def _text(element: Element | None) -> str:
    lines = "".join(element.itertext()).splitlines() if element is not None else []
    return "\n".join(" ".join(line.split()) for line in lines).strip()
