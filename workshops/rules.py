"""What must hold before a workshop is published, in words that say what to do."""

from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from portal.vocabulary import EventKind, ReportStatus

if TYPE_CHECKING:
    from portal.models.pages import Problem

    from .models import WorkshopPage


def problems(page: "WorkshopPage") -> list["Problem"]:
    found = date_and_series_problems(page)
    if not page.guiding_questions and page.event_kind == EventKind.WORKSHOP:
        found.append(("guiding_questions", _("Add the questions the workshop asked.")))
    if page.is_to_come and not page.registration:
        found.append(("registration", _("Say how people can register, since the event is still to come.")))
    if page.report_status == ReportStatus.PUBLISHED and not page.report_documents:
        message = _("Attach the report, or say where it can be read: it is said to be published.")
        found.append(("report_documents", message))
    if page.report_status == ReportStatus.NONE and page.report_documents:
        found.append(("report_status", _("A report is attached. Say in which state it is.")))
    codes = Counter(block.value["code"] for block in page.findings)
    if any(times > 1 for times in codes.values()):
        found.append(("findings", _("Two findings have the same number. Give each its own.")))
    return found + quote_problems(page, set(codes))


def quote_problems(page: "WorkshopPage", codes: set[str]) -> list["Problem"]:
    named = dict.fromkeys(code for block in page.quotes for code in block.value["findings"])
    unknown = [code for code in named if code not in codes]
    message = _("This page has no finding %(numbers)s. Name one that it has, or add it to the findings.")
    return [("quotes", message % {"numbers": ", ".join(unknown)})] if unknown else []


def date_and_series_problems(page: "WorkshopPage") -> list["Problem"]:
    found: list[Problem] = []
    if page.date_start and page.date_end and page.date_end < page.date_start[: len(page.date_end)]:
        found.append(("date_end", _("The last day cannot come before the first.")))
    planned = page.series.planned_count if page.series else None
    if page.series_number and planned and page.series_number > planned:
        message = _("The series has only %(planned)s workshops. Correct the number here or there.")
        found.append(("series_number", message % {"planned": planned}))
    return found
