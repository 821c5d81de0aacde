"""A workshop that begins with the notes a facilitator saved as a file: a draft for editors to write."""

import re
import textwrap
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page

from portal import drafts
from portal.querysets import closed_paths
from portal.shown_pages import shown_pages
from portal.vocabulary import FindingStrength, Provenance

from .models import RecommendationPattern, WorkshopIndexPage, WorkshopPage

LONGEST = 600  # of a finding
LONGEST_TITLE = 120
ADDRESS = re.compile(r"https?://\S+")


class Note(NamedTuple):
    text: str
    pattern: int | None  # the id of the pattern on whose card it was written


class Notes(NamedTuple):
    title: str
    date: str  # as the browser wrote it
    notes: list[Note]


def read(text: str, user: Any) -> Notes:
    """The file of the facilitator’s page: its title, the day and its address, then what was said, card by card.

    What somebody wrote in another way is read too: a line that stands alone at the beginning is the title, paragraphs
    without a card are notes without a pattern.
    """
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]
    head = paragraphs[0].split("\n") if paragraphs else []
    is_headed = len(head) == 3 and ADDRESS.fullmatch(head[2].strip()) is not None
    cards = _cards(user)
    is_titled = len(paragraphs) > 1 and len(head) == 1 and len(head[0]) <= LONGEST_TITLE and not _card(head[0], cards)
    title, date = (head[0].strip(), head[1].strip()) if is_headed else (head[0] if is_titled else "", "")
    return Notes(title, date, _by_card(paragraphs[1:] if is_headed or is_titled else paragraphs, cards))


def _card(line: str, cards: dict[str, int | None]) -> str | None:
    """The card that a line names, alone or after its number."""
    return next((title for title in (line, line.partition(" ")[2]) if title in cards), None)


def _by_card(paragraphs: list[str], cards: dict[str, int | None]) -> list[Note]:
    found: list[Note] = []
    pattern = None
    for paragraph in paragraphs:
        first, _line, rest = (part.strip() for part in paragraph.partition("\n"))
        title = _card(first, cards)
        if title is not None:
            pattern = cards[title]
        found += [Note(piece, pattern) for piece in _pieces(paragraph if title is None else rest)]
    return found


def _pieces(text: str) -> list[str]:
    """No more than fits into one finding."""
    if len(text) <= LONGEST:
        return [text] if text else []
    return textwrap.wrap(text, LONGEST, replace_whitespace=False, drop_whitespace=True)


def _cards(user: Any) -> dict[str, int | None]:
    """The titles of pages that may be shown as cards, in every language; with their ids those of patterns."""
    pattern = ContentType.objects.get_for_model(RecommendationPattern._meta.get_field("pattern").related_model).pk
    closed = tuple(closed_paths(user))
    pages = [page for page in shown_pages(None).by_pk.values() if page.is_shown and not page.path.startswith(closed)]
    titles: dict[str, int | None] = {page.title: None for page in pages}
    return titles | {page.title: page.pk for page in pages if page.content_type_id == pattern}


@transaction.atomic
def start(facts: drafts.Facts, user: Any) -> Page | None:
    index = drafts.list_for(WorkshopIndexPage, facts.language, user)
    if index is None:
        return None
    read_notes = read(facts.notes, user)
    title = facts.title or read_notes.title
    code = drafts.free_code(WorkshopPage, title, index)
    page = WorkshopPage(
        title=title,
        slug=code,
        code=code,
        locale=index.locale,
        live=False,
        owner=user,
        provenance=Provenance.CONTRIBUTOR,
        summary=facts.note[:300],
        date_start=facts.began,
        date_note=read_notes.date[:200],
        country=facts.country,
        findings=[_finding(number, note) for number, note in enumerate(read_notes.notes, 1)],
    )
    index.add_child(instance=page)
    page.save_revision(user=user, log_action=True, clean=False)  # there is no summary yet
    return page


def _finding(number: int, note: Note) -> tuple[str, dict[str, Any]]:
    patterns = [note.pattern] if note.pattern else []
    not_said = {"kind": "", "strength": FindingStrength.NOT_STATED.value, "recommendations": []}
    return "finding", {"code": f"F{number}", "text": note.text, "patterns": patterns, **not_said}


def register() -> None:
    drafts.register("workshop", start)
