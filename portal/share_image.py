"""The picture that other sites show with a link: the page's card, drawn once and kept by what it says.

`share_fonts/` holds the site's fonts as the renderer reads them: Besley 560, Atkinson Hyperlegible Next at 400 and 640.
"""

from functools import cache
from pathlib import Path
from typing import Any

import resvg_py
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.safestring import mark_safe
from PIL import ImageFont
from wagtail.models import Page

from .cards import MAX_STARS, card
from .colours import ink, solid
from .models import KnowledgePage
from .querysets import visible
from .xml_text import xml_text

FONTS = Path(__file__).parent / "share_fonts"
SERIF, SANS, SANS_BOLD = "besley-560.ttf", "atkinson-next-regular.ttf", "atkinson-next-semibold.ttf"
SLOTS = {"act": 0, "tell": 1, "find": 2, "prevent": 3, "place": 3}
DESIGN = "1"  # counts up when the drawing changes, so that kept pictures are made anew


def share_image(request: HttpRequest, pk: int) -> HttpResponse:
    page = visible(Page.objects.filter(pk=pk)).select_related("locale").first()
    specific = page.specific if page else None
    if not isinstance(specific, KnowledgePage):
        raise Http404
    svg = drawing(specific)
    etag = f'"{_digest("etag", svg)}"'
    # Asked for anew each time: the picture of a page that was closed since must not go on from a cache.
    headers = {"Cache-Control": "no-cache", "ETag": etag}
    if etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        return HttpResponse(status=304, headers=headers)
    # Uploads are handed out by name, so nobody must be able to tell this one, not even from the ETag.
    name = f"share/{pk}-{_digest('name', svg)}.png"
    return HttpResponse(picture(svg, name), content_type="image/png", headers=headers)


def _digest(purpose: str, svg: str) -> str:
    return salted_hmac(f"portal.share_image.{purpose}", f"{DESIGN}{svg}", algorithm="sha256").hexdigest()[:32]


def picture(svg: str, name: str) -> bytes:
    """The PNG, from the store if it was drawn before."""
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            return bytes(kept.read())
    files = [str(FONTS / name) for name in (SERIF, SANS, SANS_BOLD)]
    drawn = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=files, width=1200, height=630)
    default_storage.save(name, ContentFile(bytes(drawn)))
    return bytes(drawn)


def drawing(page: KnowledgePage) -> str:
    """The card as SVG in the page's own language. No text of it is markup: the template escapes it."""
    language = page.locale.language_code
    with translation.override(language):
        shown = card(page, language)
        width = 560 if shown.diagram else 1064
        size = 62 if lines(shown.title, SERIF, 62, width, 3)[1] else 48
        title, _fits = lines(shown.title, SERIF, size, width, 4)
        text, _fits = lines(shown.problem, SANS, 28, width, max(2, 6 - len(title)))
        context: dict[str, Any] = {
            "card": shown,
            "label": getattr(page, "label", ""),
            "kind": page._meta.verbose_name,
            "colour": ink(shown.group),
            "solid": solid(shown.group),
            "tab_x": 48 + 276 * SLOTS.get(shown.group, 3),
            "size": size,
            "title": placed(title, 306, size * 1.1),
            "text": placed(text, 306 + len(title) * size * 1.1 - 4, 37),
            "stars": [(place, shown.confidence > place) for place in range(MAX_STARS)]
            if shown.confidence is not None
            else [],
            "diagram": mark_safe(shown.diagram.replace("currentColor", ink(shown.group))),
        }
        return xml_text(render_to_string("portal/share_image.svg", context))


def placed(words: list[str], top: float, step: float) -> list[tuple[float, str]]:
    return [(round(top + step * number, 1), line) for number, line in enumerate(words)]


def lines(text: str, font: str, size: int, width: int, most: int) -> tuple[list[str], bool]:
    """`text` broken to the width in its real font, and whether all of it fits into `most` lines."""
    measure = _font(font, size).getlength
    found: list[str] = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if not found[-1] or measure(longer) <= width:
            found[-1] = longer
        else:
            found.append(word)
    if len(found) <= most:
        return found, True
    return [*found[: most - 1], f"{found[most - 1].rstrip('.,;:')} …"], False


@cache
def _font(name: str, size: int) -> Any:
    return ImageFont.truetype(str(FONTS / name), size)
