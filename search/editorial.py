"""What a query gets before an engine does: synonyms, the pages that editors put first or last, and what is recent.

All are kept in memory until something is published or edited, so a search pays one small query for them.
"""

from dataclasses import replace
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from portal import stamps

from . import picks, recency, synonyms
from .documents import Match, Query
from .models import Pick, Synonym


def applied(query: Query) -> Query:
    if not query.terms and not query.phrases:
        return query
    chosen = picks.chosen(query)
    return replace(
        query,
        terms=synonyms.expanded(query.terms, query.language),
        picks=chosen.first,
        demoted=chosen.last,
        recent=recency.factors(),
    )


def picks_in_order(matches: list[Match], query: Query) -> list[Match]:
    """Engines put picks first; which of them leads, editors say."""
    if not query.picks:
        return matches
    places = {subject: place for place, subject in enumerate(query.picks)}
    return sorted(matches, key=lambda match: places.get(match.subject, len(places)))


@receiver([post_save, post_delete], sender=Synonym)
@receiver([post_save, post_delete], sender=Pick)
def something_was_edited(**kwargs: Any) -> None:
    stamps.touch(stamps.SEARCH)
