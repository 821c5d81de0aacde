"""What takes part in search beside pages: a feature registers its model here and says what there is to find.

    searchable.register(GlossaryTerm, documents=term_documents, shown_on=terms_of_page, label=_("Term"))

`portal` knows nothing of how search works; search reads this registry.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.dispatch import Signal
from wagtail.models import Page


@dataclass(frozen=True)
class Searchable:
    """One thing to be found that is not a page of its own, in one language."""

    page: Page  # where it is read; who may read that page may find this
    kind: str
    language: str
    subject: str  # the same for all its languages: a translation key
    title: str
    anchor: str = ""  # on the page
    summary: str = ""
    labels: tuple[str, ...] = ()  # other names for it
    body: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    url: str = ""  # where it is read, if it has an address of its own
    rank: float = 1.0  # multiplies the score: less for what should come after pages that have the same words
    card: Mapping[str, Any] = field(default_factory=dict)  # what a hit shows and no search looks at; see `search`
    changed: datetime.datetime | None = None  # its own date, else that of the page
    shown_until: datetime.date | None = None


@dataclass(frozen=True)
class Registration:
    model: type[Model]
    documents: Callable[[Any], Iterable[Searchable]]
    shown_on: Callable[[Page], Iterable[Any]]
    kind: str
    label: Any
    names_agree: bool


# Sent with `instances` that changed without being saved one by one, in the transaction that changed them.
changed = Signal()

_registered: dict[type[Model], Registration] = {}


def register(
    model: type[Model],
    *,
    documents: Callable[[Any], Iterable[Searchable]],
    shown_on: Callable[[Page], Iterable[Any]],
    kind: str,
    label: Any,
    names_agree: bool = False,
) -> None:
    """Let instances of `model` be found.

    `documents(instance)` says what there is to find, nothing if it must not be found; `shown_on(page)` gives the
    instances whose documents depend on that page, so that they follow when it is published or moves. If `names_agree`,
    the labels of one instance mean the same: a search for one finds the others too.
    """
    _registered[model] = Registration(model, documents, shown_on, kind, label, names_agree)


def registration(model: type[Model]) -> Registration | None:
    return _registered.get(model)


def registrations() -> Iterator[Registration]:
    yield from _registered.values()
