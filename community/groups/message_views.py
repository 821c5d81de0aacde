"""Writing to members of one's own group, and reading what they wrote. Never cached."""

from typing import Any

from django.contrib import messages as told
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from .. import names
from ..models import Membership
from ..refusals import Refused
from ..views import personal
from . import access, breadcrumbs, messages
from .forms import MessageForm


@personal
@login_required
def write(request: HttpRequest, code: str, pk: int = 0) -> HttpResponse:
    """To one member, or without a number to all."""
    mine = access.membership_to_write(request, code)
    to = access.member_to_write_to(mine, pk) if pk else None
    form = MessageForm(request.POST or None, to_all=to is None)
    if request.method == "POST" and form.is_valid() and _send(form, mine, to):
        told.success(request, _("Your message is on its way."))
        return redirect(mine.group.get_absolute_url())
    context = {
        "group": mine.group,
        "to": to,
        "others": mine.group.memberships.current().count() - 1,
        "own_name": names.name_of(request.user),
        "form": form,
        "breadcrumb": breadcrumbs.of_group(mine.group, _("Write a message")),
    }
    return render(request, "community/groups/write.html", context, status=400 if form.errors else 200)


def _send(form: MessageForm, mine: Membership, to: Membership | None) -> bool:
    said = {
        "often": _("That is a lot of messages for one day. Send this one tomorrow, please."),
        "closed": _("You cannot write here at the moment."),
    }
    try:
        messages.send(mine=mine, to=to, text=form.cleaned_data["text"], language=form.cleaned_data["language"])
    except Refused as refusal:
        form.add_error(None, said[refusal.code])
    return not form.errors


@personal
@login_required
def read(request: HttpRequest, public_id: str) -> HttpResponse:
    message, mine = access.message(request, public_id)
    sender: Any = messages.reachable(mine).filter(user=message.sender_id).first()
    context = {
        "group": mine.group,
        "message": message,
        "sender": names.name_of(message.sender),
        "answer_to": sender if not mine.group.is_archived else None,
        "breadcrumb": breadcrumbs.of_group(mine.group, _("A message")),
    }
    return render(request, "community/groups/message.html", context)
