"""In the admin, for whoever may add workshops: a draft that begins with the notes of a facilitator."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal import drafts

from .forms import NotesForm
from .models import WorkshopIndexPage


class FromNotesView(WagtailAdminTemplateMixin, FormView):
    page_title = gettext_lazy("Begin a workshop with notes")
    header_icon = "edit"
    template_name = "workshops/admin/from_notes.html"
    form_class = NotesForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.index = get_object_or_404(WorkshopIndexPage, pk=kwargs["page_id"])
        if not may_begin(self.index, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title()}
        return [*super().get_breadcrumbs_items(), {"url": self._list_url, "label": self.index.title}, here]

    @property
    def _list_url(self) -> str:
        return reverse("wagtailadmin_explore", args=[self.index.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        labels = {"submit_button_label": _("Begin a draft"), "submit_button_active_label": _("Saving…")}
        return {**super().get_context_data(**kwargs), **labels}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: NotesForm) -> HttpResponse:
        given = form.cleaned_data
        facts = drafts.Facts(
            title=given["title"],
            notes=given["notes"],
            began=given["date_start"],
            language=self.index.locale.language_code,
        )
        page = drafts.start("workshop", facts, self.request.user)
        if page is None:
            raise PermissionDenied
        back = messages.button(self._list_url, self.index.title)
        text = _("A draft has been started. Nobody but editors sees it.")
        messages.success(self.request, text, buttons=[back])
        return redirect("wagtailadmin_pages:edit", page.pk)


def may_begin(index: WorkshopIndexPage, user: Any) -> bool:
    return index.permissions_for_user(user).can_add_subpage()
