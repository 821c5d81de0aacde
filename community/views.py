"""The pages on which somebody writes, reports or takes back a comment. None of them is ever cached."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.addresses import address

from . import access, breadcrumbs, services, text, tokens
from .forms import ReportForm
from .models import CommentState, State
from .screening import limits
from .writing import Writing

View = Callable[..., HttpResponse]


def personal(view: View) -> View:
    """For one reader only: no cache keeps it and no search engine lists it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = never_cache(require_http_methods(["GET", "HEAD", "POST"])(view))(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


@personal
def write(request: HttpRequest, key: UUID, answers: str = "") -> HttpResponse:
    """The form; on POST a preview, the form with what is wrong, or the comment kept."""
    subject = access.subject(request, key)
    writing = Writing(request, subject, answers)
    if request.method != "POST":
        return writing.answer(status=200 if subject.is_open else 403)
    if not writing.is_valid():
        return writing.answer(status=400)
    if writing.is_preview:
        return writing.answer()
    try:
        row = writing.post()
    except services.Refused as refusal:
        writing.explain(refusal.code)
        return writing.answer(status=400)
    if row.state != State.PUBLISHED:
        return redirect("community:held", key=key)
    messages.success(request, _("Your comment is published."))
    return redirect(permalink(subject, row))


@personal
def held(request: HttpRequest, key: UUID) -> HttpResponse:
    return _message_page(request, key, "community/held.html", _("Your comment is held"))


@personal
def report(request: HttpRequest, key: UUID, public_id: str) -> HttpResponse:
    subject = access.subject(request, key)
    row = access.comment_to_report(subject, public_id)
    bound_to = f"report {row.public_id}"
    form = ReportForm(_report_data(request, bound_to), initial={"token": tokens.make(bound_to)})
    if request.method != "POST":
        return _report_page(request, subject, row, form)
    token = _fair_report(request, form, bound_to)
    if token is None:
        return _report_page(request, subject, row, form, status=400)
    services.report_comment(
        row=row,
        reporter=request.user,
        reason=form.cleaned_data["reason"],
        explanation=form.cleaned_data["text"],
        nonce=token.nonce,
    )
    return redirect("community:reported", key=key)


@personal
def reported(request: HttpRequest, key: UUID) -> HttpResponse:
    return _message_page(request, key, "community/reported.html", _("Report a comment"))


@personal
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """The author takes back a comment; asked first, done by POST."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    row = access.own_comment(request, public_id)
    if request.method != "POST":
        context = {
            "row": row,
            "html": text.as_html(row.comment.comment),
            "breadcrumb": breadcrumbs.of_account(request),
        }
        return render(request, "community/withdraw.html", context)
    services.withdraw(row=row, author=request.user)
    messages.success(request, _("Your comment has been withdrawn. Its text is deleted."))
    return redirect("account_home")


def permalink(subject: access.Subject, row: CommentState) -> str:
    return f"{address(subject.page)}?c={row.public_id}#c-{row.public_id}"


def _report_data(request: HttpRequest, bound_to: str) -> Any:
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if tokens.read(data.get("token", ""), bound_to) is None:
        data["token"] = tokens.make(bound_to)
    return data


def _fair_report(request: HttpRequest, form: ReportForm, bound_to: str) -> tokens.FormToken | None:
    """The form's token if the report can be taken; else the form says why not."""
    token = tokens.read(request.POST.get("token", ""), bound_to)
    if not form.is_valid():
        return None
    if form.cleaned_data["website"]:
        form.add_error("website", _("A field that must stay empty was filled in. Empty it and send again."))
    elif token is None:
        form.add_error(None, _("The form was open for too long. Your words are below; send them again, please."))
    elif limits.too_many_reports(limits.hashed_address(request)):
        form.add_error(None, _("That is a lot of reports at once. Send this one again in an hour, please."))
    return token if form.is_valid() else None


def _report_page(
    request: HttpRequest, subject: access.Subject, row: CommentState, form: ReportForm, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "subject": subject,
        "row": row,
        "html": text.as_html(row.comment.comment),
        "breadcrumb": breadcrumbs.of_discussion(subject, _("Report a comment")),
    }
    return render(request, "community/report.html", context, status=status)


def _message_page(request: HttpRequest, key: UUID, template: str, here: str) -> HttpResponse:
    subject = access.subject(request, key)
    context = {"subject": subject, "breadcrumb": breadcrumbs.of_discussion(subject, here)}
    return render(request, template, context)
