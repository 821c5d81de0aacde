"""The card: one anatomy in grid, map, deck and share picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .addresses import address
from .vocabulary import PatternGroup, label

STAR = '<svg class="ico" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="#i-star{}"/></svg>'
MAX_STARS = 2


@dataclass(frozen=True)
class Card:
    number: str
    group: str
    group_label: str
    title: str
    url: str
    language: str
    problem: str
    therefore: str
    diagram: SafeString
    confidence: int | None
    foot: tuple[str, ...] = ()

    @property
    def stars(self) -> SafeString:
        return stars(self.confidence)


def card(page: Any, language: str, foot: Iterable[str] = ()) -> Card:
    """The card of a page: a pattern's, or a plain one for another type."""
    group = page.group_code
    return Card(
        number=page.number_label,
        group=group,
        group_label=group_label(group),
        title=page.title,
        url=address(page, language),
        language=page.locale.language_code,
        problem=page.card_problem if hasattr(page, "card_problem") else page.summary,
        therefore=getattr(page, "card_therefore", ""),
        diagram=mark_safe(getattr(page, "diagram", "")),  # checked by portal.diagrams before it is saved
        confidence=getattr(page, "confidence", None),
        foot=tuple(foot),
    )


def group_label(group: str) -> str:
    return label(PatternGroup, group)


def stars(confidence: int | None) -> SafeString:
    """The asterisks with their meaning in words; nothing for what is not rated."""
    if confidence is None:
        return SafeString("")
    drawn = "".join(STAR.format("" if place < confidence else "-o") for place in range(MAX_STARS))
    words = _("Confidence: %(stars)d of %(most)d stars") % {"stars": confidence, "most": MAX_STARS}
    return mark_safe(f'<span class="stars">{drawn}<span class="vh">{words}</span></span>')
