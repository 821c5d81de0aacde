from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal import terms
from portal import vocabulary as v
from portal.languages import active_language
from portal.listing import BY_TITLE, NEWEST, FacetFilter, Listing, Sort, build_listing
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
]


def pattern_listing(page: PatternIndexPage, request: HttpRequest) -> Listing:
    listing = build_listing(
        request, PatternPage.objects.only(*FIELDS), filters=FILTERS, sorts=[BY_NUMBER, BY_TITLE, NEWEST]
    )
    listing.pages = cards(listing.pages, active_language(), request)
    return listing


def patterns_of_group(page: PatternGroupPage, request: HttpRequest) -> list[Card]:
    language = active_language()
    found = in_language(visible(PatternPage.objects.filter(group=page.group), request.user), language)
    return cards(list(found.select_related("locale").only(*FIELDS).order_by("number")), language, request)
