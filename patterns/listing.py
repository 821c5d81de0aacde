from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal import reported, terms
from portal import vocabulary as v
from portal.addresses import address
from portal.languages import active_language
from portal.listing import BY_TITLE, NEWEST, FacetFilter, Group, Listing, Sort, build_listing, country_labels, offered
from portal.querysets import in_language, visible

from .cards import FIELDS, Card, cards
from .models import PatternGroupPage, PatternIndexPage, PatternPage

BY_NUMBER = Sort("number", _("Number"), ("number",))
CONFIDENCE = {"2": _("Two stars"), "1": _("One star"), "0": _("None yet")}


def use_labels() -> dict[str, Any]:
    return dict([*v.CitizenUse.choices, *v.InstitutionalUse.choices])


FILTERS = [
    FacetFilter("group", _("Group"), lambda: dict(v.PatternGroup.choices)),
    FacetFilter("use", _("Used to"), use_labels),
    FacetFilter("channel", _("Channel"), lambda: dict(v.PlatformKind.choices)),
    FacetFilter("risk", _("Ethical risk"), lambda: dict(terms.choices(v.TermScheme.ETHICAL_RISK))),
    FacetFilter("confidence", _("Confidence"), lambda: CONFIDENCE),
    FacetFilter(reported.OUTCOME, _("Reports from practice"), lambda: reported.OUTCOMES),
    FacetFilter(reported.COUNTRY, _("Tried in"), country_labels, keep_order=False),
]
# What three of the filters ask, in the words of readers who do not know them.
QUESTIONS = {
    "use": _("What do people do, or what do you want to do?"),
    "channel": _("Where does it happen?"),
    "risk": _("What worries you?"),
}
MOST_REPORTED = Sort("reports", _("Reports from practice"), (reported.number_by_page().desc(nulls_last=True), "number"))
SORTS = [BY_NUMBER, BY_TITLE, NEWEST, MOST_REPORTED]


def pattern_listing(page: PatternIndexPage, request: HttpRequest) -> Listing:
    listing = build_listing(request, PatternPage.objects.only(*FIELDS), filters=FILTERS, sorts=SORTS)
    listing.pages = cards(listing.pages, active_language(), request)
    return listing


@dataclass(frozen=True)
class Questions:
    """A form that leads to a choice of the list."""

    action: str
    asked: list[tuple[Any, Group]]


def questions(request: HttpRequest) -> Questions | None:
    """None where there is no list of patterns to lead to, or nothing in it."""
    language = active_language()
    index = in_language(visible(PatternIndexPage.objects.all(), request.user), language).first()
    groups = {group.name: group for group in offered(request, PatternPage.objects.all(), FILTERS)}
    asked = [(words, groups[name]) for name, words in QUESTIONS.items() if groups[name].options]
    return Questions(address(index, language), asked) if index and asked else None


def patterns_of_group(page: PatternGroupPage, request: HttpRequest) -> list[Card]:
    language = active_language()
    found = in_language(visible(PatternPage.objects.filter(group=page.group), request.user), language)
    return cards(list(found.select_related("locale").only(*FIELDS).order_by("number")), language, request)
