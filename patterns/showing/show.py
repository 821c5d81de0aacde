"""The cards of a show and the one that is on: all of it stands in the address, so a show can be sent on."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.links import PageLink

FIRST = 1
LARGEST_NUMBER = 9999  # of cards to draw, and of draws
LEAST_SECONDS, SECONDS, MOST_SECONDS = 5, 25, 600


@dataclass(frozen=True)
class Step:
    link: PageLink
    note: str = ""  # why the editors have it here


@dataclass(frozen=True)
class Source:
    """Where the cards come from: `title` names them, `back_url` leads to where they were chosen."""

    steps: Sequence[Step]
    title: str
    back_url: str
    back_label: str
    unknown: Sequence[str] = ()  # what the address names and no page is called


@dataclass
class Show:
    """Where an address asks for what there is not, the nearest is shown, and `wrong` says so."""

    request: HttpRequest
    source: Source
    path: str
    wrong: list[str] = field(default_factory=list)

    @cached_property
    def steps(self) -> Sequence[Step]:
        """All cards, or those that were drawn: the same for everybody who has the address."""
        steps = self.source.steps
        if not self.drawn:
            return steps
        return random.Random(self.seed).sample(list(steps), min(self.drawn, len(steps)))  # noqa: S311 - a game

    @cached_property
    def drawn(self) -> int:
        """How many cards are drawn by chance; 0 where all are shown in their order."""
        return self._asked("draw", 0, _("“%(asked)s” is no number of cards to draw. All are shown."))

    @cached_property
    def seed(self) -> int:
        """Which of all draws this is; 0 before there is one."""
        return self._asked("seed", 0)

    @cached_property
    def number(self) -> int:
        """Of the card that is on, counted from 1."""
        wrong = _("There is no card “%(asked)s” among these. You see the first.")
        return self._asked("card", FIRST, wrong, most=self.total)

    @cached_property
    def seconds(self) -> int:
        """For which each card stays, where cards follow each other by themselves."""
        wrong = _("Cards stay from %(least)d to %(most)d seconds, not “%(asked)s”. They stay %(default)d now.")
        return self._asked("seconds", SECONDS, wrong, LEAST_SECONDS, MOST_SECONDS)

    def _asked(self, name: str, default: int, wrong: str = "", least: int = 1, most: int = LARGEST_NUMBER) -> int:
        asked = self.request.GET.get(name, "").strip()
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
        if least <= number <= most:
            return number
        if asked and wrong:
            self.wrong.append(wrong % {"asked": asked[:40], "least": least, "most": most, "default": default})
        return default

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def step(self) -> Step:
        return self.steps[self.number - 1]

    # Addresses

    def url(self, number: int | None = None, view: str = "", *, without: Sequence[str] = ()) -> str:
        """Of a card of the show, or of the same cards in the other `view`."""
        query = self.request.GET.copy()
        for name in ("card", *without):
            query.pop(name, None)
        if number is not None and number != FIRST:
            query["card"] = str(number)
        said = query.urlencode(safe=",")
        return f"{view or self.path}?{said}" if said else view or self.path

    @property
    def previous_url(self) -> str:
        return self.url(self.number - 1) if self.number > FIRST else ""

    @property
    def next_url(self) -> str:
        return self.url(self.number + 1) if self.number < self.total else ""

    @property
    def first_url(self) -> str:
        return self.url(FIRST)

    @property
    def last_url(self) -> str:
        return self.url(self.total)

    def places(self) -> list[tuple[int, Step, str]]:
        return [(number, step, self.url(number)) for number, step in enumerate(self.steps, FIRST)]

    def hidden(self, *without: str) -> list[tuple[str, Any]]:
        """What a form of the page sends along."""
        left_out = {"card", *without}
        return [(name, value) for name, values in self.request.GET.lists() if name not in left_out for value in values]
