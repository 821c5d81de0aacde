"""The appeals at the moderators' desk: a list, and one appeal with all that an answer needs."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from .. import refusals
from ..desk import kinds
from ..desk.views import DeskView
from ..forms import WordsField
from ..guarded import Guarded
from ..models import Appeal
from ..models.appeals import MAX_APPEAL
from ..places import places
from ..reasons import RuleReason
from ..refusals import Refused
from . import access, answering

PAGE_SIZE = 20
DUE = timedelta(days=7)
WAITING, ANSWERED = "waiting", "answered"


class AnswerForm(Guarded):
    """The outcome and its reasons. Where a reporter appeals, upholding hides the comment: for which rule?"""

    guarded = ("text", "explanation")

    outcome = forms.ChoiceField(label=gettext_lazy("Your decision"), widget=forms.RadioSelect)
    text = WordsField(
        rows=6,
        label=gettext_lazy("Your answer, with reasons"),
        max_length=MAX_APPEAL,
        help_text=gettext_lazy("Goes to whoever appealed, under no name. Write it in the language of the appeal."),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason for hiding the comment"),
        required=False,
        choices=[("", "-----"), *RuleReason.choices],
    )
    explanation = forms.CharField(
        label=gettext_lazy("Explanation for the author"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("The author does not see your answer. Say nothing here of who reported the comment."),
    )

    def __init__(self, *args: Any, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "answer-%s", "label_suffix": "", **kwargs})
        self.hides = side == Appeal.Side.REPORTER
        upheld = _("Uphold it: hide the comment") if self.hides else _("Uphold it: take the decision back")
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (Appeal.Outcome.UPHELD, upheld),
            (Appeal.Outcome.REJECTED, _("Reject it: the decision stands")),
        ]
        if not self.hides:
            del self.fields["reason"], self.fields["explanation"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.hides and given.get("outcome") == Appeal.Outcome.UPHELD and not given.get("reason"):
            self.add_error("reason", _("Choose the rule that the comment breaks, or the law."))
        return given


class AppealsView(DeskView):
    """What waits for an answer, oldest first; on request what was answered."""

    template_name = "community/due_process/desk/appeals.html"
    page_title = gettext_lazy("Appeals")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = ANSWERED if self.request.GET.get("show") == ANSWERED else WAITING
        mine = access.appeals_for(self.request.user)
        rows = mine.waiting() if shown == WAITING else mine.exclude(outcome="").order_by("-answered_at")
        rows = rows.select_related("decision__comment__thread__group", "decision__made_by", "decision__undoes")
        page = Paginator(rows, PAGE_SIZE).get_page(self.request.GET.get("p"))
        threads = {appeal.decision.comment.thread for appeal in page}
        found = places(threads, Page.objects.all())
        return {
            **super().get_context_data(**kwargs),
            "shown": shown,
            "page": page,
            "rows": [(appeal, found.get(appeal.decision.comment.thread_id)) for appeal in page],
        }


class AppealView(DeskView):
    """One appeal, beside the comment and the decision it is against."""

    template_name = "community/due_process/desk/appeal.html"
    page_title = gettext_lazy("Appeal")
    form: AnswerForm | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        appeal = access.appeal_to_answer(self.request.user, kwargs["pk"])
        code = answering.refusal(self.request.user, appeal)
        row = appeal.decision.comment
        return {
            **super().get_context_data(**kwargs),
            "appeal": appeal,
            "row": row,
            "place": places([row.thread], Page.objects.all()).get(row.thread_id),
            "refusal": refusals.said(Refused(code)) if code else "",
            "form": self.form or AnswerForm(side=appeal.side),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        appeal = access.appeal_to_answer(request.user, kwargs["pk"])
        self.form = AnswerForm(request.POST, side=appeal.side)
        if self.form.is_valid():
            try:
                answering.answer(appeal=appeal, moderator=request.user, **self.form.cleaned_data)
            except Refused as refusal:
                self.form.add_error(None, _("Not decided: %(why)s.") % {"why": refusals.said(refusal)})
            else:
                messages.success(request, _("The appeal is answered."))
                return redirect("community_appeals")
        return self.render_to_response(self.get_context_data(**kwargs), status=400)


def register() -> None:
    kinds.register(
        kinds.Kind(
            "appeals",
            gettext_lazy("Appeals"),
            lambda user: kinds.counted(access.appeals_for(user).waiting(), "made_at", DUE),
            lambda: reverse("community_appeals"),
            order=50,
        )
    )
