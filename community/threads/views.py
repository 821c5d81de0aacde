"""One comment with all that this reader may do with it, and the form to change one's own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import access, breadcrumbs, services, text
from ..models import CommentState, Reaction, ReactionKind, State
from ..screening import PREVIEW_CHECKS
from ..views import permalink, personal
from ..writing import Writing
from . import editing, reacting, running
from .forms import ConcernForm

REFUSALS = {
    "closed": gettext_lazy("This discussion has been closed. Nothing was sent."),
    "gone": gettext_lazy("The comment is not there any more."),
    "own-comment": gettext_lazy("This is your own comment: the reactions of others count."),
    "silenced": gettext_lazy("You cannot react for now. Why is on the page of your account."),
    "not-an-editor": gettext_lazy("Only what an editor of the page wrote can be the answer of the editors."),
    "no-concern": gettext_lazy("Concerns go to the editors of a page. Here, write an answer."),
    "forbidden": gettext_lazy("You may not do that."),
}


class OneComment:
    """A visit to the page of one comment. Nobody else ever gets what is made here."""

    def __init__(self, request: HttpRequest, key: UUID, public_id: str) -> None:
        self.request, self.user = request, request.user
        self.subject = access.subject(request, key)
        self.row = access.comment_to_read(self.subject, public_id)
        self.row.thread = self.subject.thread  # type: ignore[assignment]
        data = request.POST if request.POST.get("do") == ReactionKind.CONCERN else None
        said = self.own[ReactionKind.CONCERN].text if ReactionKind.CONCERN in self.own else ""
        self.form = ConcernForm(data, initial={"text": said})

    @cached_property
    def own(self) -> dict[str, Reaction]:
        if not self.user.is_authenticated:
            return {}
        return {each.kind: each for each in Reaction.objects.filter(comment=self.row, user=self.user)}

    @property
    def is_own(self) -> bool:
        return self.user.is_authenticated and self.row.comment.user_id == self.user.pk

    @cached_property
    def may_mark_official(self) -> bool:
        """Only what was written by somebody who speaks for the editors, so that nobody is put on the spot."""
        key = self.subject.key
        return running.speaks_for_editors(self.user, key) and (
            self.row.is_official or running.speaks_for_editors(self.row.comment.user, key)
        )

    def do(self, what: str) -> str:
        """Carry it out and say what was done; empty for what nobody asks."""
        row, user = self.row, self.user
        if what in {ReactionKind.USEFUL, ReactionKind.PRACTISED, ReactionKind.CONCERN}:
            if not self.subject.is_open:
                raise services.Refused("closed")
            reacting.react(
                row=row, user=user, kind=what, text=self.form.cleaned_data["text"] if self.form.is_bound else ""
            )
            return _("Thank you, counted. Nobody is shown who it was.")
        if what in {f"undo-{kind}" for kind in ReactionKind.values}:
            reacting.take_back(row=row, user=user, kind=what.removeprefix("undo-"))
            return _("Taken back.")
        if what in {"pin", "unpin"}:
            running.pin(row=row, moderator=user, pinned=what == "pin")
            return _("The comment is pinned.") if what == "pin" else _("The comment is not pinned any more.")
        if what in {"official", "unofficial"}:
            running.mark_official(row=row, editor=user, official=what == "official")
            return _("Marked.") if what == "official" else _("The mark is gone.")
        return ""

    def answer(self, *, status: int = 200) -> HttpResponse:
        row, user = self.row, self.user
        kinds = [(kind, kind.label, getattr(row, kind), kind in self.own) for kind in reacting.kinds_of(row.thread)]
        context = {
            "subject": self.subject,
            "row": row,
            "html": text.as_html(row.comment.comment, row.mention_spans),
            "permalink": permalink(self.subject, row),
            "kinds": kinds,
            "form": self.form,
            "is_own": self.is_own,
            "may_edit": self.is_own and editing.may_be_edited(row),
            "may_moderate": access.may_moderate(user, row.thread),
            "may_mark_official": user.is_authenticated and self.may_mark_official,
            "is_pinned": row.thread.pinned_id == row.pk,
            "breadcrumb": breadcrumbs.of_discussion(self.subject, _("A comment")),
        }
        return render(self.request, "community/comment.html", context, status=status)


@personal
def comment(request: HttpRequest, key: UUID, public_id: str) -> HttpResponse:
    """Read one comment by itself, and react to it, pin it or mark it; each by POST."""
    visit = OneComment(request, key, public_id)
    if request.method != "POST":
        return visit.answer()
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if visit.form.is_bound and not visit.form.is_valid():
        return visit.answer(status=400)
    try:
        done = visit.do(request.POST.get("do", ""))
    except services.Refused as refusal:
        messages.warning(request, REFUSALS[refusal.code])
        return visit.answer(status=403 if refusal.code == "forbidden" else 400)
    if not done:
        return visit.answer(status=400)
    messages.success(request, done)
    return redirect(permalink(visit.subject, visit.row))


class Editing(Writing):
    """The form of writing, with one's own comment in it."""

    checks = preview_checks = PREVIEW_CHECKS

    row: CommentState

    def __init__(self, request: HttpRequest, subject: access.Subject, row: CommentState) -> None:
        self.row = row
        super().__init__(request, subject)

    @property
    def bound_to(self) -> str:
        return f"edit {self.row.public_id}"

    @property
    def initial(self) -> dict[str, Any]:
        return {**super().initial, "text": self.row.comment.comment, "language": self.row.language}

    @property
    def action(self) -> str:
        return reverse("community:edit", args=[self.row.public_id])

    def post(self) -> CommentState:
        draft = self.draft
        return editing.edit_comment(row=self.row, new_text=draft.text, language=draft.language, findings=self.findings)

    @property
    def context(self) -> dict[str, Any]:
        until: datetime = self.row.posted_at + editing.WINDOW
        return {**super().context, "edited": self.row, "editable_until": until}


@personal
@login_required
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    row = access.own_comment(request, public_id)
    if hasattr(row, "evidence"):
        return redirect("community:edit_report", public_id=row.public_id)
    subject = access.subject(request, row.thread.translation_key)
    if not editing.may_be_edited(row):
        return _too_late(request, subject, row)
    writing = Editing(request, subject, row)
    if request.method != "POST":
        return writing.answer()
    if not writing.is_valid():
        return writing.answer(status=400)
    if writing.is_preview:
        return writing.answer()
    try:
        row = writing.post()
    except services.Refused:
        return _too_late(request, subject, row)
    if row.state != State.PUBLISHED:
        return redirect("community:held", key=subject.key)
    messages.success(request, _("Your comment is changed."))
    return redirect(permalink(subject, row))


def _too_late(request: HttpRequest, subject: access.Subject, row: CommentState) -> HttpResponse:
    context = {
        "subject": subject,
        "row": row,
        "typed": request.POST.get("text", ""),
        "most_changes": editing.MOST_CHANGES if editing.is_changed_too_often(row) else 0,
        "may_answer": subject.is_open and row.state == State.PUBLISHED,
        "breadcrumb": breadcrumbs.of_discussion(subject, _("Change your comment")),
    }
    return render(request, "community/too_late.html", context, status=400 if request.method == "POST" else 403)
