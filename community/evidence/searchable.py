"""Published reports from practice in the search of the site: found with the pages, narrowed by country and year."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import prefetch_related_objects
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from portal import searchable
from portal.geography import country_name, region_name

from .. import searchable as comments
from ..models import DiscussionThread, PracticeEvidence, State
from .showing import outcome_label

RANK = 0.3  # few and telling: before comments, after the pages that they are about


def documents(reports: Sequence[PracticeEvidence]) -> Iterator[tuple[PracticeEvidence, searchable.Searchable]]:
    """Each in its own language, on the page where it is read. Never the name of its author."""
    prefetch_related_objects(reports, "comment__thread")
    hidden = DiscussionThread.Condition.HIDDEN
    shown = {
        report.comment_id: report
        for report in reports
        if report.comment.state == State.PUBLISHED and report.comment.thread.state != hidden
    }
    for row, page, text in comments.where_read([report.comment for report in shown.values()]):
        report = shown[row.pk]
        with translation.override(row.language):
            yield report, _document(report, page, text)


def _document(report: PracticeEvidence, page: Page, text: str) -> searchable.Searchable:
    row, country = report.comment, str(report.country)
    where = region_name(report.region) if report.region else ""
    facts = [report.get_act_display(), where, report.get_organisation_display(), report.changed, report.known_by]
    said = _("Tried in %(country)s: %(outcome)s") if report.outcome else _("Decided against in %(country)s")
    return searchable.Searchable(
        page=page,
        kind="report",
        language=row.language,
        subject=f"report:{report.pk}",
        title=said % {"country": country_name(country), "outcome": outcome_label(report.outcome)},
        body="\n".join(filter(None, [text, *map(str, facts)])),
        facets={"country": (country,), "year": (report.began[:4],) if report.began else ()},
        url=f"{page.get_url() or ''}?c={row.public_id}#c-{row.public_id}",
        rank=RANK,
        changed=row.posted_at,
        card={"caption": page.title},
    )


def shown_on(page: Page) -> Iterable[PracticeEvidence]:
    if not comments.is_discussed(page.specific_class):
        return []
    on_page = PracticeEvidence.objects.filter(comment__thread__translation_key=page.translation_key)
    return on_page.filter(comment__state=State.PUBLISHED).select_related("comment__thread")


def register() -> None:
    searchable.register(
        PracticeEvidence,
        documents=documents,
        shown_on=shown_on,
        kind="report",
        label=gettext_lazy("Report from practice"),
    )
