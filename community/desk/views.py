from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import access, reasons, services
from ..models import CommentState, State
from ..reading import LANGUAGE_NAMES
from . import queue
from .forms import DecisionForm

PAGE_SIZE = 20
REFUSALS = {
    "own-comment": gettext_lazy("you wrote it yourself"),
    "own-report": gettext_lazy("you reported it yourself"),
    "decided-before": gettext_lazy("somebody has decided or changed it meanwhile"),
    "gone": gettext_lazy("it is not there any more"),
}


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """For moderators only, whoever else may use the admin."""

    page_title = gettext_lazy("Comments")
    header_icon = "comment"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not access.may_moderate(request.user):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": reverse("community_queue"), "label": _("Comments")}]


class QueueView(DeskView):
    """What waits, oldest first; several are decided at once with one reason."""

    template_name = "community/desk/queue.html"
    kinds = {
        queue.WAITING: gettext_lazy("Waiting"),
        queue.HELD: gettext_lazy("Held"),
        queue.REPORTED: gettext_lazy("Reported"),
        queue.DECIDED: gettext_lazy("Decided"),
    }
    form: DecisionForm | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = self.request.GET.get("kind", "")
        kind = kind if kind in self.kinds else queue.WAITING
        language = self.request.GET.get("language", "")
        rows = queue.of_kind(kind)
        if language in LANGUAGE_NAMES:
            rows = rows.filter(language=language)
        page = Paginator(rows, PAGE_SIZE).get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "kind": kind,
            "tabs": [(code, label, queue.summary(code)) for code, label in self.kinds.items()],
            "language": language,
            "languages": LANGUAGE_NAMES.items(),
            "page": page,
            "rows": queue.with_context(page),
            "form": self.form or DecisionForm(initial={"outcome": State.PUBLISHED}),
            "ticked": self.request.POST.getlist("ids"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = DecisionForm(request.POST)
        ids = request.POST.getlist("ids")
        if not ids:
            self.form.add_error(None, _("Tick at least one comment."))
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=400)
        decided, refused = 0, []
        for value in ids:
            public_id, _dot, seen = value.partition(".")
            why = decide(request.user, self.form, public_id, seen)
            if why:
                refused.append(f"{public_id}: {why}")
            else:
                decided += 1
        _tell(request, decided, refused)
        return redirect(request.get_full_path())


class DecisionView(DeskView):
    """One comment in its thread, with its history."""

    template_name = "community/desk/decision.html"
    form: DecisionForm | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = access.comment_to_moderate(self.request.user, kwargs["public_id"])
        nothing_to_decide = State(row.state) in services.GONE
        return {
            **super().get_context_data(**kwargs),
            "row": queue.with_context([row])[0],
            "ancestors": _ancestors(row),
            "answers": CommentState.objects.with_text().filter(parent=row).order_by("path"),
            "decisions": [
                (decision, reasons.label(decision.reason))
                for decision in row.decisions.select_related("made_by__member")
            ],
            "reports": row.reports.select_related("reporter__member"),
            "form": self.form or DecisionForm(initial={"outcome": State.PUBLISHED}),
            "nothing_to_decide": nothing_to_decide,
            "is_own": row.comment.user_id == self.request.user.pk,
        }

    def get_page_subtitle(self) -> str:
        return self.kwargs["public_id"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = DecisionForm(request.POST)
        if self.form.is_valid():
            why = decide(request.user, self.form, kwargs["public_id"], request.POST.get("seen", ""))
            if not why:
                _tell(request, 1, [])
                return redirect("community_queue")
            self.form.add_error(None, _("Not decided: %(why)s.") % {"why": why})
        return self.render_to_response(self.get_context_data(**kwargs), status=400)


def decide(user: Any, form: DecisionForm, public_id: str, seen: str) -> str:
    """Why a decision could not be made, in plain words; empty when it was made."""
    given = form.cleaned_data
    try:
        services.decide(
            public_id=public_id,
            moderator=user,
            new=State(given["outcome"]),
            reason=given["reason"],
            explanation=given["explanation"],
            seen=seen,
        )
    except services.Refused as refusal:
        return str(REFUSALS.get(refusal.code, refusal.code))
    except CommentState.DoesNotExist:
        return str(REFUSALS["gone"])
    return ""


def _tell(request: HttpRequest, decided: int, refused: list[str]) -> None:
    if decided:
        said = ngettext("%(number)d comment decided.", "%(number)d comments decided.", decided)
        messages.success(request, said % {"number": decided})
    if refused:
        messages.warning(request, _("Left as they were: %(list)s") % {"list": "; ".join(refused)})


def _ancestors(row: CommentState) -> list[CommentState]:
    """The comments it answers, from the first of the exchange down."""
    found: list[CommentState] = []
    parent_id = row.parent_id
    while parent_id and len(found) < 20:
        parent = CommentState.objects.select_related("comment").get(pk=parent_id)
        found.insert(0, parent)
        parent_id = parent.parent_id
    return found
