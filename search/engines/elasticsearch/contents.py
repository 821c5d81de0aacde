"""From rows of the catalogue to what the indices hold."""

import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef
from wagtail.models import Page

from portal.words.analysis import COMPOUND, WORD

from ...models import Document, DocumentQuerySet
from ..embedded.ranking import ELSEWHERE, facets_of

COLUMNS = (
    "key",
    "owner",
    "subject",
    "kind",
    "language",
    "rank",
    "is_part",
    "shown_until",
    "changed",
    "happened",
    "facets",
    "exact",
    "title",
    "labels",
    "tags",
    "summary",
    "headings",
    "body",
    "asked",
    "page_id",
    "page__path",
    "page__go_live_at",
    "page__expire_at",
    "is_one_of_several",
)
SEPARATOR = ":"  # between a filter's name and a value
Body = dict[str, Any]


class Content(NamedTuple):
    key: str
    language: str
    body: Body


def contents(documents: DocumentQuerySet) -> list[Content]:
    """Takes one query beside that for the rows. What stands on a page that is not published is not told further."""
    same = {name: OuterRef(name) for name in ("owner", "subject", "language")}
    others = Document.objects.filter(**same).exclude(pk=OuterRef("pk"))
    documents = documents.filter(page__live=True).annotate(is_one_of_several=Exists(others))
    rows = list(documents.values(*COLUMNS))
    paths = {path for row in rows for path in _paths_above(row["page__path"])}
    pages = dict(Page.objects.filter(path__in=paths).values_list("path", "pk"))
    return [Content(row["key"], row["language"], _body(row, pages)) for row in rows]


def _body(row: dict[str, Any], pages: dict[str, int]) -> Body:
    labels = [*row["labels"].splitlines(), *row["tags"].splitlines()]
    facets = {name: list(values) for name, values in facets_of(row["facets"]).items() if name != "kind"}
    read_in = facets.pop("language", [row["language"]])
    number = subject_number(row["subject"])
    body = {
        "owner": row["owner"],
        "subject": row["subject"],
        "kind": row["kind"],
        "language": row["language"],
        "read_in": read_in,
        "facets": facets,
        "values": _values({"kind": [row["kind"]], "language": read_in, **facets}),
        "subject_number": number,
        "subject_of_several": number if row["is_one_of_several"] else None,
        "exact": [name for name in row["exact"].split("|") if name],
        "part": row["is_part"] or None,
        "page": row["page_id"],
        "above": [pages[path] for path in _paths_above(row["page__path"]) if path in pages],
        "rank": row["rank"] if read_in == [row["language"]] else row["rank"] * ELSEWHERE,
        "changed": row["changed"],
        "happened": row["happened"],
        "begins": row["page__go_live_at"],
        "ends": row["page__expire_at"],
        "shown_until": row["shown_until"],
        "title": with_joined_words(row["title"]),
        "labels": [with_joined_words(label) for label in labels],
        "summary": with_joined_words(row["summary"]),
        "headings": with_joined_words(row["headings"]),
        "body": with_joined_words(row["body"]),
        "asked": [with_joined_words(line) for line in row["asked"].splitlines()],
    }
    return {name: _plain(value) for name, value in body.items() if value not in (None, "", [], {})}


def _values(facets: Mapping[str, list[str]]) -> list[str]:
    return [f"{name}{SEPARATOR}{value}" for name, values in facets.items() for value in values]


def subject_number(subject: str) -> int:
    return int.from_bytes(hashlib.blake2b(subject.encode(), digest_size=8).digest(), "big", signed=True)


def with_joined_words(text: str) -> str:
    """The text with words joined by a hyphen once more as one, so that “wijkapp” finds “Wijk-app”."""
    joined = ["".join(WORD.findall(word)) for word in COMPOUND.findall(text)]
    return "\n".join([text, *joined])


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _paths_above(path: str) -> list[str]:
    step = Page.steplen
    return [path[:end] for end in range(step, len(path) + 1, step)]
