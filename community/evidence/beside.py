"""What stands beside comments of a thread: the facts of reports, and what pages took from them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.addresses import address
from portal.querysets import visible

from ..models import Adoption, PracticeEvidence
from .showing import Fact, facts_of, outcome_tag

FACT = "<div><dt>{}</dt><dd{}>{}</dd></div>"


class Adopted(NamedTuple):
    """A page whose readers see what was taken."""

    title: str
    url: str
    language: str
    version: str
    is_here: bool  # on the page of the discussion itself


@dataclass(frozen=True)
class Beside:
    """By the id of the comment."""

    reports: Mapping[int, PracticeEvidence] = field(default_factory=dict)
    adoptions: Mapping[int, list[Adopted]] = field(default_factory=dict)

    def facts(self, comment_id: int, language: str) -> SafeString:
        report = self.reports.get(comment_id)
        return facts_html(facts_of(report, language)) if report else SafeString("")

    def outcome(self, comment_id: int) -> SafeString:
        report = self.reports.get(comment_id)
        return format_html("<p>{}</p>", outcome_tag(report.outcome)) if report else SafeString("")

    def became(self, comment_id: int) -> SafeString:
        return format_html_join(
            "", '<p class="became">{}</p>', ((_said(each),) for each in self.adoptions.get(comment_id, ()))
        )


def facts_html(facts: Iterable[Fact]) -> SafeString:
    def attributes(fact: Fact) -> SafeString:
        return format_html(' lang="{}" dir="auto"', fact.language) if fact.language else SafeString("")

    return format_html("<dl>{}</dl>", format_html_join("", FACT, ((f.label, attributes(f), f.value) for f in facts)))


def _said(adopted: Adopted) -> SafeString:
    if adopted.is_here:
        return format_html(_("Adopted in the version of {date}"), date=adopted.version)
    link = format_html('<a href="{}" lang="{}">{}</a>', adopted.url, adopted.language, adopted.title)
    return format_html(_("Adopted in {page}, version of {date}"), page=link, date=adopted.version)


def beside(comments: Collection[int], key: object, *, reports: bool, adoptions: bool, user: object = None) -> Beside:
    """Asks only for what the thread has: one query each."""
    return Beside(_reports(comments) if reports else {}, _adoptions(comments, key, user) if adoptions else {})


def _reports(comments: Collection[int]) -> dict[int, PracticeEvidence]:
    return {report.comment_id: report for report in PracticeEvidence.objects.filter(comment__in=comments)}


def _adoptions(comments: Collection[int], key: object, user: object) -> dict[int, list[Adopted]]:
    """Of published versions of pages that the reader may see: nobody learns of a draft from here."""
    found: dict[int, list[Adopted]] = defaultdict(list)
    rows = Adoption.objects.filter(
        comment__in=comments,
        version_on__isnull=False,
        page__in=visible(Page.objects.all(), user).order_by().values("pk"),
    )
    for row in rows.select_related("page__locale"):
        page = row.page
        language, when = page.locale.language_code, date_format(row.version_on or "")
        found[row.comment_id].append(
            Adopted(page.title, address(page), language, when, str(page.translation_key) == str(key))
        )
    return found
