"""The acts beside the decision. Each is one POST; whoever asks with GET is told that this is not the way."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import access, refusals
from ..mail import address_of
from ..models import CommentState, LegalHold, ModeratorNote
from ..moderation import acts, authors, claims, holding, redaction, reversal
from ..querysets import MODERATE
from ..refusals import Refused
from . import danger, deciding
from .decision import DecisionView, back, other_moderators
from .forms import DeskForm, EmailForm, HandOverForm, HideAllForm, LegalHoldForm, NoteForm, ReverseForm
from .views import DeskView, tell


class ActView(DecisionView):
    """One act on one comment. A form with mistakes comes back in its place, a refusal is said above."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.row
        form = self.bound_form()
        if form is not None:
            self.act_forms[form.name] = form
            if not form.is_valid():
                return self.render_to_response(self.get_context_data(**kwargs), status=400)
        try:
            said = self.act(row, form.cleaned_data if form else {})
        except Refused as refusal:
            messages.error(request, _("Not done: %(why)s.") % {"why": refusals.said(refusal)})
            return back(row)
        if self.shown:
            return self.render_to_response(self.get_context_data(**kwargs))
        messages.success(request, said)
        return back(row)

    def bound_form(self) -> DeskForm | None:
        return None

    def act(self, row: CommentState, given: dict[str, Any]) -> str:
        raise NotImplementedError


class ClaimView(ActView):
    def act(self, row: CommentState, given: dict[str, Any]) -> str:
        claims.take(row=row, user=self.user)
        return _("You have this comment for a quarter of an hour.")


class GiveBackView(ActView):
    def act(self, row: CommentState, given: dict[str, Any]) -> str:
        claims.give_back(row=row, user=self.user)
        return _("The comment is back in the queue.")


class HandOverView(ActView):
    def bound_form(self) -> DeskForm:
        return HandOverForm(self.request.POST, moderators=other_moderators(self.row, self.user))

    def act(self, row: CommentState, given: dict[str, Any]) -> str:
        claims.hand_over(row=row, user=self.user, to=given["to"], note=given["text"])
        return _("Handed over.")


class NoteView(ActView):
    def bound_form(self) -> DeskForm:
        return NoteForm(self.request.POST)

    def act(self, row: CommentState, given: dict[str, Any]) -> str:
        ModeratorNote.objects.create(comment=row, made_by=self.user, text=given["text"])
        acts.record(acts.Kind.NOTED, by=self.user, comment=row)
        return _("The note is kept.")


class EmailView(ActView):
    """Shows the address once, in the answer to this request."""

    def bound_form(self) -> DeskForm:
        return EmailForm(self.request.POST)

    def act(self, row: CommentState, given: dict[str, Any]) -> str:
        user = row.comment.user
        if user is None:
            raise Refused("no-account")
        if not self.user.has_perm(MODERATE):
            raise Refused("forbidden")
        acts.record(acts.Kind.EMAIL, by=self.user, comment=row, purpose=given["purpose"])
        self.shown["email"] = address_of(user) or _("no confirmed address")
        return ""


class OriginalView(ActView):
    """Shows what was masked once, in the answer to this request."""

    def act(self, row: CommentState, given: dict[str, Any]) -> str:
        sealed = row.redactions.filter(purged_at=None).order_by("pk").first()
        if sealed is None:
            raise Refused("purged")
        acts.record(acts.Kind.ORIGINAL, by=self.user, comment=row)
        self.shown["original"] = redaction.readable(sealed.original)
        return ""


class ReverseView(ActView):
    def bound_form(self) -> DeskForm:
        return ReverseForm(self.request.POST)

    def act(self, row: CommentState, given: dict[str, Any]) -> str:
        last = reversal.last_decision(row)
        if last is None or not reversal.can_be_reversed(last):
            raise Refused("gone")
        reversal.reverse(decision=last, moderator=self.user, reason=reversal.TAKEN_BACK, explanation=given["text"])
        return _("The decision is taken back, with everything that followed from it.")


class HideAllView(ActView):
    def bound_form(self) -> DeskForm:
        return HideAllForm(self.request.POST)

    def act(self, row: CommentState, given: dict[str, Any]) -> str:
        user = row.comment.user
        if user is None:
            raise Refused("no-account")
        outcome = authors.hide_all(author=user, moderator=self.user, reason=given["reason"])
        tell(self.request, result_of(outcome))
        return _("It can be undone in one go, below.")


class LegalHoldView(ActView):
    def bound_form(self) -> DeskForm:
        return LegalHoldForm(self.request.POST)

    def act(self, row: CommentState, given: dict[str, Any]) -> str:
        last = timezone.make_aware(datetime.combine(given["expires_on"], time.max))
        holding.place(
            row=row,
            moderator=self.user,
            authority=given["authority"],
            reference=given["reference"],
            expires_at=last,
        )
        return _("A copy is sealed. Nothing of this comment is purged until the date.")


class UndoAllView(DeskView):
    """Brings back what one “hide all” has hidden."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, batch: UUID, **kwargs: Any) -> HttpResponse:
        outcome = authors.undo(batch=batch, moderator=request.user, reason=reversal.TAKEN_BACK)
        if not outcome.done and not outcome.left:
            raise Http404
        tell(request, result_of(outcome))
        return redirect("community_queue")


class HoldEndView(DeskView):
    """One moderator asks to end a legal hold, another one confirms."""

    http_method_names = ["post", "options"]
    confirms = False

    def post(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        mine = CommentState.objects.moderated_by(request.user).order_by()
        hold = get_object_or_404(LegalHold.objects.filter(comment__in=mine).select_related("comment"), pk=pk)
        change: Callable[..., None] = holding.release if self.confirms else holding.ask_release
        try:
            change(hold=hold, moderator=request.user)
        except Refused as refusal:
            messages.error(request, _("Not done: %(why)s.") % {"why": refusals.said(refusal)})
        else:
            ended = _("The legal hold has ended.")
            messages.success(request, ended if self.confirms else _("Asked. Another moderator has to confirm it."))
        return back(hold.comment)


class DangerView(DeskView):
    """The list of steps by GET; the call by POST."""

    template_name = "community/desk/danger.html"
    form: danger.DangerForm | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = access.comment_to_moderate(self.user, kwargs["public_id"])
        return {
            **super().get_context_data(**kwargs),
            "state": row,
            "duty": danger.contact(self.request),
            "form": self.form or danger.DangerForm(),
        }

    def get_page_subtitle(self) -> str:
        return self.kwargs["public_id"]

    def post(self, request: HttpRequest, public_id: str, **kwargs: Any) -> HttpResponse:
        row = access.comment_to_moderate(request.user, public_id)
        self.form = danger.DangerForm(request.POST)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(public_id=public_id), status=400)
        duty = danger.contact(request)
        danger.call(row=row, moderator=request.user, duty=duty, steps=self.form.cleaned_data["steps"])
        if duty.email:
            messages.success(request, _("The duty contact gets a mail now. Call as well where minutes count."))
        else:
            messages.warning(request, _("Written into the log. No duty contact is set, so nobody was mailed."))
        return back(row)


def result_of(outcome: authors.Outcome) -> deciding.Result:
    result = deciding.Result(decided=len(outcome.done))
    for public_id, refusal in outcome.left.items():
        result.left.setdefault(refusals.said(refusal), []).append(public_id)
    return result
