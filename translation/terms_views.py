"""The terms of the glossary as translators of one language are to write them, and what they are told of each."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail.models import Locale

from portal.languages import alphabetical, language_name

from . import access, terms, trail
from .models import TermUse

FIELDS = ["rendering", "forms", "forbidden", "kept", "note"]


class TermUseForm(forms.ModelForm):
    class Meta:
        model = TermUse
        fields = FIELDS
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("forms", "forbidden", "note")}

    def __init__(self, name: terms.Name | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    def clean(self) -> dict[str, Any]:
        """A word cannot be asked for and forbidden at once."""
        cleaned = super().clean() or {}
        wanted = [cleaned.get("rendering") or (self.name.entry_name if self.name else "")]
        wanted += terms.lines(cleaned.get("forms", ""))
        known = {word.casefold() for word in wanted}
        if both := [word for word in terms.lines(cleaned.get("forbidden", "")) if word.casefold() in known]:
            message = _("This is what the term is called: %(words)s.") % {"words": ", ".join(both)}
            self.add_error("forbidden", message)
        return cleaned

    def is_blank(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in FIELDS)


class OfOneLanguage(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "openquote"
    locale: Locale

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.locale = access.served(request.user, kwargs["language"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def language(self) -> str:
        return self.locale.language_code

    def get_page_title(self) -> str:
        return _("Terms in %(language)s") % {"language": language_name(self.language)}

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, trail.desk(self.language), {"url": "", "label": self.get_page_title()}]


class TermsView(OfOneLanguage):
    template_name = "translation/terms.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [self.row(notion) for notion in terms.notions({settings.LANGUAGE_CODE, self.language})]
        rows.sort(key=lambda row: alphabetical(row["title"]))
        return {**super().get_context_data(**kwargs), "rows": rows, "language": self.language}

    def row(self, notion: terms.Notion) -> dict[str, Any]:
        code, title = titled(notion)
        name = notion.names.get(self.language)
        may_edit = access.may_word(self.request.user, notion.entry, self.locale)
        url = reverse("translation_term", args=[self.language, notion.key]) if may_edit else ""
        return {"title": title, "title_language": code, "name": name, "url": url}


class TermView(OfOneLanguage):
    template_name = "translation/term.html"
    notion: terms.Notion
    form: TermUseForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.notion = the_notion(kwargs["term"])
        locale = get_object_or_404(Locale, language_code=kwargs["language"])
        if not access.may_word(request.user, self.notion.entry, locale):
            raise PermissionDenied
        use = TermUse.objects.filter(translation_key=self.notion.key, locale=locale).first()
        use = use or TermUse(translation_key=self.notion.key, locale=locale)
        data = request.POST if request.method == "POST" else None
        self.form = TermUseForm(self.notion.names.get(kwargs["language"]), data, instance=use)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return titled(self.notion)[1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code, title = titled(self.notion)
        source = self.notion.names[code]
        own = {"title": title, "title_language": code, "meaning": source.meaning, "language": self.language}
        return {**super().get_context_data(**kwargs), **own, "form": self.form, "name": self.form.name}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=400)
        save(self.form, request.user)
        messages.success(request, _("Saved for “%(title)s”.") % {"title": self.get_page_subtitle()})
        return redirect("translation_terms", self.language)


def save(form: TermUseForm, user: Any) -> None:
    """What is told of the term; a row that tells nothing is not kept."""
    use = form.instance
    if not form.is_blank():
        is_new = use.pk is None
        form.save()
        log(use, "wagtail.create" if is_new else "wagtail.edit", user=user)
    elif use.pk:
        log(use, "wagtail.delete", user=user, deleted=True)
        use.delete()


def the_notion(key: UUID) -> terms.Notion:
    found = next((notion for notion in terms.notions() if notion.key == key), None)
    if found is None:
        raise Http404
    return found


def titled(notion: terms.Notion) -> tuple[str, str]:
    """What it is called in the main language of the site, else in one that the glossary has."""
    names = {code: name for code, name in notion.names.items() if name.entry}
    code = settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in names else next(iter(names))
    return code, names[code].entry_name
