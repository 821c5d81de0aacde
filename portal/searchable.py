"""What takes part in search beside pages: a feature registers its model here and says what there is to find.

    searchable.register(GlossaryTerm, documents=term_documents, shown_on=terms_of_page, label=_("Term"))

`portal` knows nothing of how search works; search reads this registry.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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


# Of several instances, so that it takes as many queries for two hundred as for one.
Documents = Callable[[Sequence[Any]], Iterable[tuple[Any, Searchable]]]


@dataclass(frozen=True)
class Registration:
    model: type[Model]
    documents: Documents
    shown_on: Callable[[Page], Iterable[Any]]
    kind: str
    label: Any
    names_agree: bool
    apart: Any
    at_once: int


@dataclass(frozen=True)
class Closed:
    """Something that is not for everybody, found for somebody who may read it."""

    title: str
    url: str
    language: str  # of the title
    text: str = ""
    text_language: str = ""


# What one reader finds of it, best first, by words in lower case that must all occur.
FindClosed = Callable[[Sequence[str], Any], Sequence[Closed]]

# Sent with `instances` that changed without being saved one by one, in the transaction that changed them.
changed = Signal()
# Sent with `texts` that were erased for somebody's sake: their words must not stay behind in any index.
erased = Signal()

_registered: dict[type[Model], Registration] = {}
_closed: list[tuple[Any, FindClosed]] = []


def register(
    model: type[Model],
    *,
    documents: Documents,
    shown_on: Callable[[Page], Iterable[Any]],
    kind: str,
    label: Any,
    names_agree: bool = False,
    apart: Any = None,
    at_once: int = 200,
) -> None:
    """Let instances of `model` be found.

    `documents(instances)` says what there is to find, each beside the instance that it is of, and nothing of those that
    must not be found; `shown_on(page)` gives the instances whose documents depend on that page, so that they follow
    when it is published or moves. If `names_agree`,
    the labels of one instance mean the same: a search for one finds the others too. What there may be far more of than
    pages is kept `apart`: it is found only where its kind is asked for, and this is the text of the link that does so.
    Instances that make many documents are indexed few `at_once`: nobody else can write into the index meanwhile.
    """
    _registered[model] = Registration(model, documents, shown_on, kind, label, names_agree, apart, at_once)


def register_closed(label: Any, find: FindClosed) -> None:
    """Let some readers find what must not stand in an index: its spellings, counts and suggestions tell of its words.

    It is looked for in its own tables at each search of somebody who has signed in, and shown under `label`.
    """
    _closed.append((label, find))


def closed_to_others(words: Sequence[str], user: Any) -> Iterator[tuple[Any, Sequence[Closed]]]:
    """Whatever this reader finds beside what everybody finds."""
    for label, find in _closed:
        if found := find(words, user):
            yield label, found


def registration(model: type[Model]) -> Registration | None:
    return _registered.get(model)


def registrations() -> Iterator[Registration]:
    yield from _registered.values()


def is_apart(label: str) -> bool:
    """Whether what `label`, such as `community.commentstate`, stands for is kept apart."""
    return any(each.apart is not None and model._meta.label_lower == label for model, each in _registered.items())


def kinds_apart() -> dict[str, Any]:
    """With the text of the link to each."""
    return {each.kind: each.apart for each in _registered.values() if each.apart is not None}
