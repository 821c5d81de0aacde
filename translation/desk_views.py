"""One page of the admin for each language: what is to be done, and who does it."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Locale

from portal.languages import language_name
from portal.tables import csv_file

from . import access, desk, desk_table, review
from .models import TranslationStatus

ROWS = 50


class DueForm(forms.Form):
    due = forms.DateField(
        label=gettext_lazy("Due on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    assignee: Any = forms.ModelChoiceField(label=gettext_lazy("Translator"), queryset=None, required=False)

    def __init__(self, locale: Locale, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["assignee"]
        field.queryset = desk.translators(locale)

    def clean_due(self) -> datetime.date | None:
        due = self.cleaned_data["due"]
        if due and due < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return due


def first_desk(request: HttpRequest) -> HttpResponse:
    """The desk of the first language that this person serves."""
    mine = access.locales(request.user)
    if not mine:
        raise PermissionDenied
    return redirect("translation_desk", mine[0].language_code)


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "translation/desk.html"
    header_icon = "wagtail-localize-language"
    locale: Locale
    wrong: tuple[int, DueForm] | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.locale = access.served(request.user, kwargs["language"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return capfirst(language_name(self.locale.language_code))

    def get_header_buttons(self) -> list[HeaderButton]:
        address = reverse("translation_terms", args=[self.locale.language_code])
        return [HeaderButton(_("Terms"), address, icon_name="openquote"), *super().get_header_buttons()]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        begin = {"url": reverse("translation_desk_first"), "label": _("Translation")}
        return [*self.breadcrumbs_items, begin, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        counted = desk.counts(self.locale, user)
        tabs = desk.tabs(counted)
        current = self.current(tabs)
        found = desk.in_tab(desk.rows_of(self.locale, user), current, user)
        found = found.select_related("content_type", "locale", "source_locale", "assignment__assignee")
        tab = next(tab for tab in tabs if tab.code == current)
        paginator = Paginator(found, ROWS)
        paginator.count = tab.count  # counted with the tabs
        page = paginator.get_page(self.request.GET.get("p"))
        leads = desk.leads(user, self.locale)
        reasons = review.reasons(page)
        return {
            **super().get_context_data(**kwargs),
            "language": self.locale.language_code,
            "languages": access.locales(user),
            "tabs": tabs,
            "tab": tab,
            "page": page,
            "rows": [
                {**self.row(status, user, leads), "reason": reasons.get((status.translation_key, status.locale_id))}
                for status in page
            ],
            "kinds": desk.kinds(counted),
            "leads": leads,
            "people": [(one.pk, desk.name(one)) for one in desk.translators(self.locale)] if leads else [],
            "today": timezone.localdate(),
        }

    def current(self, tabs: list[desk.Tab]) -> str:
        asked = self.request.GET.get("state", "")
        return asked if asked in desk.LABELS else desk.MINE if tabs[0].count else desk.FREE

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("format") != "csv":
            return super().get(request, *args, **kwargs)
        current = self.current(desk.tabs(desk.counts(self.locale, request.user)))
        rows = desk.in_tab(desk.rows_of(self.locale, request.user), current, request.user)
        name = f"{self.locale.language_code}-{current}-{timezone.localdate().isoformat()}"
        return csv_file(name, desk_table.lines(rows, request.build_absolute_uri))

    def row(self, status: TranslationStatus, user: Any, leads: bool) -> dict[str, Any]:
        assignment = getattr(status, "assignment", None)
        is_mine = bool(assignment and assignment.assignee_id == user.pk)
        wrong = self.wrong[1] if self.wrong and self.wrong[0] == status.pk else None
        return {
            "status": status,
            "kind": capfirst(status.content_type.name),
            "url": desk.edit_url(status),
            "assignment": assignment,
            "person": desk.name(assignment.assignee) if assignment else "",
            "is_mine": is_mine,
            "may_plan": is_mine or leads,
            "due": wrong["due"].value() if wrong else assignment and assignment.due and assignment.due.isoformat(),
            "errors": [line for lines in wrong.errors.values() for line in lines] if wrong else [],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pk = request.POST.get("row", "")
        rows = desk.rows_of(self.locale, request.user).select_related("locale", "content_type")
        status = rows.filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() and len(pk) < 19 else None
        if status is None:
            raise Http404
        form = DueForm(self.locale, request.POST)
        if request.POST.get("do") == "plan" and not form.is_valid():
            self.wrong = (status.pk, form)
            return self.render_to_response(self.get_context_data(), status=400)
        try:
            messages.success(request, self.act(request.POST.get("do", ""), status, form))
        except desk.Refused as refused:
            messages.warning(request, str(refused))
        return redirect(request.get_full_path())

    def act(self, what: str, status: TranslationStatus, form: DueForm) -> str:
        title = {"title": status.title}
        if what == "take":
            desk.take(status=status, user=self.request.user)
            return _("You have taken “%(title)s”.") % title
        if what == "hand_back":
            desk.hand_back(status=status, user=self.request.user)
            return _("“%(title)s” is free to take again.") % title
        if what == "plan":
            desk.assign(status=status, user=self.request.user, **form.cleaned_data)
            return _("Saved for “%(title)s”.") % title
        raise Http404
