"""What a card says when it is shown large: its two sides, and what a group may talk about."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from portal.addresses import absolute
from portal.cards import Card, card
from portal.languages import active_language
from portal.shown_pages import shown_pages
from portal.square_codes import square_code
from portal.streams import by_type, values

from ..models import PatternPage
from .show import Step

DISCUSSION = 5  # minutes
LONG = 420  # characters


@dataclass(frozen=True)
class Exercise:
    title: str
    minutes: int
    group_size: str
    steps: str


@dataclass(frozen=True)
class Face:
    page: Any
    step: Step
    address: str  # that stays, with the host

    @cached_property
    def card(self) -> Card:
        return card(self.page, active_language())

    @property
    def square_code(self) -> SafeString:
        return mark_safe(square_code(self.address))  # made of nothing but an address

    @property
    def address_text(self) -> str:
        return self.address.partition("://")[2]

    @property
    def is_long(self) -> bool:
        """Whether the texts need a smaller size to fit a screen that nobody scrolls."""
        texts = (self.card.title, self.card.problem, self.card.therefore, self.step.note)
        return sum(map(len, texts)) > LONG

    @property
    def diagram_text(self) -> str:
        return getattr(self.page, "diagram_text", "")

    @cached_property
    def _guidance(self) -> dict[str, list[Any]]:
        return by_type(getattr(self.page, "guidance", None))

    @property
    def questions(self) -> list[str]:
        """To decide before acting, and what the editors ask their readers."""
        asked = self.page.comment_prompt
        return [*self._guidance.get("decision_question", ()), *([asked] if asked else [])]

    @property
    def open_questions(self) -> list[str]:
        return self._guidance.get("open_question", [])

    @property
    def leave_when(self) -> list[str]:
        return values(getattr(self.page, "when_not_to_use", None), "item")

    @cached_property
    def exercises(self) -> list[Exercise]:
        return [
            Exercise(value["title"], int(value.get("minutes") or 0), value.get("group_size") or "", value["steps"])
            for value in self._guidance.get("activity", ())
        ]

    @property
    def minutes(self) -> int:
        """For which the clock is set at first."""
        return next((exercise.minutes for exercise in self.exercises if exercise.minutes), DISCUSSION)


def face_of(step: Step, request: HttpRequest) -> Face:
    """Takes one query: which page it is, and that the reader may see it, the link knows already."""
    known = shown_pages(request).by_pk[step.link.pk]
    model: Any = ContentType.objects.get_for_id(known.content_type_id).model_class()
    page = model._default_manager.select_related("locale").get(pk=known.pk)
    is_pattern = isinstance(page, PatternPage)
    path = reverse("patterns:short", args=[page.number_label]) if is_pattern else step.link.url
    return Face(page, step, absolute(request, path))
