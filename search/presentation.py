"""What the result page shows beside the hits: filters with their labels and counts, and ways to go on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django_countries import countries

from portal.cards import stars
from portal.languages import language_name
from portal.listing import Group, Option, without_page
from portal.vocabulary import PatternGroup

from .adapters import kind_labels
from .documents import PAGE_SIZE, Hit, Results
from .service import language_order

# The filters in the order of the page: the name in the address, the facet, the heading.
OFFERED: tuple[tuple[str, str, Any], ...] = (
    ("type", "kind", gettext_lazy("Kind")),
    ("language", "language", gettext_lazy("Language of the text")),
    ("group", "group", pgettext_lazy("filter", "Pattern group")),
    ("country", "country", gettext_lazy("Country")),
)
# What readers most often come for stands first; other kinds follow by name.
KINDS_FIRST = ("pattern", "practice", "workshop", "topic", "recommendation", "resource", "term", "news", "call")
# Several page types share these kinds, or their model's name says nothing to readers.
KIND_NAMES: dict[str, Any] = {
    "index": gettext_lazy("Overview"),
    "page": gettext_lazy("About the guide"),
    "home": gettext_lazy("Home page"),
}
MOST_CHOICES = 60  # of one filter in an address; there are fewer countries than could be typed


@dataclass(frozen=True)
class Elsewhere:
    """The same search in another language of the site."""

    language: str
    name: str
    url: str
    count: int


@dataclass(frozen=True)
class Row:
    """A hit with its codes and dates in the reader's words."""

    hit: Hit
    kind: str
    number: str  # said by screen readers before the title
    group: str
    stars: SafeString
    language: str  # only where it is not the reader's
    passage_language: str  # only where it is not the hit's
    changed: str
    versions: list[tuple[str, str, str]]  # language, its own name, address


@dataclass
class ResultPage:
    """Shaped like a listing, so that the site's paging component shows it."""

    rows: list[Row]
    page_obj: PaginatorPage
    groups: list[Group]
    query: str  # the address's parameters without the page number


def chosen_filters(parameters: QueryDict) -> dict[str, frozenset[str]]:
    """The filters of an address; values that nobody offers are left out."""
    found = {}
    for name, facet, _heading in OFFERED:
        values = names(facet, parameters.getlist(name)[:MOST_CHOICES])
        if values:
            found[facet] = frozenset(values)
    return found


def result_page(results: Results, number: int, parameters: QueryDict) -> ResultPage:
    paginator = Paginator(range(results.total), PAGE_SIZE)
    return ResultPage(rows(results), paginator.get_page(number), filter_groups(results), without_page(parameters))


def rows(results: Results) -> list[Row]:
    kinds = all_kind_names()
    return [_row(hit, kinds, results.query.language) for hit in results.hits]


def _row(hit: Hit, kinds: dict[str, str], language: str) -> Row:
    number, group = hit.card.get("number", ""), hit.card.get("group", "")
    is_pattern = group in PatternGroup.values and number
    foreign_passage = hit.snippet and hit.snippet_language != hit.language
    return Row(
        hit=hit,
        kind=kinds.get(hit.kind, ""),
        number=_("Pattern %(number)s:") % {"number": number} if is_pattern else "",
        group=_("Group %(group)s") % {"group": PatternGroup(group).label} if is_pattern else "",
        stars=stars(hit.card.get("confidence")),
        language=language_name(hit.language) if hit.language != language else "",
        passage_language=language_name(hit.snippet_language) if foreign_passage else "",
        changed=_("changed %(date)s") % {"date": date_format(hit.changed, "SHORT_DATE_FORMAT")} if hit.changed else "",
        versions=[(v.language, own_language_name(v.language), v.url) for v in hit.versions],
    )


def filter_groups(results: Results) -> list[Group]:
    """The filters that could narrow these results, or already do."""
    groups = []
    for name, facet, heading in OFFERED:
        counts = results.facets.get(facet, {})
        chosen = results.query.filters.get(facet, frozenset())
        named = names(facet, {*counts, *chosen})
        options = [Option(code, label, counts.get(code, 0), code in chosen) for code, label in named.items()]
        if len(options) > 1 or any(option.checked for option in options):
            groups.append(Group(name, str(heading), options))
    return groups


def names(facet: str, codes: Iterable[str]) -> dict[str, str]:
    """Those of `codes` that a filter knows, with their names, in the order in which they are offered."""
    wanted = set(codes)
    if facet == "country":  # naming all countries would take longer than the search
        named = [(code, str(countries.name(code))) for code in wanted if code in countries.countries]
        return dict(sorted(named, key=lambda pair: pair[1].casefold()))
    if facet == "kind":
        known = all_kind_names()
        ordered = [*KINDS_FIRST, *sorted(known, key=lambda kind: known[kind].casefold())]
        return {kind: known[kind] for kind in ordered if kind in wanted and kind in known}
    if facet == "group":
        return {code: str(label) for code, label in PatternGroup.choices if code in wanted}
    return {code: str(capfirst(language_name(code))) for code, _name in settings.LANGUAGES if code in wanted}


def all_kind_names() -> dict[str, str]:
    """In the reader's language."""
    return {kind: capfirst(str(KIND_NAMES.get(kind, label))) for kind, label in kind_labels().items()}


def own_language_name(code: str) -> str:
    return str(get_language_info(code)["name_local"])


def elsewhere(results: Results) -> list[Elsewhere]:
    """Other languages in which texts match, to search there instead."""
    counts = results.facets.get("language", {})
    parameters = urlencode({"q": results.query.text})
    return [
        Elsewhere(code, own_language_name(code), f"/{code}/search/?{parameters}", counts[code])
        for code in sorted(counts, key=language_order)
        if code != results.query.language and counts[code]
    ]


def examples() -> list[tuple[str, str]]:
    """Searches to try, with their parameters."""
    texts = [_("neighbourhood app"), _("false accusation"), _("“citizen journalism”"), _("app -WhatsApp"), "DIY-08"]
    return [(text, urlencode({"q": text})) for text in texts]
