"""In the admin: the discussions and how they are run, for moderators, and the concerns of readers, for editors."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, F, Max, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from .. import services
from ..desk.views import DeskView
from ..models import DiscussionThread, Reaction, ReactionKind, State
from ..places import Place, places
from ..querysets import MODERATE
from . import reacting, running
from .forms import ThreadForm

PAGE_SIZE = 50


class ThreadsView(DeskView):
    """The discussions that somebody moderates, the liveliest first."""

    header_icon = "openquote"

    template_name = "community/desk/threads.html"
    page_title = gettext_lazy("Discussions")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": reverse("community_threads"), "label": _("Discussions")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        threads = DiscussionThread.objects.moderated_by(self.request.user).exclude(state="hidden")
        published = Q(comments__state=State.PUBLISHED)
        counted = threads.annotate(
            said=Count("comments", filter=published), last=Max("comments__posted_at", filter=published)
        )
        page = Paginator(counted.order_by("-last", "-pk"), PAGE_SIZE).get_page(self.request.GET.get("p"))
        found = places(page, Page.objects.all())
        return {
            **super().get_context_data(**kwargs),
            "page": page,
            "rows": [(thread, found.get(thread.pk)) for thread in page],
        }


class ThreadView(ThreadsView):
    """Close or open one discussion, give it a last day, slow it down; also before anybody has written in it."""

    template_name = "community/desk/thread.html"
    page_title = gettext_lazy("Discussion")
    form: ThreadForm | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.thread = _thread(request.user, kwargs["key"])
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        place = _place(self.thread)
        return [*super().get_breadcrumbs_items(), {"url": "", "label": place.title if place else _("Discussion")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super(ThreadsView, self).get_context_data(**kwargs),
            "thread": self.thread,
            "place": _place(self.thread),
            "form": self.form or ThreadForm(instance=self.thread),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = ThreadForm(request.POST, instance=self.thread)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(**kwargs), status=400)
        given = self.form.cleaned_data
        try:
            running.run_thread(
                key=kwargs["key"],
                moderator=request.user,
                is_open=given["is_open"] == "open",
                closes_on=given["closes_on"],
                slow_minutes=given.get("slow_minutes", 0),
            )
        except services.Refused as refusal:
            raise PermissionDenied from refusal
        messages.success(request, _("Saved."))
        return redirect("community_threads")


def _thread(user: Any, key: UUID) -> DiscussionThread:
    """The discussion, or the one that a page may have; only what this person moderates."""
    known = DiscussionThread.objects.moderated_by(user).filter(translation_key=key).first()
    if known is None and user.has_perm(MODERATE) and Page.objects.filter(translation_key=key).exists():
        return DiscussionThread(translation_key=key)
    if known is None or known.state == DiscussionThread.Condition.HIDDEN:
        raise Http404
    return known


def _place(thread: DiscussionThread) -> Place | None:
    return places([thread], Page.objects.all()).get(thread.pk)


def concerns_for(user: Any) -> QuerySet[Reaction]:
    """What readers are worried about, on pages that this person may edit; words and all."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    keys = pages.order_by().values("translation_key")
    concerns = Reaction.objects.filter(kind=ReactionKind.CONCERN, comment__thread__translation_key__in=keys)
    return concerns.filter(comment__state=State.PUBLISHED, comment__thread__kind=DiscussionThread.Kind.SUBJECT)


def open_concerns(user: Any) -> QuerySet[Reaction]:
    return concerns_for(user).filter(handled_at=None)


class HandleColumn(Column):
    cell_template_name = "community/desk/concern_cell.html"

    def get_cell_context_data(self, instance: Reaction, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "csrf_token": get_token(parent_context["request"]), "concern": instance}


class ConcernsView(ReportView):
    """The private notes that readers left for the editors of a page, oldest first until somebody has seen to them."""

    page_title = gettext_lazy("Concerns of readers")
    header_icon = "warning"
    model = Reaction
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    index_url_name = "community_concerns"
    index_results_url_name = "community_concerns_results"
    no_results_message = gettext_lazy("Readers have left no concern about your pages.")
    columns = [
        TitleColumn("page", label=gettext_lazy("Page"), accessor="place_title", get_url=lambda row: row.place_url),
        Column("text", label=gettext_lazy("Concern")),
        Column("member", label=gettext_lazy("From"), accessor="name"),
        DateColumn("made_at", label=gettext_lazy("When")),
        HandleColumn("handle", label="", accessor="pk"),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_see_concerns(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> Any:
        found = concerns_for(self.request.user).select_related("comment__thread", "user__member")
        key = self.request.GET.get("about", "")
        try:
            found = found.filter(comment__thread__translation_key=UUID(key)) if key else found
        except ValueError:
            found = found.none()
        return found.order_by(F("handled_at").desc(nulls_first=True), "made_at", "pk")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Where each comment is read, and who wrote the concern, in as many queries for fifty as for one."""
        rows = list(object_list)
        found = places({row.comment.thread for row in rows}, Page.objects.all())
        for row in rows:
            place = found.get(row.comment.thread_id)
            row.place_title = place.title if place else ""
            row.place_url = f"{place.url}?c={row.comment.public_id}#c-{row.comment.public_id}" if place else None
            member = getattr(row.user, "member", None)
            row.name = member.display_name if member else ""
        return rows


class HandleView(View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        reaction = get_object_or_404(open_concerns(request.user), pk=pk)
        reacting.handle_concern(reaction=reaction, editor=request.user)
        messages.success(request, _("Marked as seen to."))
        return redirect("community_concerns")


def may_see_concerns(user: Any) -> bool:
    return page_permission_policy.user_has_any_permission(user, ["change", "publish"])


def concerns_url(page: Page) -> str:
    return f"{reverse('community_concerns')}?about={page.translation_key}"
