"""The pages on which somebody writes or takes back a comment. None of them is ever cached."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.views import given_back, typed

from . import access, breadcrumbs, services, text
from .models import CommentState, State
from .refusals import Refused
from .writing import Writing

View = Callable[..., HttpResponse]


def personal(view: View) -> View:
    """For one reader only: no cache keeps it and no search engine lists it. What is typed outlives a session."""
    kept = never_cache(require_http_methods(["GET", "HEAD", "POST"])(_never_lost(view)))

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = kept(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


def _never_lost(view: View) -> View:
    """A session may end while somebody writes: what came without one, and would be dropped on the way to the sign-in
    or where only members may know of a page, is given back."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_lost = request.method == "POST" and not request.user.is_authenticated and bool(typed(request))
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            if not is_lost:
                raise
            return given_back(request, status=404)
        if is_lost and getattr(response, "url", "").startswith(resolve_url(settings.LOGIN_URL)):
            return given_back(request, status=403)
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
    except Refused as refusal:
        writing.explain(refusal.code, refusal.message)
        return writing.answer(status=400)
    if row.state != State.PUBLISHED:
        return redirect("community:held", key=key)
    messages.success(request, _("Your comment is published."))
    return redirect(permalink(subject, row))


@personal
def held(request: HttpRequest, key: UUID) -> HttpResponse:
    return _message_page(request, key, "community/held.html", _("Your comment is held"))


@personal
@login_required
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """The author takes back a comment; asked first, done by POST."""
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
    return f"{subject.url}?c={row.public_id}#c-{row.public_id}"


def _message_page(request: HttpRequest, key: UUID, template: str, here: str) -> HttpResponse:
    subject = access.subject(request, key)
    context = {"subject": subject, "breadcrumb": breadcrumbs.of_discussion(subject, here)}
    return render(request, template, context)
