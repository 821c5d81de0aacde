"""Applications and members in the admin: for coordinators, and for chairs of their own groups alone."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..access import roles
from ..models import Application, Membership, WorkingGroup
from ..querysets import MANAGE_GROUPS
from ..refusals import Refused
from . import applying, membership
from .desk_forms import AdmitForm, ApplicationDecisionForm, MembershipForm

PAGE_SIZE = 20
REFUSALS = {
    "own-application": gettext_lazy("it is your own"),
    "decided-before": gettext_lazy("somebody has decided it, or it was withdrawn meanwhile"),
    "last-chair": gettext_lazy("the group would have no chair. Name another chair first"),
    "gone": gettext_lazy("it is not there any more"),
}


def may_open(user: Any) -> bool:
    return bool(user.is_active and (user.has_perm(MANAGE_GROUPS) or "chair" in roles(user)))


def applications_for(user: Any) -> QuerySet[Application]:
    """Those that this person decides: of the groups he manages."""
    rows = Application.objects.filter(group__in=WorkingGroup.objects.managed_by(user).order_by().values("pk"))
    return rows.select_related("group", "user__member").prefetch_related("group__texts")


class GroupsDeskView(WagtailAdminTemplateMixin, TemplateView):
    page_title = gettext_lazy("Working groups")
    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_open(request.user):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": reverse("community_groups"), "label": _("Working groups")}]


class GroupsView(GroupsDeskView):
    """The groups somebody manages, with what waits in them."""

    template_name = "community/groups/desk/groups.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = WorkingGroup.objects.managed_by(self.request.user).prefetch_related("texts").with_counts()
        return {
            **super().get_context_data(**kwargs),
            "groups": groups,
            "may_edit": self.request.user.has_perm("community.change_workinggroup"),
        }


class ApplicationsView(GroupsDeskView):
    """What waits, oldest first; several are decided at once with one reason."""

    template_name = "community/groups/desk/applications.html"
    page_title = gettext_lazy("Applications")
    form: ApplicationDecisionForm | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_open = self.request.GET.get("kind") != "decided"
        rows = applications_for(self.request.user)
        rows = rows.filter(state__in=Application.OPEN) if is_open else rows.exclude(state__in=Application.OPEN)
        page = Paginator(rows.order_by("made_at" if is_open else "-changed_at"), PAGE_SIZE)
        return {
            **super().get_context_data(**kwargs),
            "is_open": is_open,
            "page": page.get_page(self.request.GET.get("p")),
            "form": self.form or ApplicationDecisionForm(),
            "ticked": self.request.POST.getlist("ids"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = ApplicationDecisionForm(request.POST)
        ids = request.POST.getlist("ids")
        if not ids:
            self.form.add_error(None, _("Tick at least one application."))
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=400)
        results = [self._decide(*value.partition(".")[::2]) for value in ids]
        refused = [f"{value.partition('.')[0]}: {why}" for value, why in zip(ids, results, strict=True) if why]
        if decided := len(ids) - len(refused):
            said = ngettext("%(number)d application decided.", "%(number)d applications decided.", decided)
            messages.success(request, said % {"number": decided})
        if refused:
            messages.warning(request, _("Left as they were: %(list)s") % {"list": "; ".join(refused)})
        return redirect("community_applications")

    def _decide(self, pk: str, seen: str) -> str:
        """Why it could not be decided, in plain words; empty when it was."""
        given = self.form.cleaned_data if self.form else {}
        found = applications_for(self.request.user).filter(pk=pk).first() if pk.isdecimal() and len(pk) < 18 else None
        if found is None:
            return str(REFUSALS["gone"])
        try:
            applying.decide(
                pk=found.pk, by=self.request.user, outcome=given["outcome"], text=given["text"].strip(), seen=seen
            )
        except Refused as refusal:
            return str(REFUSALS[refusal.code])
        return ""


class MembersView(GroupsDeskView):
    """Who belongs to one group: roles, end dates, removal, admission by name."""

    template_name = "community/groups/desk/members.html"
    admit_form: AdmitForm | None = None
    bad_form: tuple[int, MembershipForm] | None = None

    @property
    def group(self) -> WorkingGroup:
        return get_object_or_404(WorkingGroup.objects.managed_by(self.request.user), code=self.kwargs["code"])

    def get_page_subtitle(self) -> str:
        return self.group.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        current = self.group.memberships.current().with_names()
        bad = dict([self.bad_form]) if self.bad_form else {}
        return {
            **super().get_context_data(**kwargs),
            "group": self.group,
            "lines": [(each, bad.get(each.pk) or _form_of(each)) for each in current],
            "admit_form": self.admit_form or AdmitForm(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        do, _dash, pk = request.POST.get("do", "").partition("-")
        try:
            is_done = self._admit() if do == "admit" else self._change(do, pk)
        except Refused as refusal:
            messages.error(request, _("Not done: %(why)s.") % {"why": REFUSALS[refusal.code]})
            is_done = True
        if not is_done:
            return self.render_to_response(self.get_context_data(), status=400)
        return redirect("community_members", kwargs["code"])

    def _admit(self) -> bool:
        self.admit_form = form = AdmitForm(self.request.POST)
        if not form.is_valid():
            return False
        user = form.cleaned_data["name"].user
        membership.admit(group=self.group, user=user, by=self.request.user, role=form.cleaned_data["role"])
        messages.success(self.request, _("Admitted."))
        return True

    def _change(self, do: str, pk: str) -> bool:
        found = self.group.memberships.current().filter(pk=pk).first() if pk.isdecimal() and len(pk) < 18 else None
        if found is None:
            raise Http404
        if do == "remove":
            membership.end(membership=found, by=self.request.user)
            messages.success(self.request, _("Removed. The group is closed for this account from now on."))
            return True
        form = MembershipForm(self.request.POST, prefix=f"m{found.pk}")
        if not form.is_valid():
            self.bad_form = (found.pk, form)
            return False
        membership.change(membership=found, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Saved."))
        return True


def _form_of(member: Membership) -> MembershipForm:
    initial = {
        "role": member.role,
        "until": localtime(member.until).date() if member.until else None,
        "practitioner": member.practitioner,
        "is_verified": member.is_verified,
    }
    return MembershipForm(initial=initial, prefix=f"m{member.pk}")
