"""Summaries: the public page, and the one on which moderators of a group write them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from .. import text
from ..models import GroupSummary
from ..refusals import Refused
from ..views import personal
from . import access, breadcrumbs, reading, summaries
from .forms import SummaryForm
from .views import answer

MOST_TO_CHOOSE = 200


def summary(request: HttpRequest, public_id: str) -> HttpResponse:
    """A draft is for the group alone; a public one says the name of the group only where everybody may know it."""
    found = access.summary(request, public_id)
    quotes = summaries.shown_quotes(found)
    context = {
        "summary": found,
        "html": text.as_html(found.text),
        "quotes": quotes,
        "group": None if found.group.is_private else found.group,
        "breadcrumb": breadcrumbs.of_groups(found.title),
    }
    keys = [reading.stamp_of(quote.comment.thread) for quote in quotes]
    is_draft = found.published_at is None
    return answer(request, "community/groups/summary.html", context, private=is_draft, keys=keys)


@personal
@login_required
def new(request: HttpRequest, code: str) -> HttpResponse:
    group = access.moderated_group(request, code)
    form = SummaryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        written = form.save(commit=False)
        written.group = group
        written.save()
        return redirect("groups:edit_summary", written.public_id)
    context = {"group": group, "form": form, "breadcrumb": breadcrumbs.of_group(group, _("Write a summary"))}
    return render(request, "community/groups/edit_summary.html", context, status=400 if form.errors else 200)


@personal
@login_required
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The text, its quotes with what their authors said, and the way to everybody."""
    found = access.summary_to_write(request, public_id)
    form, wrong = SummaryForm(instance=found), ""
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do == "save":
            form = SummaryForm(request.POST, instance=GroupSummary.objects.get(pk=found.pk))
        if do != "save" or form.is_valid():
            wrong = _done(request, found, do, form)
            if not wrong:
                return redirect("groups:edit_summary", public_id)
    context = {
        "group": found.group,
        "summary": found,
        "form": form,
        "wrong": wrong,
        "words": request.POST.get("words", ""),
        "quotes": found.quotes.select_related("comment__comment"),
        "comments": summaries.quotable(found.group)[:MOST_TO_CHOOSE],
        "is_ready": summaries.is_ready(found),
        "breadcrumb": breadcrumbs.of_group(found.group, found.title),
    }
    status = 400 if wrong or form.errors else 200
    return render(request, "community/groups/edit_summary.html", context, status=status)


def _done(request: HttpRequest, found: GroupSummary, do: str, form: SummaryForm) -> str:
    """Do it; else why not, in plain words."""
    said = {
        "published": _("It is published. Take it back before you change it."),
        "gone": _("That comment cannot be quoted any more. Choose another."),
        "not-said": _("These words do not stand in the comment. Copy them as they are."),
        "not-agreed": _("Not all quoted authors have said yes. Take out the quotes without a yes, or wait."),
        "unasked": _("The text repeats words of a comment: “%(words)s …”. Quote them, or say it in words of your own."),
    }
    try:
        _do(request, found, do, form)
    except Refused as refusal:
        return said[refusal.code] % {"words": refusal.message}
    messages.success(request, _("Saved."))
    return ""


def _do(request: HttpRequest, found: GroupSummary, do: str, form: SummaryForm) -> None:
    given: Any = request.POST
    if do == "save":
        names = ("title", "text", "language")
        summaries.rewrite(summary=found, **{name: form.cleaned_data[name] for name in names})
    elif do == "quote":
        comment = summaries.quotable(found.group).filter(public_id=text.public_id(given.get("comment", ""))).first()
        if comment is None:
            raise Refused("gone")
        summaries.add_quote(summary=found, comment=comment, words=text.clean(given.get("words", ""))[:1000])
    elif do.startswith("drop-"):
        for quote in [each for each in found.quotes.all() if do == f"drop-{each.pk}"]:
            summaries.remove_quote(quote=quote)
    elif do == "publish":
        summaries.publish(summary=found, by=request.user)
    elif do == "take-back":
        summaries.take_back(summary=found)
