"""What results can be narrowed by: names in the address, headings, and the label of each code in the reader's words."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_countries import countries
from taggit.models import Tag

from portal import terms
from portal.languages import active_language, language_name
from portal.listing import Group, Option
from portal.navigation import once
from portal.vocabulary import CitizenUse, InstitutionalUse, PatternGroup, TermScheme

from .adapters import kind_labels
from .documents import Results

# The filters in the order of the page: the name in the address, the facet, the heading.
OFFERED: tuple[tuple[str, str, Any], ...] = (
    ("type", "kind", gettext_lazy("Kind")),
    ("language", "language", gettext_lazy("Language of the text")),
    ("group", "group", pgettext_lazy("filter", "Pattern group")),
    ("use", "use", gettext_lazy("Used to")),
    ("country", "country", gettext_lazy("Country")),
    ("tag", "tag", gettext_lazy("Tags")),
    ("year", "year", gettext_lazy("Year")),
    ("risk", "risk", gettext_lazy("Ethical risk")),
    ("benefit", "benefit", gettext_lazy("Ethical benefit")),
)
# What readers most often come for stands first; other kinds follow by name.
KINDS_FIRST = ("pattern", "practice", "workshop", "topic", "recommendation", "resource", "term", "news", "call")
# Several page types share these kinds, or their model's name says nothing to readers.
KIND_NAMES: dict[str, Any] = {
    "index": gettext_lazy("Overview"),
    "page": gettext_lazy("About the guide"),
    "home": gettext_lazy("Home page"),
}
MOST_OFFERED = 15  # of one filter, beside those chosen
MOST_CHOICES = 60  # of one filter in an address; there are fewer countries than could be typed
YEAR = re.compile(r"[12]\d{3}")
SLUG = re.compile(r"[\w-]{1,100}")

Named = dict[str, str]


def chosen_filters(parameters: QueryDict) -> dict[str, frozenset[str]]:
    """The filters of an address; values that nobody could offer are left out."""
    found = {}
    for name, facet, _heading in OFFERED:
        given = parameters.getlist(name)[:MOST_CHOICES]
        if given and (values := LABELS[facet](set(given), frozenset())):
            found[facet] = frozenset(values)
    return found


def filter_groups(results: Results) -> list[Group]:
    """The filters that could narrow these results, or already do."""
    groups, headings = [], _headings(active_language())
    for name, facet, _heading in OFFERED:
        counts = results.facets.get(facet, {})
        chosen = results.query.filters.get(facet, frozenset())
        offered = _offered(counts)
        named = LABELS[facet](offered | chosen, frozenset(offered | chosen & counts.keys())) if counts or chosen else {}
        options = [Option(code, label, counts.get(code, 0), code in chosen) for code, label in named.items()]
        group = Group(name, headings[facet], options)
        if len(options) > 1 or group.chosen:
            groups.append(group)
    return groups


@cache
def _headings(language: str) -> Named:
    return {facet: str(heading) for _name, facet, heading in OFFERED}


def _offered(counts: Mapping[str, int]) -> set[str]:
    """Tags are many: those that few results carry narrow little, and all of them would bury the others."""
    return set(sorted(counts, key=lambda code: (-counts[code], code))[:MOST_OFFERED])


def all_kind_names() -> Named:
    """In the reader's language, in the order in which they are offered."""
    names: Named = once(None, ("names of kinds", active_language()), _name_kinds)
    return names


def _name_kinds() -> Named:
    named = {kind: capfirst(str(KIND_NAMES.get(kind, label))) for kind, label in kind_labels().items()}
    ordered = [*KINDS_FIRST, *sorted(named, key=lambda kind: named[kind].casefold())]
    return {kind: named[kind] for kind in ordered if kind in named}


# Of each facet: those of `wanted` codes that it knows, with their names, in the order in which they are offered.
# `found` are those that results carry.


def _kinds(wanted: set[str], found: frozenset[str]) -> Named:
    return {kind: name for kind, name in all_kind_names().items() if kind in wanted}


def _languages(wanted: set[str], found: frozenset[str]) -> Named:
    return {code: name for code, name in _language_names(active_language()).items() if code in wanted}


@cache
def _language_names(language: str) -> Named:
    """In the active language, which `language` names; so the other names that are kept."""
    return {code: str(capfirst(language_name(code))) for code, _name in settings.LANGUAGES}


def _countries(wanted: set[str], found: frozenset[str]) -> Named:
    """Naming all countries would take longer than the search."""
    reader = active_language()
    return _by_name((code, _country_name(code, reader)) for code in wanted if code in countries.countries)


@cache
def _country_name(code: str, language: str) -> str:
    return str(countries.name(code))


def _tags(wanted: set[str], found: frozenset[str]) -> Named:
    """The name of a tag is told only where results carry it: others may be on hidden pages alone."""
    named: Named = once(None, ("names of tags",), lambda: dict(Tag.objects.values_list("slug", "name")))
    return _by_name((slug, named.get(slug, slug) if slug in found else slug) for slug in wanted if SLUG.fullmatch(slug))


def _years(wanted: set[str], found: frozenset[str]) -> Named:
    return {year: year for year in sorted(wanted, reverse=True) if YEAR.fullmatch(year)}


def _choices(*enumerations: Any) -> Callable[[set[str], frozenset[str]], Named]:
    def labels(wanted: set[str], found: frozenset[str]) -> Named:
        return {code: label for code, label in named(active_language()).items() if code in wanted}

    @cache
    def named(language: str) -> Named:
        return {code: str(label) for some in enumerations for code, label in some.choices}

    return labels


def _vocabulary(scheme: str) -> Callable[[set[str], frozenset[str]], Named]:
    def labels(wanted: set[str], found: frozenset[str]) -> Named:
        known = terms.labels()
        return _by_name((code, known[scheme, code]) for code in wanted if (scheme, code) in known)

    return labels


def _by_name(pairs: Iterable[tuple[str, str]]) -> Named:
    return dict(sorted(pairs, key=lambda pair: pair[1].casefold()))


LABELS: Mapping[str, Callable[[set[str], frozenset[str]], Named]] = {
    "kind": _kinds,
    "language": _languages,
    "group": _choices(PatternGroup),
    "use": _choices(InstitutionalUse, CitizenUse),
    "country": _countries,
    "tag": _tags,
    "year": _years,
    "risk": _vocabulary(TermScheme.ETHICAL_RISK),
    "benefit": _vocabulary(TermScheme.ETHICAL_BENEFIT),
}
