"""Reports from practice as a table: their facts alone, of those whose authors agreed.

No words, no name, and no link to the comment: a consent can be withdrawn, a file on somebody’s disk cannot. A region is
given where enough reports come from it.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal import reported
from portal.addresses import own_address
from portal.datasets import LICENCE, Column, Dataset, cell, choices, register
from portal.languages import active_language
from portal.listing import country_labels
from portal.querysets import in_language, visible
from portal.references import as_specific

from ..models import Act, CommentState, PracticeEvidence
from ..models.evidence import OrganisedBy, Scale
from .summary import FEWEST_OF_A_REGION

FIELDS = ("act", "country", "region", "began", "ended", "organisation", "scale", "outcome")


def rows(request: HttpRequest) -> Iterator[list[dict[str, Any]]]:
    """All at once: reports are few."""
    public = PracticeEvidence.objects.filter(comment__in=CommentState.objects.visible_to(None).order_by().values("pk"))
    found = public.order_by("country", "pk").values("comment__thread__translation_key", "may_be_cited", *FIELDS)
    reports = [{**row, "key": row.pop("comment__thread__translation_key")} for row in found]
    pages = _pages({row["key"] for row in reports}, request)
    regions = Counter((row["key"], row["region"]) for row in reports)
    yield [
        {
            **{name: str(row[name]) for name in FIELDS},
            "region": row["region"] if regions[row["key"], row["region"]] >= FEWEST_OF_A_REGION else "",
            "outcome": row["outcome"] or reported.NOT_TRIED,
            "kind": pages[row["key"]].kind,
            "page": pages[row["key"]].code,
            "address": own_address(pages[row["key"]], request),
            "licence": LICENCE,
        }
        for row in reports
        if row["may_be_cited"] and row["key"] in pages
    ]


def _pages(keys: set[Any], request: HttpRequest) -> dict[Any, Any]:
    shown: Any = visible(Page.objects.filter(translation_key__in=keys))
    pages = in_language(shown, active_language()).select_related("locale")
    specific = as_specific(list(pages)).values()
    return {page.translation_key: page for page in specific if getattr(page, "takes_reports", False)}


COLUMNS = (
    Column("kind", _("What kind of page the report is about."), cell("kind")),
    Column("page", _("Code of the page that the report is about."), cell("page")),
    Column("did", _("Whether it was tried, tried in another way, or decided against."), cell("act"), choices(Act)),
    Column("country", _("Country, as an ISO 3166-1 code."), cell("country"), country_labels),
    Column("region", _("Region, as an ISO 3166-2 code; empty where few reports come from it."), cell("region")),
    Column("began", _("Year or month in which it began."), cell("began")),
    Column("ended", _("Year or month in which it ended; empty: it goes on, or is not known."), cell("ended")),
    Column("organisation", _("Kind of organisation that ran it."), cell("organisation"), choices(OrganisedBy)),
    Column("scale", _("How large it was."), cell("scale"), choices(Scale)),
    Column("outcome", _("How it went, in the writer’s own judgement."), cell("outcome"), lambda: reported.OUTCOMES),
    Column("address", _("Address of the page."), cell("address")),
    Column("licence", _("Licence of the facts, as an SPDX code."), cell("licence")),
)


def register_reports() -> None:
    register(
        Dataset(
            "reports",
            _("Reports from practice"),
            _("What people report who tried what a page describes: one row for each report that may be cited."),
            COLUMNS,
            rows,
        )
    )
