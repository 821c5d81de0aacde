"""The cards about the deck: what a card shows, how to play, and blank ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.cards import MAX_STARS
from portal.colours import ink
from portal.vocabulary import PatternGroup, RelationType

from . import drawings

MARKS = {
    "citizen": '<circle cx="12" cy="12" r="6" fill="#16222b"/>',
    "authority": '<rect x="5" y="5" width="14" height="14" fill="#16222b"/>',
    "incident": '<path d="M12 2l10 10-10 10L2 12z" fill="#16222b"/>',
    "message": '<path d="M1 12h22" stroke-width="3"/>',
}


@dataclass(frozen=True)
class Row:
    """One line: what is meant, and what it means. `kind` says what `mark` is: texture, drawing, number, nothing."""

    text: str
    head: str = ""
    kind: str = ""
    mark: str = ""

    @property
    def drawn(self) -> SafeString:
        """For the page, where the ink follows the theme."""
        return mark_safe(self.mark.replace(ink("place"), "currentColor"))  # made by `drawings` alone


@dataclass(frozen=True)
class Side:
    title: str
    text: str = ""
    rows: Sequence[Row] = ()
    lines: Sequence[str] = field(default=())  # what somebody writes, each with room for it
    ruled: int = 0


@dataclass(frozen=True)
class Extra:
    item: str
    label: Any
    sides: Callable[[], tuple[Side, Side]]
    times: int = 1


def legend() -> tuple[Side, Side]:
    groups = [Row(words, str(PatternGroup(code).label), "texture", code) for code, words in _groups().items()]
    notation = [Row(words, "", "drawing", _mark(name)) for name, words in _notation().items()]
    stars = [Row(_star_words(number), "", "drawing", _stars(number)) for number in range(MAX_STARS + 1)]
    relations = [Row(words, str(RelationType(code).label)) for code, words in _relations().items()]
    return (
        Side(_("What a card shows"), _("Texture, colour and place of the tab name the group."), [*groups, *notation]),
        Side(_("Stars and lines"), rows=[*stars, *relations]),
    )


def _groups() -> dict[str, str]:
    return {
        PatternGroup.ACT: _("People step in."),
        PatternGroup.TELL: _("People publish."),
        PatternGroup.FIND: _("People gather and search."),
        PatternGroup.PREVENT: _("People look out before something happens."),
    }


def _notation() -> dict[str, str]:
    return {
        "citizen": _("A dot is a citizen; open: accused or absent."),
        "authority": _("A square is an authority; open: not there."),
        "incident": _("A diamond is an incident."),
        "message": _("A line is a message."),
    }


def _relations() -> dict[str, str]:
    return {
        RelationType.MAY_ESCALATE_TO: _("Watch for the turn to something worse."),
        RelationType.LARGER: _("Holds the other inside it."),
        RelationType.COMPLEMENTS: _("Each helps the other."),
        RelationType.CONFLICTS: _("You cannot have all of both."),
        RelationType.PRECEDES: _("One makes way for the other."),
    }


def _star_words(number: int) -> str:
    if not number:
        return _("A sketch: seen, not yet tested.")
    return _("Likely to hold in other places.") if number < MAX_STARS else _("Stable: holds wherever we looked.")


def _mark(name: str) -> str:
    return drawings.SVG.format(24, 24, ink("place"), MARKS[name])


def _stars(number: int) -> str:
    return drawings.stars(number, MAX_STARS, "place")


def how_to_play() -> tuple[Side, Side]:
    ways = [
        Row(_("Which of these do you see in your town? Lay them in one row, the rest in another."), _("Sort."), *_n(1)),
        Row(
            _("Start with one card and lay out the numbers on its back. Stop where a card says “May escalate to”."),
            _("Lead on."),
            *_n(2),
        ),
        Row(_("Fill a blank card with what is missing, and read it to the others."), _("Write."), *_n(3)),
    ]
    needed = [
        Row(_("Three to eight people, one table, half an hour for each way.")),
        Row(_("Nobody names persons. What is said in the room stays there unless all agree.")),
        Row(_("End with one sentence each: what will we do differently?")),
    ]
    return (
        Side(_("Three ways to use the cards"), rows=ways),
        Side(_("Before you begin"), rows=needed),
    )


def _n(number: int) -> tuple[str, str]:
    return "number", str(number)


def blank() -> tuple[Side, Side]:
    return (
        Side(_("A pattern of ours"), lines=(_("Name"), _("Problem")), ruled=4),
        Side(_("Therefore"), lines=(_("What to do"), _("Watch out"), _("Leads on")), ruled=2),
    )


EXTRAS = (
    Extra("legend", gettext_lazy("What a card shows"), legend),
    Extra("how-to-play", gettext_lazy("Three ways to use the cards"), how_to_play),
    Extra("blank", gettext_lazy("Two blank cards"), blank, times=2),
)
