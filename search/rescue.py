"""Finds, and when the words as typed find nothing, tries what the reader may have meant. Says which step answered."""

from dataclasses import dataclass

from .documents import Found, Query
from .engines.base import Engine
from .models import DocumentQuerySet


@dataclass(frozen=True)
class Answer:
    found: Found
    step: str = "stem"


def find(query: Query, shown: DocumentQuerySet, engine: Engine) -> Answer:
    return Answer(engine.search(query, shown))
