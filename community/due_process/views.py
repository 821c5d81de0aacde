"""The pages on which authors read why something was decided, and on which both sides appeal."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from portal.languages import active_language
from portal.navigation import places
from portal.reading import Crumb

from .. import breadcrumbs, text, tokens
from ..models import ModerationDecision, Report, State
from ..reasons import ReportReason
from ..refusals import Refused
from ..views import personal
from . import access, appealing, links, outcomes, statements
from .forms import AppealForm
from .reporting import fair, fresh_data, secretive

PAGE_SIZE = 20
PROBLEMS = {
    "appealed-before": gettext_lazy("You have appealed already. Each decision can be appealed against once."),
    "taken-back": gettext_lazy("The decision has been taken back already."),
    "gone": gettext_lazy("The comment is not there any more."),
    "late": gettext_lazy("The six months in which you could appeal are over."),
    "nothing-to-appeal": gettext_lazy("There is nothing here to appeal against."),
}


@personal
@login_required
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """Why something was done to one's own comment, and what can be done about it."""
    decision = access.decision_of_author(request.user, pk)
    return render(request, "community/due_process/statement.html", _of_author(request, decision))


@personal
@login_required
def appeal_of_author(request: HttpRequest, pk: int) -> HttpResponse:
    decision = access.decision_of_author(request.user, pk)
    context = {**_of_author(request, decision), "back": decision.pk}
    bound_to = f"appeal {decision.pk}"
    form = AppealForm(fresh_data(request, bound_to), initial={"token": tokens.make(bound_to)})
    token = fair(request, form, bound_to) if request.method == "POST" else None
    if token is None:
        return _appeal_page(request, form, context, problem=appealing.problem_of_author(decision))
    try:
        appealing.of_author(decision=decision, author=request.user, text=form.cleaned_data["text"], nonce=token.nonce)
    except Refused as refusal:
        return _appeal_page(request, form, context, problem=refusal.code)
    messages.success(request, _("Your appeal has arrived. Another moderator answers it."))
    return redirect("community:statement", pk=decision.pk)


@personal
def appeal_of_reporter(request: HttpRequest, number: str, secret: str) -> HttpResponse:
    report = access.report(number, secret)
    decisions = outcomes.chain(report) if report else []
    if report is None or not decisions:
        raise Http404
    breadcrumb = [Crumb(pgettext("of a comment", "Your report")), Crumb(_("Appeal"))]
    context = {"status_url": links.status_path(report), "breadcrumb": breadcrumb}
    bound_to = f"appeal {report.number}"
    form = AppealForm(fresh_data(request, bound_to), initial={"token": tokens.make(bound_to)})
    token = fair(request, form, bound_to) if request.method == "POST" else None
    if token is None:
        problem = appealing.problem_of_reporter(report, decisions[-1])
        return secretive(_appeal_page(request, form, context, problem=problem))
    try:
        appealing.of_reporter(report=report, decision=decisions[-1], text=form.cleaned_data["text"], nonce=token.nonce)
    except Refused as refusal:
        return secretive(_appeal_page(request, form, context, problem=refusal.code))
    return redirect(links.status_path(report))


@personal
@login_required
def own_reports(request: HttpRequest) -> HttpResponse:
    mine = Report.objects.filter(reporter_id=request.user.pk).order_by("-made_at", "-pk")
    page = Paginator(mine, PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [
        (report, links.readable(report.number), links.status_path(report), ReportReason(report.reason).label)
        for report in page
    ]
    crumbs = [*breadcrumbs.of_account(request), Crumb(_("Your reports"))]
    return render(
        request, "community/due_process/own_reports.html", {"lines": lines, "page_of": page, "breadcrumb": crumbs}
    )


def _of_author(request: HttpRequest, decision: ModerationDecision) -> dict[str, Any]:
    row, rules = decision.comment, places(active_language(), request).get("house-rules")
    return {
        "statement": statements.of(decision),
        "row": row,
        "html": "" if row.state in {State.WITHDRAWN, State.ERASED} else text.as_html(row.comment.comment),
        "place": access.place(request, row),
        "appeal": decision.appeals.filter(side="author").first(),
        "house_rules_url": rules.url if rules else "",
        "taken_back": decision.undone_by.exists(),
        "breadcrumb": [*breadcrumbs.of_account(request), Crumb(_("Reasons"))],
    }


def _appeal_page(request: HttpRequest, form: AppealForm, context: dict[str, Any], *, problem: str) -> HttpResponse:
    context |= {"form": form, "problem": PROBLEMS.get(problem, problem)}
    status = 403 if problem else 400 if form.errors else 200
    return render(request, "community/due_process/appeal.html", context, status=status)
