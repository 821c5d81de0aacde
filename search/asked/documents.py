"""The wordings of a subject as text to be found: of its page or term in their language, else a text of their own.

That one stands on the original and leads there, so who may not read the original does not find it.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet

from portal.prepared import Prepared

from ..documents import SearchDocument
from ..engines.embedded.ranking import facets_of
from ..models import AskedAs, Document
from ..models.wording import lines_of

BATCH = 100
Wordings = Mapping[str, Mapping[str, tuple[str, ...]]]  # by subject and language


@dataclass(frozen=True)
class Place:
    """Where something is read."""

    page_id: int
    kind: str
    language: str
    url: str
    rank: float
    facets: Mapping[str, tuple[str, ...]]
    shown_until: datetime.date | None
    changed: datetime.datetime | None


@dataclass
class Places:
    """Where a subject is read: first of all, and in which languages."""

    first: Place
    languages: set[str] = field(default_factory=set)

    def add(self, place: Place) -> None:
        self.languages.add(place.language)
        self.first = min(self.first, place, key=lambda each: each.page_id)


def owner_of(subject: str) -> str:
    return f"asked:{subject}"


def wordings_of(subjects: Collection[str]) -> Wordings:
    """Takes one query."""
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    several = AskedAs.objects.filter(subject__in=subjects).values_list("subject", "language", "wordings")
    for subject, language, wordings in _of_one(*subjects) if len(subjects) == 1 else several:
        found[subject][language] = tuple(lines_of(wordings))
    return found


@Prepared.of(str)
def _of_one(subject: str) -> QuerySet:
    return AskedAs.objects.filter(subject=subject).values_list("subject", "language", "wordings")


def worded(documents: list[SearchDocument]) -> list[SearchDocument]:
    """The documents with their wordings. Takes one query."""
    wordings = wordings_of({document.subject for document in documents if not document.is_part})
    return [_worded(document, wordings.get(document.subject, {})) for document in documents]


def _worded(document: SearchDocument, wordings: Mapping[str, tuple[str, ...]]) -> SearchDocument:
    asked = wordings.get(document.language)
    return replace(document, asked=asked) if asked and not document.is_part else document


def all_apart() -> Iterator[list[SearchDocument]]:
    """In pieces, each with all of its subjects."""
    rows = AskedAs.objects.order_by("subject").values_list("subject", flat=True).distinct()
    last = ""
    while subjects := list(rows.filter(subject__gt=last)[:BATCH]):
        yield [each for several in apart(subjects, wordings_of(subjects)).values() for each in several]
        last = subjects[-1]


def apart(subjects: Collection[str], wordings: Wordings) -> dict[str, list[SearchDocument]]:
    """By owner, the wordings in languages in which the catalogue has nothing of a subject. Takes one query."""
    places: dict[str, Places] = {}
    rows = Document.objects.filter(subject__in=subjects, is_part=False, page__live=True).defer(
        "body", "asked", "summary", "card"
    )
    for row in rows:
        facets = {name: values for name, values in facets_of(row.facets).items() if name != "kind"}
        place = Place(row.page_id, row.kind, row.language, row.url, row.rank, facets, row.shown_until, row.changed)
        places.setdefault(row.subject, Places(place)).add(place)
    return {
        owner_of(subject): list(_apart(subject, wordings.get(subject, {}), places[subject]))
        if subject in places
        else []
        for subject in subjects
    }


def _apart(subject: str, wordings: Mapping[str, tuple[str, ...]], places: Places) -> Iterable[SearchDocument]:
    """Parts of what they lead to: they say nothing that is shown instead of it."""
    owner, first = owner_of(subject), places.first
    for language in sorted(set(wordings) - places.languages):
        yield SearchDocument(
            key=f"{owner}:{language}",
            owner=owner,
            page_id=first.page_id,
            subject=subject,
            kind=first.kind,
            language=language,
            url=first.url,
            title="",
            asked=wordings[language],
            # Readers filter by the language that they will read.
            facets={**first.facets, "language": (first.language,)},
            rank=first.rank,
            shown_until=first.shown_until,
            changed=first.changed,
        )
