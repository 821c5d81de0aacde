"""The pages of a reader's sequence: building it, what to decide, the pack for a workshop, its table."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.addresses import absolute, address
from portal.languages import active_language
from portal.streams import values
from portal.tables import csv_file
from portal.uses import Use, uses_of
from portal.views_of_pages import shown

from ..models import CollectionIndexPage, PatternPage
from .sequence import ReaderSequence


@dataclass(frozen=True)
class Questions:
    pattern: PatternPage
    questions: list[str]
    leave_when: list[str]


@dataclass(frozen=True)
class Exercise:
    """An exercise of the agenda; `begins` counts minutes from the start of the workshop."""

    pattern: PatternPage
    begins: int
    minutes: int
    title: str
    group_size: str
    steps: str


def build_page(page: CollectionIndexPage, request: HttpRequest) -> HttpResponse:
    sequence = _sequence(page, request)
    title = sequence.title or _("Put a sequence together")
    description = _("Choose a pattern, see what goes with it and what to beware of, and take the result along.")
    context = {"sequence": sequence, "share": absolute(request, sequence.url())}
    return shown(page, request, "patterns/build.html", title=title, description=description, **context)


def checklist_page(page: CollectionIndexPage, request: HttpRequest) -> HttpResponse:
    sequence = _sequence(page, request)
    title = sequence.title or _("Questions to decide first")
    description = _("What to decide before acting, pattern by pattern.")
    context = {"sequence": sequence, "parts": [_questions(pattern) for pattern in sequence.pattern_pages]}
    return shown(page, request, "patterns/checklist.html", title=title, description=description, **context)


def pack_page(page: CollectionIndexPage, request: HttpRequest) -> HttpResponse:
    sequence = _sequence(page, request)
    title = sequence.title or _("Workshop pack")
    description = _("An agenda from the exercises of the patterns, their uses on one sheet, and the cards to print.")
    agenda = _agenda(sequence.pattern_pages)
    context = {
        "sequence": sequence,
        "agenda": agenda,
        "minutes": sum(exercise.minutes for exercise in agenda),
        "uses": [(pattern, _uses(pattern)) for pattern in sequence.pattern_pages],
    }
    return shown(page, request, "patterns/pack.html", title=title, description=description, **context)


def sequence_csv(page: CollectionIndexPage, request: HttpRequest) -> HttpResponse:
    sequence = _sequence(page, request)
    head = [_("Step"), _("Code"), _("Title"), _("In short"), _("Language"), _("Address")]
    rows = [
        [n, step.item, step.title, step.text, step.language, absolute(request, step.url)]
        for n, step in enumerate(sequence.steps, 1)
    ]
    return csv_file("sequence", [head, *rows])


def _sequence(page: CollectionIndexPage, request: HttpRequest) -> ReaderSequence:
    return ReaderSequence(request, address(page, active_language()))


def _questions(pattern: PatternPage) -> Questions:
    return Questions(pattern, values(pattern.guidance, "decision_question"), values(pattern.when_not_to_use, "item"))


def _agenda(patterns: list[PatternPage]) -> list[Exercise]:
    agenda: list[Exercise] = []
    begins = 0
    for pattern in patterns:
        for value in values(pattern.guidance, "activity"):
            minutes = int(value["minutes"] or 0)
            words: list[Any] = [value["title"], value.get("group_size") or "", value["steps"]]
            agenda.append(Exercise(pattern, begins, minutes, *words))
            begins += minutes
    return agenda


def _uses(pattern: PatternPage) -> list[tuple[str, list[Use]]]:
    """What is part of the matrix in each half; the tools stay on the page of the pattern."""
    halves = uses_of(pattern.uses, {})
    return [(heading, [use for use in uses if use.strength]) for heading, uses in halves]
