"""The public pages that say once a year, and after each month, what moderators did."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.languages import active_language
from portal.reading import Crumb
from portal.tables import csv_file

from .moderation import figures


def index(request: HttpRequest) -> HttpResponse:
    years = figures.years()
    return _page(request, years[0]) if years else _page(request, None)


def of_year(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, _known(number))


def table(request: HttpRequest, number: int) -> HttpResponse:
    of = figures.year(_known(number))
    head = [_("Year"), _("Until"), _("Group"), _("Figure"), _("Count")]
    day = of.last_day.date().isoformat()
    rows = [[of.number, day, str(each.group), str(each.label), each.count] for each in figures.figures(of)]
    return csv_file(f"moderation-{of.number}", [head, *rows])


def _breadcrumb() -> list[Crumb]:
    return [Crumb(_("Home"), f"/{active_language()}/"), Crumb(_("Moderation in numbers"))]


def _known(number: int) -> int:
    if number not in figures.years():
        raise Http404
    return number


def _page(request: HttpRequest, number: int | None) -> HttpResponse:
    context: dict[str, Any] = {"years": figures.years(), "breadcrumb": _breadcrumb()}
    if number is not None:
        of = figures.year(number)
        groups: dict[str, list[figures.Figure]] = {}
        for figure in figures.figures(of):
            groups.setdefault(str(figure.group), []).append(figure)
        context |= {"year": of, "groups": groups.items(), "hours": figures.hours_to_decide(of)}
    return render(request, "community/transparency.html", context)
