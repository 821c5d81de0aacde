"""One’s own data: take it along, have it erased, change one’s mind."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..models import Erasure
from ..refusals import Refused
from ..views import personal
from . import erasing, exporting, letters
from .forms import EraseForm

FILE_NAME = "diy-policing-my-data.zip"


def _erasure(request: HttpRequest) -> Erasure | None:
    return Erasure.objects.filter(user_id=int(request.user.pk or 0)).first()


@personal
@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "account/data.html", {"erasure": _erasure(request)})


@personal
@require_POST
@login_required
@reauthentication_required
def export(request: HttpRequest) -> HttpResponseBase:
    response = StreamingHttpResponse(exporting.archive(request.user), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


@personal
@login_required
@reauthentication_required
def erase(request: HttpRequest) -> HttpResponse:
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            erasing.ask(user=request.user, comments=form.cleaned_data["comments"])
        except Refused:
            form.add_error(None, _("You are the last administrator. Give this role to somebody else first."))
        else:
            messages.success(request, _("Your account will be erased in 24 hours. A mail tells you how to undo it."))
            return redirect("personal_data")
    context = {"form": form, "erasure": _erasure(request)}
    return TemplateResponse(request, "account/erase.html", context, status=400 if form.errors else 200)


@personal
@require_POST
@login_required
def keep(request: HttpRequest) -> HttpResponse:
    """Undo, signed in."""
    erasure = _erasure(request)
    if erasure is not None:
        erasing.undo(erasure=erasure)
        messages.success(request, _("Your account stays."))
    return redirect("personal_data")


@personal
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """From the mail, signed in or not. Reading the page changes nothing."""
    erasure = letters.erasure_of(token)
    undone = erasure is not None and request.method == "POST"
    if erasure is not None and undone:
        erasing.undo(erasure=erasure)
    context = {"erasure": None if undone else erasure, "undone": undone}
    return TemplateResponse(request, "account/keep.html", context)
