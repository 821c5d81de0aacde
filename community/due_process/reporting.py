"""The pages on which somebody reports a comment, and on which he reads what became of it. No account is needed."""

from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.languages import active_language
from portal.reading import Crumb

from .. import access, breadcrumbs, text, tokens
from ..forms import ReportForm
from ..models import CommentState
from ..reasons import NOTICES, ReportReason
from ..refusals import Refused
from ..screening import limits
from ..views import personal
from . import access as own_access
from . import links, outcomes, services
from .forms import AddressForm, NoticeForm


@personal
def report(request: HttpRequest, key: UUID, public_id: str) -> HttpResponse:
    """The short form. What breaks the law goes on to the form of a notice, with the words typed so far."""
    subject = access.subject(request, key)
    row = access.comment_to_report(subject, public_id)
    bound_to = f"report {row.public_id}"
    form = ReportForm(fresh_data(request, bound_to), initial={"token": tokens.make(bound_to)})
    if request.method != "POST":
        return _page(request, "community/report.html", subject, row, form)
    token = fair(request, form, bound_to)
    if token is None:
        return _page(request, "community/report.html", subject, row, form, status=400)
    reason = form.cleaned_data["reason"]
    if reason in NOTICES:
        return _notice_page(request, subject, row, _empty_notice(request, row, reason, form.cleaned_data["text"]))
    return _keep(request, "community/report.html", subject, row, form, token, reason)


@personal
def notice(request: HttpRequest, key: UUID, public_id: str) -> HttpResponse:
    """A notice of illegal content: the place is known, the rest is asked."""
    subject = access.subject(request, key)
    row = access.comment_to_report(subject, public_id)
    asked = request.GET.get("about", "")
    reason = asked if asked in NOTICES else ReportReason.LAW
    if request.method != "POST":
        return _notice_page(request, subject, row, _empty_notice(request, row, reason))
    bound_to = f"notice {row.public_id}"
    form = NoticeForm(fresh_data(request, bound_to), reason=reason)
    token = fair(request, form, bound_to)
    if token is None:
        return _notice_page(request, subject, row, form, status=400)
    asked_for = [field for field in ("law", "name", "email", "good_faith") if field in form.fields]
    given = {field: form.cleaned_data[field] for field in asked_for}
    return _keep(request, "community/due_process/notice.html", subject, row, form, token, reason, **given)


@personal
def find(request: HttpRequest) -> HttpResponse:
    """For somebody who has the address of a comment and not the page before him."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        row = _at(request, form.cleaned_data["address"])
        if row is not None:
            return redirect("community:notice", key=row.thread.translation_key, public_id=row.public_id)
        form.add_error("address", _("No comment that you can read stands at this address. Open the page and look."))
    crumbs = [Crumb(_("Home"), f"/{active_language()}/"), Crumb(_("Report illegal content"))]
    status = 400 if form.errors else 200
    return render(request, "community/due_process/find.html", {"form": form, "breadcrumb": crumbs}, status=status)


@personal
def status(request: HttpRequest, number: str, secret: str) -> HttpResponse:
    """What became of a report, for whoever has its link. Nothing on it says who reported, or what he wrote."""
    found = own_access.report(number, secret)
    readable = links.readable(number)
    context: dict[str, Any] = {"number": readable, "breadcrumb": _crumbs(readable)}
    if found is not None:
        context |= {
            "report": found,
            "outcome": outcomes.of(found),
            "place": own_access.place(request, found.comment),
            "reason": ReportReason(found.reason).label,
            "address": request.build_absolute_uri(request.path),
            "appeal_url": reverse("community:reporter_appeal", args=[number, secret]),
        }
    return secretive(render(request, "community/due_process/status.html", context))


def secretive(response: HttpResponse) -> HttpResponse:
    """The address is the key to the page: a link followed from it must not carry it along."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def fresh_data(request: HttpRequest, bound_to: str) -> Any:
    """What was sent, with a good token where the one sent is none: shown again, the form can be sent at once."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if tokens.read(data.get("token", ""), bound_to) is None:
        data["token"] = tokens.make(bound_to)
    return data


def fair(request: HttpRequest, form: forms.Form, bound_to: str) -> tokens.FormToken | None:
    """The form's token if what it says can be taken; else the form says why not."""
    token = tokens.read(request.POST.get("token", ""), bound_to)
    if not form.is_valid():
        return None
    if token is None:
        form.add_error(None, _("The form was open for too long. Your words are below; send them again, please."))
    elif limits.too_many_reports(limits.hashed_address(request)):
        form.add_error(None, _("That is a lot of reports at once. Send this one again in an hour, please."))
    return token if form.is_valid() else None


def _keep(
    request: HttpRequest,
    template: str,
    subject: access.Subject,
    row: CommentState,
    form: forms.Form,
    token: tokens.FormToken,
    reason: str,
    **given: Any,
) -> HttpResponse:
    words = form.cleaned_data["text"]
    try:
        made = services.report(
            row=row, reporter=request.user, reason=reason, explanation=words, nonce=token.nonce, **given
        )
    except Refused:
        form.add_error(None, _("A moderator has read this comment on this ground, and it stays."))
        return _page(request, template, subject, row, form, status=400)
    return redirect(links.status_path(made))


def _empty_notice(request: HttpRequest, row: CommentState, reason: str, words: str = "") -> NoticeForm:
    initial = {"token": tokens.make(f"notice {row.public_id}"), "text": words}
    if request.user.is_authenticated:
        initial["email"] = request.user.email
    return NoticeForm(initial=initial, reason=reason)


def _notice_page(
    request: HttpRequest, subject: access.Subject, row: CommentState, form: NoticeForm, status: int = 200
) -> HttpResponse:
    return _page(request, "community/due_process/notice.html", subject, row, form, status=status)


def _page(
    request: HttpRequest,
    template: str,
    subject: access.Subject,
    row: CommentState,
    form: forms.Form,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "subject": subject,
        "row": row,
        "html": text.as_html(row.comment.comment),
        "address": request.build_absolute_uri(f"{subject.url}?c={row.public_id}#c-{row.public_id}"),
        "notice_url": reverse("community:notice", args=[subject.key, row.public_id]),
        "breadcrumb": breadcrumbs.of_discussion(subject, _("Report a comment")),
    }
    return render(request, template, context, status=status)


def _at(request: HttpRequest, address: str) -> CommentState | None:
    """The comment that an address names, in its query or behind its hash, if this reader may read it."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    wanted = parts.fragment.removeprefix("c-") or parse_qs(parts.query).get("c", [""])[0]
    found = CommentState.objects.visible_to(request.user).select_related("thread")
    return found.filter(public_id=text.public_id(wanted)[:12]).first()


def _crumbs(number: str) -> list[Crumb]:
    return [Crumb(_("Home"), f"/{active_language()}/"), Crumb(_("Your report %(number)s") % {"number": number})]
