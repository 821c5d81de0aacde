"""What somebody does as a member, or to become one. Never cached."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal import stamps

from .. import names
from ..models import Application, DiscussionThread, Membership, Quote
from ..refusals import Refused
from ..views import personal
from . import access, applying, breadcrumbs, reading, roles, summaries
from . import membership as members
from .forms import AnswerForm, ApplicationForm, QuoteForm, RosterForm, ThreadForm


@personal
def join(request: HttpRequest, code: str) -> HttpResponse:
    """The expression of interest. It needs an account, whose address was confirmed when it was made."""
    group = access.group_to_join(request, code)
    context: dict[str, Any] = {"group": group, "breadcrumb": breadcrumbs.of_group(group, _("Ask to join"))}
    if not request.user.is_authenticated:
        if request.method == "POST":
            return redirect_to_login(request.get_full_path())
        return render(request, "community/groups/join.html", context)
    if access.own_membership(request.user, group):
        messages.info(request, _("You are a member of this group."))
        return redirect(group.get_absolute_url())
    form = context["form"] = ApplicationForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid() and _apply(form, request, group):
        messages.success(request, _("Your application has arrived. What becomes of it stands on this page."))
        return redirect("groups:mine")
    return render(request, "community/groups/join.html", context, status=400 if form.errors else 200)


def _apply(form: ApplicationForm, request: HttpRequest, group: Any) -> bool:
    said = {
        "often": _("That is a lot of applications for one day. Send this one tomorrow, please."),
        "not-taken": _("This group takes no applications any more."),
    }
    try:
        with transaction.atomic():
            if name := form.cleaned_data.get("name"):
                names.give_name(user=request.user, name=name)
            applying.apply(group=group, user=request.user, **form.given())
    except IntegrityError:
        form.add_error("name", _("Somebody has just taken this name. Choose another, please."))
    except Refused as refusal:
        form.add_error(None, said[refusal.code])
    return not form.errors


@personal
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Groups, applications and quotes of this account."""
    user: Any = request.user
    applications = Application.objects.filter(user=user).select_related("group")
    context = {
        "memberships": Membership.objects.of(request.user).select_related("group").prefetch_related("group__texts"),
        "applications": applications.prefetch_related("group__texts").order_by("-made_at"),
        "quotes": summaries.quotes_of(request.user),
        "answer_form": AnswerForm(),
        "breadcrumb": breadcrumbs.of_groups(_("Your groups")),
    }
    return render(request, "community/groups/mine.html", context)


@personal
@login_required
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the question that was asked, or withdraw."""
    found = access.own_application(request, pk)
    is_answer = request.POST.get("do") == "answer"
    form = AnswerForm(request.POST if is_answer else None)
    if request.method == "POST" and not is_answer:
        applying.withdraw(application=found)
        messages.success(request, _("Your application is withdrawn. What you wrote is deleted."))
        return redirect("groups:mine")
    if is_answer and form.is_valid():
        try:
            applying.answer(application=found, text=form.cleaned_data["answer"])
        except Refused:
            form.add_error(None, _("There is no question open any more."))
        else:
            messages.success(request, _("Your answer has been sent."))
            return redirect("groups:mine")
    context = {"row": found, "form": form, "breadcrumb": breadcrumbs.of_groups(_("Your application"))}
    return render(request, "community/groups/application.html", context, status=400 if form.errors else 200)


@personal
@login_required
def quote(request: HttpRequest, pk: int) -> HttpResponse:
    """The yes or no of a quoted author, who sees the whole text in which his words would stand."""
    found = access.own_quote(request, pk)
    given = found.consent if found.consent != Quote.Consent.ASKED else None
    initial = {"consent": given, "seen": summaries.version(found)}
    form = QuoteForm(request.POST or None, offers_name=not found.comment.thread.by_role, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            summaries.answer(quote=found, **form.cleaned_data)
        except Refused as refusal:
            for said in _why_not(refusal, found, form.cleaned_data["seen"]):
                form.add_error(None, said)
            form.data = {**request.POST.dict(), "seen": summaries.version(found)}
        else:
            messages.success(request, _("Saved. You can change your answer at any time."))
            return redirect("groups:mine")
    context = {"quote": found, "form": form, "breadcrumb": breadcrumbs.of_groups(_("Your words"))}
    return render(request, "community/groups/quote.html", context, status=400 if form.errors else 200)


def _why_not(refusal: Refused, quote: Quote, seen: str) -> list[str]:
    """What is another than when the form was opened, so that nobody has to look for it in a long text."""
    if refusal.code == "by-role":
        return [_("Names are not shown in this discussion any more. Choose again, please.")]
    said = {
        "title": _("The title has been changed since you opened this page."),
        "text": _("The text round your words has been changed since you opened this page."),
        "words": _("Since you opened this page, other words of yours have been chosen."),
    }
    changed = [said[part] for part in summaries.changed(quote, seen)]
    return [*changed, _("Nothing has been saved. Read it below as it is now, and answer again, please.")]


@personal
@login_required
def membership(request: HttpRequest, code: str) -> HttpResponse:
    """What the roster shows of me, and the way out."""
    mine = access.membership(request, code)
    group = mine.group
    shown = {"name": mine.shows_name, "organisation": mine.shows_organisation, "country": mine.shows_country}
    form = RosterForm(request.POST if request.POST.get("do") == "save" else None, initial=shown)
    context = {"membership": mine, "group": group, "form": form}
    context["breadcrumb"] = breadcrumbs.of_group(group, _("Your membership"))
    if request.POST.get("do") == "leave":
        try:
            members.end(membership=mine, by=request.user)
        except Refused:
            context["last_chair"] = True
            return render(request, "community/groups/membership.html", context, status=400)
        messages.success(request, _("You have left the group."))
        return redirect("groups:mine")
    if form.is_valid():
        members.show_of_me(membership=mine, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(group.get_absolute_url())
    return render(request, "community/groups/membership.html", context)


@personal
@login_required
def new_thread(request: HttpRequest, code: str) -> HttpResponse:
    group = access.group_to_write_in(request, code)
    form = ThreadForm(request.POST or None, offers_rule=roles.may_choose_rule(group))
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data.get(name, False) for name in ("title", "language", "by_role")}
        thread = DiscussionThread.objects.create(kind=DiscussionThread.Kind.GROUP, group=group, **given)
        stamps.touch(reading.STAMP)
        return redirect(cast(Any, thread))
    context = {"group": group, "form": form, "breadcrumb": breadcrumbs.of_group(group, _("Open a thread"))}
    return render(request, "community/groups/new_thread.html", context, status=400 if form.errors else 200)
