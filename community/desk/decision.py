"""One comment in its thread, with all that a fair decision needs, and the acts beside the decision."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import access, refusals, services
from ..due_process import statements
from ..models import Claim, CommentState, ModerationAct, ModerationDecision, Report, State
from ..moderation import acts, redaction, reversal
from ..moderation.conflicts import OWN_COMMENT, conflict
from ..personal import ledger
from ..querysets import MODERATE
from ..reasons import WITH_PARENT
from ..refusals import Refused
from . import author, deciding, hits, log, queue
from .forms import (
    REDACTED,
    DecisionForm,
    DeskForm,
    EmailForm,
    HandOverForm,
    HideAllForm,
    LegalHoldForm,
    NoteForm,
    ReverseForm,
)
from .views import ConfirmErasureView, DeskView, wants_to_be_asked


class DecisionView(DeskView):
    template_name = "community/desk/decision.html"
    form: DecisionForm | None = None
    act_forms: dict[str, DeskForm]
    shown: dict[str, Any]  # what was asked for and logged, for this one answer

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.act_forms, self.shown = {}, {}

    @cached_property
    def row(self) -> CommentState:
        return access.comment_to_moderate(self.user, self.kwargs["public_id"])

    @cached_property
    def doubtful(self) -> list[hits.Found]:
        """What is masked unless the moderator says otherwise."""
        return [hit for hit in self.hits if hit.kind != redaction.REGION]

    @cached_property
    def hits(self) -> list[hits.Found]:
        return hits.found_in_whole(self.whole, self.row.language)

    @cached_property
    def whole(self) -> str:
        return redaction.whole(self.row)

    @cached_property
    def author_language(self) -> str:
        return deciding.author_languages([self.row.public_id])[self.row.public_id]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.note_that_it_was_read()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, user = self.row, self.user
        shown = queue.with_context([row], user)[0]
        last = reversal.last_decision(row)
        stop = conflict(user, comment=row)
        is_own = stop == OWN_COMMENT  # whoever wrote it learns nothing of who reported it
        return {
            **super().get_context_data(**kwargs),
            "row": shown,
            **self.texts(),
            "hits": hits.shown_in_place(self.hits, self.whole, row.language),
            "ticked": self.form["hit"].value() if self.form else [hit.value for hit in self.doubtful],
            "ancestors": ancestors(row),
            "answers": CommentState.objects.with_text().filter(parent=row).order_by("path")[:50],
            "log": log.of_comment(row),
            "revisions": row.revisions.all(),
            "reports": [] if is_own else row.reports.select_related("reporter__member", "decision"),
            "author": author.facts(row, user),
            "notes": [] if is_own else author.notes(row, user),
            "claim": Claim.objects.current().filter(comment=row).select_related("holder__member").first(),
            "form": self.form or self.empty_form(),
            "forms": self.forms(),
            "author_language": self.author_language,
            "is_gone": State(row.state) in services.GONE,
            "is_own": is_own,
            "stop": refusals.SAID.get(stop),
            "reversible": last if reversal.can_be_reversed(last) else None,
            "batch": _hidden_with_all(row),
            "redactions": row.redactions.filter(purged_at=None),
            "holds": row.legal_holds.in_force().select_related("release_asked_by__member"),
            "of_site": user.has_perm(MODERATE),
            **self.shown,
        }

    def texts(self) -> dict[str, Any]:
        """The comment, and the words that a report has beside it."""
        text, *beside = hits.marked_parts(self.whole, self.hits)
        labels = (_("What changed"), _("How they know"))
        return {"text": text, "beside": [pair for pair in zip(labels, beside, strict=False) if pair[1]]}

    def get_page_subtitle(self) -> str:
        return self.kwargs["public_id"]

    def empty_form(self) -> DecisionForm:
        """Where the guard found something, masking it is what is offered first, with the rule it breaks."""
        if not self.doubtful:
            return self.decision_form(initial={"outcome": State.PUBLISHED})
        return self.decision_form(initial={"outcome": REDACTED, "reason": hits.rule_of(self.doubtful[0])})

    def decision_form(self, *args: Any, **kwargs: Any) -> DecisionForm:
        words = redaction.without_region(self.whole)
        return DecisionForm(*args, text=words, hits=self.hits, language=self.author_language, **kwargs)

    def forms(self) -> dict[str, DeskForm]:
        """The forms beside the decision, by the name that a template can say."""
        made: list[DeskForm] = [
            NoteForm(),
            HandOverForm(moderators=other_moderators(self.row, self.user)),
            EmailForm(),
            ReverseForm(),
            HideAllForm(),
            LegalHoldForm(),
        ]
        return {form.name.replace("-", "_"): self.act_forms.get(form.name, form) for form in made}

    def note_that_it_was_read(self) -> None:
        """Once a day for each moderator, where there is something that the queue does not show."""
        if not self.doubtful:
            return
        today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        mine = ModerationAct.objects.filter(comment=self.row, made_by=self.user, made_at__gte=today)
        if not mine.filter(kind=acts.Kind.OPENED).exists():
            acts.record(acts.Kind.OPENED, by=self.user, comment=self.row, passages=len(self.doubtful))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = self.decision_form(request.POST)
        if self.form.is_valid():
            try:
                if "preview" in request.POST:
                    self.shown["preview"] = self.preview()
                    return self.render_to_response(self.get_context_data(**kwargs))
                ids = [self.row.public_id]
                if wants_to_be_asked(request, self.form, ids):
                    return ConfirmErasureView.as_view()(request, ids=ids)
                deciding.decide(request.user, self.form, self.row.public_id, request.POST.get("seen") or "-")
            except Refused as refusal:
                self.form.add_error(None, _("Not decided: %(why)s.") % {"why": refusals.said(refusal)})
            else:
                messages.success(request, ngettext("%(n)d comment decided.", "%(n)d comments decided.", 1) % {"n": 1})
                return redirect("community_next" if "next" in request.POST else "community_queue")
        return self.render_to_response(self.get_context_data(**kwargs), status=400)

    def preview(self) -> SafeString:
        """What the author would read: the decision is made, looked at in the author's language, and rolled back."""
        assert self.form is not None  # noqa: S101 - it was filled in
        seen = self.request.POST.get("seen") or "-"
        with transaction.atomic(), ledger.read_only(), translation.override(self.author_language):
            decision = deciding.decide(self.user, self.form, self.row.public_id, seen)
            statement = statements.of(ModerationDecision.objects.select_related("redaction").get(pk=decision.pk))
            html = render_to_string("community/desk/preview.html", {"statement": statement}) if statement else ""
            transaction.set_rollback(True)
        return SafeString(html)


def _hidden_with_all(row: CommentState) -> ModerationDecision | None:
    """The decision that hid it in one go with all of its author; answers that go with a comment are no such batch."""
    along = ModerationDecision.objects.filter(reason=WITH_PARENT).values("batch")
    made = row.decisions.exclude(batch=None).exclude(batch__in=along)
    return made.filter(undone_by=None, undoes=None).order_by("-pk").first()


def ancestors(row: CommentState) -> list[CommentState]:
    """The comments it answers, from the first of the exchange down."""
    found: list[CommentState] = []
    parent_id = row.parent_id
    while parent_id and len(found) < 20:
        parent = CommentState.objects.select_related("comment").get(pk=parent_id)
        found.insert(0, parent)
        parent_id = parent.parent_id
    return found


def other_moderators(row: CommentState, user: Any) -> QuerySet:
    """Those who moderate this thread and have no conflict with the comment. Nobody hands over what he wrote himself:
    who is missing here has reported it."""
    if conflict(user, comment=row) == OWN_COMMENT:
        return get_user_model().objects.none()
    reporters = Report.objects.filter(comment=row).exclude(reporter=None).values("reporter")
    people = access.moderators_of(row.thread).exclude(pk__in=[user.pk, row.comment.user_id or 0])
    return people.exclude(pk__in=reporters).select_related("member")


def back(row: CommentState) -> HttpResponse:
    return redirect(reverse("community_decision", args=[row.public_id]))
