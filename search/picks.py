"""Pages that editors put first, or last, for a search. Compared are the stems of its words, in any order.

Engines bring a pick along even where its text lacks the words, but only among the documents that the visitor may see
and that fit the filters: so the counts stay true, and a draft or closed page is never hinted at.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from portal import stamps
from portal.navigation import once
from portal.words.analysis import token

from .documents import Query
from .models import Pick
from .synonyms import plain_words

MOST_FIRST = 5  # of one search: more would be a page of their own

Asked = frozenset[str]


class Kept(NamedTuple):
    subject: str
    pick: Pick


@dataclass(frozen=True)
class Chosen:
    first: dict[str, str] = field(default_factory=dict)  # reasons by subject, in the order in which they are shown
    last: frozenset[str] = frozenset()


def chosen(query: Query) -> Chosen:
    """For readers who sort by date, or take words out, the words alone decide."""
    if query.sort != "relevance" or query.excluded:
        return Chosen()
    typed = [term.forms[0] for term in query.terms] + [word for phrase in query.phrases for word in phrase]
    today = timezone.localdate()
    running = [
        kept for kept in _table(query.language).get(_asked(typed, query.language), ()) if kept.pick.is_running(today)
    ]
    last = frozenset(kept.subject for kept in running if kept.pick.effect == Pick.Effect.LAST)
    first = [kept for kept in running if kept.pick.effect == Pick.Effect.FIRST and kept.subject not in last]
    reasons = {kept.subject: kept.pick.reason or _("Editors’ pick") for kept in first[:MOST_FIRST]}
    return Chosen(reasons, last)


def asked(query: str, language: str) -> Asked:
    return _asked(plain_words(query, language), language)


def _asked(typed: list[str], language: str) -> Asked:
    return frozenset(found for word in typed if (found := token(word, language)))


def _table(language: str) -> dict[Asked, list[Kept]]:
    table: dict[Asked, list[Kept]] = once(None, ("picks", language), partial(_read, language), also=stamps.SEARCH)
    return table


def _read(language: str) -> dict[Asked, list[Kept]]:
    table: dict[Asked, list[Kept]] = defaultdict(list)
    for pick in Pick.objects.filter(language=language).select_related("page").order_by("order", "pk"):
        for line in pick.lines:
            if key := asked(line, language):
                table[key].append(Kept(str(pick.page.translation_key), pick))
    return dict(table)
