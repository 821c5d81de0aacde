"""TBX: the terms of the glossary for the term bases of other tools."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from django.conf import settings
from django.utils.translation import gettext as _

from portal.xml_text import xml_text
from translation.terms import Name, Notion

from . import safe_xml

WHOLE = frozenset({"term", "descrip", "note", "p"})
PREFERRED, ADMITTED, AVOIDED = "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"


def write(notions: Iterable[Notion], main_language: str) -> bytes:
    """One entry for each notion, with every language that has a name for it."""
    root = Element("martif", {"type": "TBX-Basic", "xml:lang": main_language})
    described = SubElement(SubElement(root, "martifHeader"), "fileDesc")
    SubElement(SubElement(described, "sourceDesc"), "p").text = _("Glossary of %(site)s") % {"site": settings.SITE_NAME}
    body = SubElement(SubElement(root, "text"), "body")
    for notion in notions:
        named = {code: name for code, name in notion.names.items() if name.approved or name.forbidden}
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
