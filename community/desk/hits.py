"""What the guard finds in a comment, for moderators: named in the queue, marked on the page of the comment."""

import logging
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portal import guard
from portal.geography import region_name
from portal.guard import explained

from ..moderation import redaction

COVER = "▪"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, order=True)
class Found:
    start: int
    end: int
    kind: str

    @property
    def label(self) -> str:
        return redaction.label(self.kind)

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.start}-{self.end}-{self.kind}"


def found_in(text: str, language: str) -> list[Found]:
    """In the order of the text. Where the guard breaks, the queue shows nothing of the text and the page marks all."""
    try:
        return [Found(hit.start, hit.end, hit.kind.value) for hit in guard.inspect(text, language)]
    except Exception:
        logger.exception("The guard broke on a comment at the desk.")
        return [Found(0, len(text), "other")]


def found_in_whole(whole: str, language: str) -> list[Found]:
    """The same for a comment with what a report says beside it. The region is offered too, though nothing is wrong
    with it by itself: together with the rest it may tell who it was."""
    texts = redaction.parts(whole)
    region = texts.pop() if len(texts) > 1 else None
    found = [
        Found(start + hit.start, start + hit.end, hit.kind) for start, text in texts for hit in found_in(text, language)
    ]
    if region and region[1]:
        found.append(Found(region[0], region[0] + len(region[1]), redaction.REGION))
    return found


def rule_of(hit: Found) -> str:
    """The house rule that such words break, as a reason of a decision."""
    rules = {kind.value: number for kind, number in explained.RULES.items()}
    return f"rule-{rules.get(hit.kind, 3)}"


def covered(text: str, hits: list[Found], longest: int) -> SafeString:
    """The beginning of the text with what was found covered and named."""
    parts, done = [], 0
    for hit in hits:
        if hit.start >= longest:
            break
        cover = "".join(char if char.isspace() else COVER for char in text[hit.start : hit.end])
        mark = '{}<mark class="desk-hit">{}<span class="desk-hit__kind">{}</span></mark>'
        parts.append(format_html(mark, text[done : hit.start], cover, hit.label))
        done = hit.end
    rest = text[done : max(done, longest)]
    return mark_safe("".join(parts) + format_html("{}{}", rest, "…" if len(text) > max(done, longest) else ""))


def marked_parts(whole: str, hits: list[Found]) -> list[SafeString]:
    """Each text of a comment and its report, with what was found numbered through."""
    found = []
    for start, text in redaction.parts(whole):
        inside = [hit for hit in hits if start <= hit.start < start + len(text)]
        first = hits.index(inside[0]) + 1 if inside else 1
        found.append(marked(text, [Found(hit.start - start, hit.end - start, hit.kind) for hit in inside], first))
    return found


def marked(text: str, hits: list[Found], first: int = 1) -> SafeString:
    """The whole text with what was found numbered."""
    parts, done = [], 0
    for number, hit in enumerate(hits, first):
        mark = '{}<mark class="desk-hit">{}<sup>{}</sup></mark>'
        parts.append(format_html(mark, text[done : hit.start], text[hit.start : hit.end], number))
        done = hit.end
    whole = "".join(parts) + format_html("{}", text[done:])
    return mark_safe(whole.replace("\r\n", "\n").replace("\n", "<br>"))


def shown_in_place(hits: list[Found], text: str, language: str) -> list[tuple[Found, str, str]]:
    """Each with its words and what readers will see instead."""
    return [(hit, _said(hit, text), redaction.placeholder(hit.kind, language)) for hit in hits]


def _said(hit: Found, text: str) -> str:
    words = text[hit.start : hit.end]
    return region_name(words) if hit.kind == redaction.REGION else words
