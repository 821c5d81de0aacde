"""Pages that speak of one another stand together: what the best hits are about comes before what merely has the words.

A short recommendation says in sixty words what a pattern says in two thousand, and the collection that leads through
both has hardly any words at all. A long page beats them by its length alone. That editors made these pages refer to
one another tells more: who finds the pattern wants its advice.

It arranges what an engine found, so it is the same for both engines, knows nothing that the reader may not see, and
follows the pages at once: Wagtail keeps who refers to whom.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Page, ReferenceIndex

from portal.shown_pages import shown_pages

from .asked.likeness import likeness
from .documents import Match, Query

# Measured on the development half of the judged questions, +.017 of nDCG@10 in the embedded engine and +.013 in
# Elasticsearch. Half as much and twice as much gain less; more than twenty subjects gain nothing.
ARRANGED = 20  # the first subjects, which change places
LEADING = 5  # of them, that lend weight to what they refer to or are referred to by
LENT = 0.2  # of their score, where the best has 1
# What readers ask for in the very words of the query is worth so much more, and what they ask for nearly so that much
# less: see `likeness`.
ANSWERS, NEARLY = 0.7, 2

Company = Mapping[str, Collection[str]]  # of each subject those that it refers to, or that refer to it


def is_arranged(query: Query) -> bool:
    return query.sort == "relevance" and query.offset < ARRANGED


def asking_for_enough(query: Query) -> Query:
    """The query for all that takes part, though only some of it is shown."""
    return replace(query, offset=0, limit=max(ARRANGED, query.offset + query.limit))


def arranged(matches: list[Match], query: Query) -> list[Match]:
    """The page of matches that `query` asks for. Takes one database query.

    What editors picked, what is called as the query is and what editors put last stay where they are.
    """
    first, rest = matches[:ARRANGED], matches[ARRANGED:]
    leading = [match for match in first[:LEADING] if match.subject not in query.demoted]
    kept = {match.subject for match in first if match.is_exact or match.subject in query.picks}
    moved = [match for match in first if match.subject not in kept | query.demoted]
    if len(moved) > 1:
        worth = _worth(moved, leading, likeness(query))
        moved.sort(key=lambda match: worth[match.subject], reverse=True)
    places, moving = iter(moved), {match.subject for match in moved}
    first = [next(places) if match.subject in moving else match for match in first]
    return [*first, *rest][query.offset : query.offset + query.limit]


def _worth(moved: list[Match], leading: list[Match], alike: Mapping[str, float]) -> dict[str, float]:
    """What each is worth with its company, where the best of those that may move is worth 1 alone."""
    best = max(match.score for match in moved) or 1.0
    alone = {m.subject: m.score / best + ANSWERS * alike.get(m.subject, 0.0) ** NEARLY for m in moved}
    lending = {match.subject: alone.get(match.subject, 1.0) for match in leading}
    company = company_of({*alone, *lending})
    return {
        subject: own * (1 + LENT * sum(lending.get(other, 0.0) for other in company.get(subject, ())))
        for subject, own in alone.items()
    }


def company_of(subjects: Iterable[str]) -> Company:
    """Who refers to whom among these subjects, in whatever language. Terms and other things on pages do not."""
    subject_of = dict(_pages_of(subjects))
    page = ContentType.objects.get_for_model(Page)
    if len(set(subject_of.values())) < 2:
        return {}
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in _references(page.pk, subject_of.keys()):
        if subject_of[one] != subject_of[other]:
            found[subject_of[one]].add(subject_of[other])
            found[subject_of[other]].add(subject_of[one])
    return found


def _references(page_type: int, ids: Collection[str]) -> list[tuple[str, str]]:
    """In plain SQL: each search asks for them, and Django takes longer to write the query than the database.

    The database is asked for all that these pages refer to: SQLite would look for each pair of pages by itself.
    """
    sql = (
        f"SELECT DISTINCT object_id, to_object_id FROM {ReferenceIndex._meta.db_table} "
        f"WHERE base_content_type_id = %s AND to_content_type_id = %s AND object_id IN ({', '.join(['%s'] * len(ids))})"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [page_type, page_type, *ids])
        return [(one, other) for one, other in cursor.fetchall() if other in ids]


def _pages_of(subjects: Iterable[str]) -> Iterator[tuple[str, str]]:
    """From the pages in memory; what has no page of its own, such as a term, is none of them."""
    pages = shown_pages(None)
    for subject in subjects:
        with suppress(ValueError):
            yield from ((str(page.pk), subject) for page in pages.by_key.get(UUID(subject), ()))
