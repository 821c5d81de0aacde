"""Following and stopping. What links in mails lead to changes nothing until a button is pressed.

The pages behind those links need no sign-in and no cookie: the signed end of the address is all they ask for, so
that mail programs can press the button too (RFC 8058).
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from portal.languages import active_language
from portal.reading import Crumb

from .. import mail
from .. import tokens as form_tokens
from ..models import Frequency, Scope, Subscription
from ..models.subscriptions import PERSONAL
from ..text import public_id
from ..views import personal
from . import following, limits, private_addresses, targets, tokens
from .forms import ChoicesForm, FollowForm, VisitorForm
from .targets import Target


@personal
def follow(request: HttpRequest, scope: str, target: str = "") -> HttpResponse:
    found = targets.target(scope, target, request.user)
    if found is None or found.scope in PERSONAL:
        raise Http404
    if request.user.is_authenticated:
        return _member_follows(request, found)
    if found.for_visitors:
        return _visitor_follows(request, found)
    # Whoever follows the link is told how to go on; only what is sent without an account is refused.
    status = 403 if request.method == "POST" else 200
    return _page(request, "sign_in", found=found, next=urlencode({"next": request.path}), status=status)


def _member_follows(request: HttpRequest, found: Target) -> HttpResponse:
    offered = _offered(found, request.user)
    rows = [row for one in offered for row in _rows(request.user).filter(scope=one.scope, target=one.target)]
    form = FollowForm(request.POST or None, targets=offered, rows=rows)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "follow", found=found, form=form, status=400 if form.errors else 200)
    for one, frequency in form.chosen():
        if frequency == Frequency.NONE:
            following.forget(_rows(request.user).filter(scope=one.scope, target=one.target))
        else:
            following.follow(user=request.user, found=one, frequency=frequency)
    messages.success(request, _("Saved."))
    return redirect(found.url or reverse("account_notices"))


def _offered(found: Target, user: Any) -> list[Target]:
    """Beside the discussion of a page the page itself, and the other way round."""
    other = {Scope.THREAD: Scope.SUBJECT, Scope.SUBJECT: Scope.THREAD}.get(found.scope)
    beside = targets.target(other, found.target, user) if other else None
    return [found, beside] if beside else [found]


def _visitor_follows(request: HttpRequest, found: Target) -> HttpResponse:
    bound_to = f"follow {found.scope} {found.target}"
    form = VisitorForm(request.POST or None, initial={"token": form_tokens.make(bound_to)})
    if request.method != "POST" or not _is_fair(request, form, bound_to):
        return _page(request, "follow", found=found, form=form, status=400 if form.errors else 200)
    email = form.cleaned_data["email"]
    if not limits.too_many_to(email):
        following.ask_visitor(
            email=email, found=found, frequency=form.cleaned_data["frequency"], language=active_language()
        )
    return redirect("notices:sent")


def _is_fair(request: HttpRequest, form: VisitorForm, bound_to: str) -> bool:
    if not form.is_valid():
        return False
    if form.cleaned_data["website"]:
        form.add_error("website", _("A field that must stay empty was filled in. Empty it and send again."))
    elif form_tokens.read(form.cleaned_data["token"], bound_to) is None:
        form.data = {**request.POST.dict(), "token": form_tokens.make(bound_to)}
        form.add_error(None, _("The form was open for too long. Send it again, please."))
    elif limits.too_many_by(request):
        form.add_error(None, _("That is a lot at once. Send it again in an hour, please."))
    return form.is_valid()


@personal
def sent(request: HttpRequest) -> HttpResponse:
    return _page(request, "sent")


@csrf_exempt
@personal
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    row = tokens.row_to_confirm(token)
    found = targets.of_row(row) if row else None
    if row and found and request.method == "POST":
        following.confirm(row)
    return _page(request, "confirm", row=row if found else None, found=found, done=request.method == "POST")


@csrf_exempt
@personal
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """A POST with anything else than one of our buttons is a mail program's: it ends what the mail was about."""
    ended = tokens.read(token)
    if ended is None:
        raise Http404
    done = request.method == "POST"
    if done:
        do = request.POST.get("do", "")
        one = ended.all.filter(public_id=public_id(request.POST.get("one", "")))
        following.stop(ended.all if do == "all" else one if do == "one" else ended.rows)
    left = list(ended.all.exclude(frequency=Frequency.NONE))
    these = [row for row in ended.rows if row in left]
    # Whoever has the link need not be the reader: closed places have no name here.
    return _page(request, "stop", done=done, left=_named(left), these=_named(these), token=token)


def _named(rows: list[Subscription]) -> list[tuple[Subscription, str]]:
    known = targets.labels(rows)
    unnamed = _("Something that not everybody may see")
    return [(row, known[row.pk].label if row.pk in known else unnamed) for row in rows]


@personal
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Everything a member follows, on one page of the account."""
    rows = list(_rows(request.user))
    labels = targets.labels(rows, request.user)
    form = ChoicesForm(_posted(request, "save"), rows=rows, labels=labels)
    if request.method == "POST":
        do = request.POST.get("do")
        if do == "all":
            following.stop(_rows(request.user))
        elif do == "again":
            mail.resume(mail.address_of(request.user))
        elif form.is_valid():
            for row, frequency in form.chosen():
                _choose(row, frequency)
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect("account_notices")
    address = mail.address_of(request.user)
    context = {"form": form, "address": address, "has_stopped": bool(address) and mail.has_stopped(address)}
    return TemplateResponse(request, "account/notices.html", context, status=400 if form.errors else 200)


@personal
@login_required
def own_feed(request: HttpRequest) -> HttpResponse:
    """Off until the member switches it on. The address is in no page but the answer to who asks for it."""
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if do == "off":
        private_addresses.switch_off(request.user)
        messages.success(request, _("The feed is off. Its address leads nowhere any more."))
        return redirect("account_feed")
    if do == "new":
        private_addresses.replace(request.user)
        messages.success(request, _("There is a new address. The old one leads nowhere any more."))
        return redirect("account_feed")
    row = private_addresses.switch_on(request.user) if do == "on" else private_addresses.of(request.user)
    is_asked = row is not None and do in {"on", "show"}
    context = {"row": row, "is_asked": is_asked, "address": private_addresses.address(row) if row and is_asked else ""}
    return TemplateResponse(request, "account/feed.html", context)


def _posted(request: HttpRequest, do: str) -> Any:
    return request.POST if request.method == "POST" and request.POST.get("do", do) == do else None


def _choose(row: Subscription, frequency: str) -> None:
    if frequency == Frequency.NONE:
        following.forget(Subscription.objects.filter(pk=row.pk))
    elif frequency != row.frequency:
        Subscription.objects.filter(pk=row.pk).update(frequency=frequency)


def _rows(user: Any) -> Any:
    return Subscription.objects.of(user)


def _page(request: HttpRequest, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    crumbs = [Crumb(_("Home"), f"/{active_language()}/"), Crumb(_("Feeds to follow"), reverse("follow"))]
    context["breadcrumb"] = [*crumbs, Crumb(_("Notices"))]
    return render(request, f"community/notices/{name}.html", context, status=status)
