"""The pattern diagrams: a few SVG marks in a box of 120 by 80, one source for card, page, map, deck and share image."""

import re

from defusedxml.ElementTree import ParseError, fromstring
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MARKS = {
    "g": {"fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap"},
    "circle": {"cx", "cy", "r", "fill", "stroke", "stroke-width", "stroke-dasharray"},
    "rect": {"x", "y", "width", "height", "rx", "fill", "stroke", "stroke-width", "stroke-dasharray"},
    "path": {"d", "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap"},
}
VALUES = re.compile(r"(?:[-+.,\deE\sMmLlHhVvCcSsQqTtAaZz]*|none|currentColor|round)")


def validate_diagram(markup: str) -> None:
    """Refuse anything but plain marks, so that a diagram can be printed into a page as it is."""
    # HTML ends some comments and instructions earlier than XML does: what XML hides in them would run.
    if "<!" in markup or "<?" in markup:
        raise ValidationError(_("Use only circle, rect, path and g, not “%(tag)s”.") % {"tag": "<!…> <?…>"})
    try:
        root = fromstring(f"<g>{markup}</g>")
    except (ParseError, ValueError) as error:
        raise ValidationError(_("This is not well-formed SVG: %(error)s.") % {"error": error}) from error
    for element in root.iter():
        allowed = MARKS.get(element.tag)
        if allowed is None:
            raise ValidationError(_("Use only circle, rect, path and g, not “%(tag)s”.") % {"tag": element.tag})
        for name, value in element.attrib.items():
            if name not in allowed or not VALUES.fullmatch(value):
                raise ValidationError(
                    _("“%(name)s” with the value “%(value)s” is not allowed on %(tag)s.")
                    % {"name": name, "value": value[:40], "tag": element.tag}
                )
        if (element.text or "").strip() or (element.tail or "").strip():
            raise ValidationError(_("A diagram has no text: describe it in words in its own field."))
