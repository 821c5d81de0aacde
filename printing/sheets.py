"""A page on A4: everything it says, and where it stands."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.addresses import address
from portal.cards import MAX_STARS, card
from portal.languages import language_name
from portal.models import KnowledgePage
from portal.square_codes import square_code

from . import drawings, engine, paper
from .pictures import picture


def data(page: KnowledgePage, request: HttpRequest) -> dict[str, Any]:
    """What the sheet says, in the page's own language."""
    language = page.locale.language_code
    url = request.build_absolute_uri(address(page, language))
    with translation.override(language):
        return {
            "title": page.title,
            "author": _("DIY policing: a field guide"),
            "lang": language,
            "address": url,
            "code": square_code(url),
            "code-text": _("Square code with the address %(address)s") % {"address": url},
            "foot": _foot(page),
            "blocks": paper.blocks_of(served(page, request), url, picture),
            **_drawn(page, language),
        }


def served(page: KnowledgePage, request: HttpRequest) -> str:
    """The page as its own address would give it to this reader."""
    response = page.serve(request)
    if isinstance(response, TemplateResponse):
        response.render()
    return str(response.content.decode())


def made(page: KnowledgePage, said: dict[str, Any]) -> bytes:
    return engine.pdf("sheet", said, page.last_published_at)


def _foot(page: KnowledgePage) -> str:
    day = date_format(page.last_published_at, "DATE_FORMAT") if page.last_published_at else ""
    parts = (getattr(page, "label", ""), language_name(page.locale.language_code), day, "CC BY 4.0")
    return ", ".join(part for part in parts if part)


def _drawn(page: KnowledgePage, language: str) -> dict[str, Any]:
    shown = card(page, language)
    is_rated = shown.confidence is not None
    words = _("Confidence: %(stars)d of %(most)d stars") % {"stars": shown.confidence or 0, "most": MAX_STARS}
    return {
        "group": shown.group,
        "tab": shown.group_label,
        "number": shown.number,
        "diagram": drawings.diagram(shown.diagram, shown.group),
        "diagram-text": getattr(page, "diagram_text", "") or page.title,
        "stars": drawings.stars(shown.confidence or 0, MAX_STARS, shown.group) if is_rated else "",
        "stars-text": words,
    }
