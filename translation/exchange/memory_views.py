"""The memory as a file."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Locale

from translation import access, desk

from . import memories, tmx
from .formats import checked
from .units import FileRefused
from .views import UploadForm, others


class PairForm(forms.Form):
    source: Any = forms.ChoiceField(label=gettext_lazy("From"))

    def __init__(self, locale: Locale, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["source"]
        field.choices = others(locale)


def download_memory(request: HttpRequest, language: str) -> HttpResponseBase:
    locale = access.served(request.user, language)
    form = PairForm(locale, request.GET)
    if not form.is_valid():
        messages.error(request, _("Choose a language first."))
        return redirect("translation_exchange", language)
    code = form.cleaned_data["source"]
    source = Locale.objects.get(language_code=code)
    found = memories.pairs(request.user, source.pk, locale.pk)
    name = content_disposition_header(True, f"memory.{code}-{language}.tmx") or "attachment"
    content = tmx.write(found, code, language)
    return StreamingHttpResponse(content, content_type="application/xml", headers={"Content-Disposition": name})


@require_POST
def upload_memory(request: HttpRequest, language: str) -> HttpResponse:
    """Into the memory that all translators of the language share; no page changes by it."""
    locale = get_object_or_404(Locale, language_code=language)
    if not desk.leads(request.user, locale):
        raise PermissionDenied
    pair, form = PairForm(locale, request.POST), UploadForm(request.POST, request.FILES)
    if pair.is_valid() and form.is_valid():
        _add(request, pair.cleaned_data["source"], language, form.cleaned_data["file"])
    else:
        wrong = [str(line) for one in (pair, form) for lines in one.errors.values() for line in lines]
        messages.error(request, " ".join(wrong))
    return redirect("translation_exchange", language)


def _add(request: HttpRequest, source: str, language: str, file: Any) -> None:
    try:
        found = tmx.read(checked(file.read()), source, language)
    except FileRefused as error:
        messages.error(request, str(error))
        return
    outcome = memories.add(found, file.name or "tmx", source, language, request.user)
    text = ngettext("%(number)d text was added to the memory.", "%(number)d texts were added.", outcome.added)
    messages.success(request, text % {"number": outcome.added})
    if outcome.known:
        text = ngettext("%(number)d text was known already.", "%(number)d texts were known already.", outcome.known)
        messages.info(request, text % {"number": outcome.known})
    if outcome.refused:
        text = ngettext(
            "%(number)d text has errors and was left out.",
            "%(number)d texts have errors and were left out.",
            outcome.refused,
        )
        messages.warning(request, text % {"number": outcome.refused})
