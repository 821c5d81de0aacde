"""The pages of the admin on which translations go out and come in."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale
from wagtail_localize.models import Translation

from portal.languages import language_name
from translation import access, desk, states, trail

from . import archives, incoming, outgoing
from .formats import FORMATS
from .models import Upload
from .planning import Choice, Decision, Kind, Outcome
from .units import LARGEST_FILE

ROW = re.compile(r"row-(\d{1,4})-(\d{1,5})")
GONE = gettext_lazy("The page of this translation was deleted meanwhile. Nothing was written.")


class UploadForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File"), max_length=255)

    def __init__(self, *args: Any, largest: int = LARGEST_FILE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.largest = largest
        field = self.fields["file"]
        field.help_text = _("At most %(size)d MB. Nothing is written before you have seen what would change.") % {
            "size": largest // 2**20
        }
        field.error_messages |= {
            "required": _("Choose a file first."),
            "missing": _("Choose a file first."),
            "invalid": _("Choose a file first."),
            "empty": _("The file is empty."),
        }

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > self.largest:
            size = self.largest // 2**20
            raise forms.ValidationError(_("The file is larger than %(size)d MB.") % {"size": size})
        return file


def others(locale: Locale) -> list[tuple[str, str]]:
    """The languages from which something may have been translated into this one."""
    codes = [one.language_code for one in states.site_locales() if one.pk != locale.pk]
    return [(code, language_name(code)) for code in codes]


def attachment(name: str, content: bytes, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def download_po(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Where the shipped editor fetches its file."""
    translation = access.translation_to_read(request.user, translation_id)
    return download(request, translation.target_locale.language_code, translation_id, "po")


@require_safe
def download(request: HttpRequest, language: str, translation_id: int, kind: str) -> HttpResponse:
    translation = access.translation_to_read(request.user, translation_id, language)
    chosen = FORMATS.get(kind)
    if chosen is None:
        raise Http404
    name = archives.file_name(translation, chosen)
    return attachment(name, chosen.write(outgoing.document(translation)), chosen.content_type)


@require_POST
def upload_po(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Where the shipped editor sends its files."""
    try:
        translation = access.translation_to_write(request.user, translation_id)
    except Http404:
        messages.error(request, GONE)
        return redirect("wagtailadmin_home")
    form = UploadForm(request.POST, request.FILES)
    address = page_address(translation)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["file"])))
        return redirect(address)
    return redirect(f"{address}{keep(request, form, translation.target_locale.language_code, translation).key}/")


def page_address(translation: Translation) -> str:
    return reverse("translation_exchange_page", args=[translation.target_locale.language_code, translation.pk])


def keep(request: HttpRequest, form: UploadForm, language: str, translation: Translation | None = None) -> Upload:
    file = form.cleaned_data["file"]
    pk = translation.pk if translation else None
    return Upload.keep(user=request.user, name=file.name or "?", data=file.read(), language=language, translation=pk)


class ExchangeView(WagtailAdminTemplateMixin, TemplateView):
    """Of one translation or, without one, of a language."""

    header_icon = "upload"
    locale: Locale
    translation: Translation | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.locale = get_object_or_404(Locale, language_code=kwargs["language"])
        if "translation_id" in kwargs:
            self.translation = self.asked()
        else:
            self.check_language()
        try:
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied as error:
            if not str(error):
                raise
            messages.error(request, str(error))  # locked, or with a reviewer
            return redirect("translation_desk", self.language)

    def check_language(self) -> None:
        """Many pages at once are for whoever leads in the language."""
        if not desk.leads(self.request.user, self.locale):
            raise PermissionDenied

    def asked(self) -> Translation:
        found = access.translation_to_read(self.request.user, self.kwargs["translation_id"])
        if found.target_locale_id != self.locale.pk:
            raise Http404
        return found

    @property
    def language(self) -> str:
        return self.locale.language_code

    def address(self) -> str:
        if self.translation:
            return page_address(self.translation)
        return reverse("translation_exchange", args=[self.language])

    def get_page_title(self) -> str:
        return _("Translations as files")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        way = trail.to(self.translation) if self.translation else [trail.desk(self.language)]
        return [*self.breadcrumbs_items, *way, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "language": self.language,
            "language_name": language_name(self.language),
            "translation": self.translation,
            "title": self.translation.source.object_repr if self.translation else "",
            "source_language": self.translation.source.locale.language_code if self.translation else "",
            "address": self.address(),
            "formats": FORMATS,
        }


class FilesView(ExchangeView):
    """What can be had, and the form to send a file."""

    template_name = "translation/exchange.html"
    form: UploadForm | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["form"] = self.form or UploadForm(largest=self.largest())
        if self.translation is None:
            user: Any = self.request.user
            context["leads"] = desk.leads(user, self.locale)
            context["tabs"] = [tab for tab in desk.tabs(desk.counts(self.locale, user)) if tab.count]
            context["most"] = archives.MOST_FILES
            context["others"] = others(self.locale)
        return context

    def check_language(self) -> None:
        if self.request.method == "POST":
            super().check_language()
        elif self.locale.pk not in access.locale_ids(self.request.user):
            raise PermissionDenied

    def largest(self) -> int:
        return LARGEST_FILE if self.translation else archives.LARGEST

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.translation:
            access.translation_to_write(request.user, self.translation.pk)
        self.form = UploadForm(request.POST, request.FILES, largest=self.largest())
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=400)
        upload = keep(request, self.form, self.language, self.translation)
        return redirect(f"{self.address()}{upload.key}/")


def grouped(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """What was planned, by its kind; what nothing happens to is counted only."""
    of_kind: dict[Kind, list[Any]] = {kind: [] for kind in Kind}
    for row in rows:
        of_kind[row.kind].append(row)
    quiet = {Kind.UNCHANGED, Kind.EMPTY}
    return [{"kind": kind, "rows": some, "counted_only": kind in quiet} for kind, some in of_kind.items() if some]


class DecisionView(ExchangeView):
    """What a file would change, and the decision."""

    upload: Upload

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        mine = Upload.objects.current().filter(user=user, language=kwargs["language"])
        found = mine.filter(key=kwargs["key"], translation_pk=kwargs.get("translation_id")).first()
        if found is None:
            raise Http404
        self.upload = found
        if found.translation_pk and not Translation.objects.filter(pk=found.translation_pk).exists():
            return self.gone()
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            return self.gone()

    def gone(self) -> HttpResponse:
        messages.error(self.request, GONE)
        return redirect("translation_desk", self.kwargs["language"])

    def get_page_title(self) -> str:
        return _("What the file would change")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "upload": self.upload}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        outcome = self.apply()
        if outcome.written:
            text = ngettext("%(number)d text was written.", "%(number)d texts were written.", outcome.written)
            messages.success(request, text % {"number": outcome.written})
        left = outcome.undecided + outcome.changed_meanwhile
        if left:
            text = ngettext("%(number)d text is to be decided.", "%(number)d texts are to be decided.", left)
            messages.warning(request, text % {"number": left})
            return redirect(request.path)
        if not outcome.written:
            messages.warning(request, _("Nothing was written."))
        self.upload.delete()
        return redirect(self.address())

    def apply(self) -> Outcome:
        raise NotImplementedError

    def decisions(self) -> dict[tuple[int, int], Decision]:
        found = {}
        for name, value in self.request.POST.items():
            if match := ROW.fullmatch(name):
                choice, _colon, seen = str(value).partition(":")
                found[int(match[1]), int(match[2])] = (choice if choice in Choice else "", seen)
        return found


class PlanView(DecisionView):
    template_name = "translation/exchange_plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        files = incoming.look(self.upload, self.request.user)
        plans = [file.plan for file in files if file.plan]
        return {
            **super().get_context_data(**kwargs),
            "files": [(number, file, self.groups(file)) for number, file in enumerate(files)],
            "to_choose": sum(len(plan.to_choose) for plan in plans),
            "to_write": sum(bool(row.chosen) for plan in plans for row in plan.rows),
            "conflicts": sum(len(plan.of(Kind.CONFLICT)) for plan in plans),
        }

    def groups(self, file: incoming.File) -> list[dict[str, Any]]:
        return grouped(file.plan.rows) if file.plan else []

    def apply(self) -> Outcome:
        files = incoming.look(self.upload, self.request.user)
        return incoming.apply(files, self.decisions(), self.request.user)


@require_safe
def download_language(request: HttpRequest, language: str) -> HttpResponse:
    """Everything in one tab of the desk that has a page to write into."""
    locale = get_object_or_404(Locale, language_code=language)
    if not desk.leads(request.user, locale):
        raise PermissionDenied
    chosen, tab = FORMATS.get(request.GET.get("format", "")), request.GET.get("state", "")
    if chosen is None or tab not in desk.LABELS:
        raise Http404
    rows = desk.in_tab(desk.rows_of(locale, request.user), tab, request.user).filter(target_pk__isnull=False)
    order = {key: number for number, key in enumerate(rows.values_list("translation_key", flat=True))}
    wanted = Translation.objects.filter(target_locale=locale, enabled=True, source__object__in=order)
    found = sorted(
        (one for one in wanted.select_related("source", "target_locale") if may_read(request.user, one)),
        key=lambda one: order[one.source.object_id],
    )
    if not found or len(found) > archives.MOST_FILES:
        numbers = {"most": archives.MOST_FILES, "found": len(found)}
        text = (
            _("There is nothing to download here.")
            if not found
            else _("%(found)d pages are too many for one file; there is room for %(most)d. Choose another part.")
        )
        messages.error(request, text % numbers)
        return redirect("translation_exchange", language)
    return attachment(f"{tab}.{language}.zip", archives.write(found, chosen), "application/zip")


def may_read(user: Any, translation: Translation) -> bool:
    try:
        access.translation_to_read(user, translation.pk)
    except (PermissionDenied, Http404):
        return False
    return True
