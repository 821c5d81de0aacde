"""What the result page shows beside the hits: filters with their labels and counts, and ways to go on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import searchable
from portal.listing import Group, without_page
from portal.words.analysis import token

from . import markup
from .documents import PAGE_SIZE, Results
from .explaining import Explanation
from .filters import OFFERED, filter_groups
from .highlight import best_passage, marked
from .markup import own_language_name
from .parsing import parse
from .service import language_order

MOST_WORDS = 8  # looked for where there is no index

# How the answer was found where the words as typed found nothing; see `rescue` for the steps.
STEPS: dict[str, Any] = {
    "spell": gettext_lazy("Some of these words stand nowhere in the guide. Showing results for “%(words)s”."),
    "apart": gettext_lazy("No page has these words. Showing what readers wrote about the pages."),
    "trigram": gettext_lazy("Nothing has exactly these words. Showing what comes closest."),
    "crosslang": gettext_lazy("Nothing in your language has these words. Showing texts in other languages."),
}


@dataclass(frozen=True)
class Elsewhere:
    """The same search in another language of the site."""

    language: str
    name: str
    url: str
    count: int


@dataclass
class ResultPage:
    """Shaped like a listing, so that the site's paging component shows it."""

    hits: SafeString
    page_obj: PaginatorPage
    groups: list[Group]
    query: str  # the address's parameters without the page number


def result_page(
    results: Results, number: int, parameters: QueryDict, explained: Mapping[str, Explanation]
) -> ResultPage:
    paginator = Paginator(range(results.total), PAGE_SIZE)
    page = paginator.get_page(number)
    return ResultPage(markup.hits(results, explained), page, filter_groups(results), without_page(parameters))


def elsewhere(results: Results, parameters: QueryDict) -> list[Elsewhere]:
    """Other languages in which texts match, to search there instead."""
    counts = results.facets.get("language", {})
    kept = parameters.copy()
    kept.pop("language", None)
    query = without_page(kept)
    return [
        Elsewhere(code, own_language_name(code), f"/{code}/search/?{query}", counts[code])
        for code in sorted(counts, key=language_order)
        if code != results.query.language and counts[code]
    ]


def apart(results: Results, parameters: QueryDict) -> list[tuple[str, str]]:
    """Links to the same search among what is found only where it is asked for."""
    kept = parameters.copy()
    chosen = results.query.filters.get("kind", frozenset())
    links = []
    for kind, text in searchable.kinds_apart().items():
        if kind not in chosen and results.step != "apart" and results.query.text:
            kept.setlist("type", [kind])
            links.append((str(text), without_page(kept)))
    return links


@dataclass(frozen=True)
class ClosedRow:
    """A hit that only some may see, with its passage."""

    found: searchable.Closed
    title: SafeString
    passage: SafeString


def closed(results: Results) -> list[tuple[str, list[ClosedRow]]]:
    """What the reader finds by these words where not everybody may read. Filters are of pages and say nothing here."""
    query = results.query
    if not query.user or not query.user.is_authenticated or query.filters:
        return []
    asked = parse(query.text, query.language)
    every = [term.forms[0] for term in asked.terms] + [word for phrase in asked.phrases for word in phrase]
    words = [word for word in dict.fromkeys(every) if token(word, query.language)][:MOST_WORDS]
    if not words:
        return []
    everything = searchable.closed_to_others(words, query.user)
    return [(str(label), [_closed_row(each, words) for each in found]) for label, found in everything]


def _closed_row(found: searchable.Closed, words: list[str]) -> ClosedRow:
    return ClosedRow(found, marked(found.title, words), best_passage(found.text, words).html)


def notes(results: Results) -> list[str]:
    """What readers should know about how the answer came about."""
    found = []
    if results.degraded:
        found.append(_("Simple search is answering at the moment. It finds the same texts; their order may differ."))
    if results.hits and results.step in STEPS:
        found.append(STEPS[results.step] % {"words": results.did_you_mean})
    return found


def feed_query(parameters: QueryDict) -> str:
    """The parameters of a search that make up its feed, in one order, so that the same feed has one address."""
    names = ["q", *(name for name, _facet, _heading in OFFERED)]
    pairs = [(name, value) for name in names for value in dict.fromkeys(parameters.getlist(name)) if value]
    return urlencode(pairs)


def with_text(parameters: QueryDict, text: str) -> str:
    """The parameters of the same search for other words, filters kept."""
    kept = parameters.copy()
    kept["q"] = text
    return without_page(kept)


def examples() -> list[tuple[str, str]]:
    """Searches to try, with their parameters."""
    texts = [_("neighbourhood app"), _("false accusation"), _("“citizen journalism”"), _("app -WhatsApp"), "DIY-08"]
    return [(text, urlencode({"q": text})) for text in texts]
