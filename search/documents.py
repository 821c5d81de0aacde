"""What goes into the search and what comes out, whichever engine answers."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

PAGE_SIZE = 10
# What a reader can narrow by. `kind` and `language` every document has; the others are facets that pages name.
FILTERS = ("kind", "language", "group", "use", "country", "tag", "year", "risk", "benefit")


class Section(NamedTuple):
    """A part of a page under a heading of its own, beginning at a line of the body."""

    line: int
    anchor: str
    title: str


@dataclass(frozen=True)
class SearchDocument:
    """One thing that can be found: a page in one language, or a part of it with rules of its own."""

    key: str  # "page:123"; a part of it: "page:123:consent:2027-01-01"
    owner: str  # the key of the whole thing: its documents are written and dropped together
    page_id: int  # the page it is read on, whose readers may find it
    subject: str  # the translation key: the same in every language
    kind: str
    language: str
    url: str  # under its own language, with the anchor
    title: str
    summary: str = ""
    labels: tuple[str, ...] = ()  # other names: found like a title
    headings: str = ""
    body: str = ""
    tags: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()  # what readers ask when it is the answer, see `asked`
    sections: tuple["Section", ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    card: Mapping[str, Any] = field(default_factory=dict)  # what a hit shows beside its texts
    rank: float = 1.0  # multiplies the score: what readers come for above what merely mentions it
    shown_until: datetime.date | None = None  # the day on which a consent ends
    changed: datetime.datetime | None = None
    happened: datetime.date | None = None  # of what ages, see `recency`

    @property
    def is_part(self) -> bool:
        return self.key != self.owner


@dataclass(frozen=True)
class Term:
    """One word asked for, with other spellings of it; any of them counts.

    What editors or the thesaurus say of it counts too, but less: other words for the same thing, in any language.
    """

    forms: tuple[str, ...]
    synonyms: tuple[str, ...] = ()  # in the query's own language; those of several words must occur as a phrase
    related: tuple[tuple[str, tuple[str, ...]], ...] = ()  # language, and the words, which must occur as a phrase


@dataclass(frozen=True)
class Query:
    """A search, parsed. Words are optional and rank; phrases must occur; excluded ones must not."""

    text: str
    language: str
    terms: tuple[Term, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    was_shortened: bool = False
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sort: str = "relevance"  # or "newest"
    offset: int = 0
    limit: int = PAGE_SIZE
    user: Any = None
    # What editors decided for this query, by subject.
    picks: Mapping[str, str] = field(default_factory=dict)  # come first, in this order; with the reason that is shown
    demoted: frozenset[str] = frozenset()  # come last
    recent: Mapping[str, float] = field(default_factory=dict)  # what subjects of these days count more, see `recency`
    # Look for what is related in every language, even though the reader's has nearly everything.
    everywhere: bool = False

    @property
    def asks_for_something(self) -> bool:
        return bool(self.terms or self.phrases)


@dataclass(frozen=True)
class Match:
    """A subject that an engine found, with the document that matched best."""

    subject: str
    document_id: int
    languages: frozenset[str]  # in which it is read where its text matched
    score: float = 0.0
    is_exact: bool = False  # its title or another name is the query itself


@dataclass(frozen=True)
class Found:
    """An engine's answer: one page of matches, and counts over all of them."""

    matches: list[Match] = field(default_factory=list)
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    # The words as the texts write them, by language: for marking.
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[Term, ...] = ()  # words found nowhere that the reader may look
    engine: str = ""
    degraded: bool = False  # another engine than the one chosen had to answer


@dataclass(frozen=True)
class Version:
    """One document of a subject."""

    pk: int
    language: str
    url: str
    is_part: bool


@dataclass(frozen=True)
class Hit:
    kind: str
    language: str
    url: str
    title: str  # HTML, with marks
    summary: str
    snippet: str
    snippet_language: str
    therefore: str
    label: str  # the other name under which it was found
    asked: str  # what it is asked for in words like those of the reader, where nothing else says why it was found
    card: Mapping[str, Any]
    changed: datetime.datetime | None
    versions: tuple[Version, ...] = ()
    pick: str = ""  # why editors put it first
    subject: str = ""
    document_id: int = 0  # of the text that matched best
    score: float = 0.0
    section: str = ""  # in which the passage stands
    section_url: str = ""


@dataclass(frozen=True)
class Results:
    query: Query
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    did_you_mean: str = ""
    step: str = ""  # which step answered: exact, stem, spell, apart, trigram, crosslang; empty without a hit
    engine: str = ""
    degraded: bool = False
    took_ms: float = 0.0
