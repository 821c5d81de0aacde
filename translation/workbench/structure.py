"""What each text is on its page: a heading, a paragraph, an item of a list, the text of a field."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from bs4 import BeautifulSoup
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import StringSegment, TemplateSegment

NAMES: dict[str, Any] = {
    "h1": _("Heading"),
    "h2": _("Heading"),
    "h3": _("Heading"),
    "h4": _("Heading"),
    "h5": _("Heading"),
    "h6": _("Heading"),
    "p": _("Paragraph"),
    "li": _("List item"),
    "blockquote": _("Quotation"),
    "td": _("Table cell"),
    "th": _("Table heading"),
}


def elements(source_id: int, segments: Iterable[StringSegment]) -> dict[int, str]:
    """By the pk of each text of rich text, the name of the element around it. One query."""
    rows = TemplateSegment.objects.filter(source=source_id).values_list("context_id", "template__template")
    templates = dict(rows)
    at: dict[int, int] = defaultdict(int)
    parsed: dict[int, list[str]] = {}
    found = {}
    for segment in segments:
        context = segment.context_id
        if context not in templates:
            continue
        if context not in parsed:
            parsed[context] = _around(templates[context])
        if at[context] < len(parsed[context]):
            found[segment.pk] = parsed[context][at[context]]
        at[context] += 1
    return found


def _around(template: str) -> list[str]:
    soup = BeautifulSoup(template, "html.parser")
    texts = sorted(soup.find_all("text"), key=lambda text: int(str(text["position"])))
    return [next((one.name for one in text.parents if one.name in NAMES), "p") for text in texts]
