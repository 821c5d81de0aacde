"""What a reader may be typing: titles and other names of subjects that the reader may see.

The catalogue answers, also where Elasticsearch searches, and not its completion suggester. That one knows no filter:
it would complete the names of closed pages, and of those withdrawn a moment ago until the worker has written it, and
what is left after taking them out may be nothing. The catalogue is true for this reader at this moment, works while the
cluster does not, and has to be asked for the titles, addresses and languages of the suggestions in any case. It costs
5 ms of CPU at 10,000 documents and some 10 to 30 at 100,000 (see `make bench`), less than a reader types in.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, When
from django.db.models.functions import Length
from django.utils import timezone
from wagtail.models import Page

from portal.querysets import visible

from .attachments import naming
from .documents import Version
from .models import Document, Name
from .names import beginning
from .service import address_of

MOST = 8
LOOKED_AT = 60  # names: several may be of one subject
SHORTEST = 2  # characters
LAST = "\U0010ffff"


@dataclass(frozen=True)
class Suggestion:
    title: str
    name: str  # under which it was found, where that is not in the title
    url: str
    number: str
    kind: str
    language: str


def suggestions(typed: str, language: str, user: Any = None) -> list[Suggestion]:
    """Takes a handful of queries: what is closed, the names that begin so, and the texts that bear them."""
    key = beginning(typed)
    if len(key) < SHORTEST:
        return []
    names: dict[str, str] = {}
    for subject, text in _names(key, language, user).values_list("document__subject", "text")[:LOOKED_AT]:
        names.setdefault(subject, text)
        if len(names) == MOST:
            break
    versions = _versions(list(names), user)
    return [_suggestion(versions[subject], text, language) for subject, text in names.items() if subject in versions]


def _names(key: str, language: str, user: Any) -> QuerySet:
    """Names of the reader's language first, then those that begin so at once, then what readers come for."""
    pages = visible(Page.objects.filter(pk=OuterRef("document__page_id")), user)
    today = timezone.localdate()
    found = Name.objects.filter(_begins(key)).filter(
        Exists(pages), Q(document__shown_until__isnull=True) | Q(document__shown_until__gt=today)
    )
    own = Case(When(document__language=language, then=0), default=1, output_field=IntegerField())
    inside = Case(When(place=0, then=0), default=1, output_field=IntegerField())
    if closed := naming.closed_to(user):  # else they would take the places of what may be seen
        found = found.exclude(document__owner__in=naming.owners(closed))
    return found.order_by(own, inside, "-document__rank", Length("text"), "text", "pk")


def _begins(key: str) -> Q:
    """A range of the index; PostgreSQL may sort words by a language's rules, so there it is asked by pattern."""
    return Q(key__startswith=key) if connection.vendor == "postgresql" else Q(key__gte=key, key__lt=key + LAST)


def _versions(subjects: list[str], user: Any) -> dict[str, list[Document]]:
    """The texts of each subject that the reader may see, the original first."""
    found: dict[str, list[Document]] = {}
    rows = Document.objects.shown_to(user).filter(subject__in=subjects, is_part=False)
    for row in rows.only("subject", "language", "url", "title", "kind", "card", "is_part").order_by("page_id", "pk"):
        found.setdefault(row.subject, []).append(row)
    return found


def _suggestion(texts: list[Document], name: str, language: str) -> Suggestion:
    shown = next((text for text in texts if text.language == language), texts[0])
    versions = [Version(text.pk, text.language, text.url, text.is_part) for text in texts]
    return Suggestion(
        title=shown.title,
        name="" if beginning(name) in beginning(shown.title) else name,
        url=address_of(versions[texts.index(shown)], versions, language),
        number=shown.card.get("number", ""),
        kind=shown.kind,
        language=shown.language,
    )
