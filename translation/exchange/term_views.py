"""The glossary as a file, out and in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from translation import access, terms

from . import tbx, term_planning
from .formats import checked
from .planning import Kind, Outcome
from .units import FileRefused
from .views import DecisionView, UploadForm, attachment, grouped, keep


def download_terms(request: HttpRequest, language: str) -> HttpResponse:
    access.served(request.user, language)
    mine = {locale.language_code for locale in access.locales(request.user)}
    return attachment("glossary.tbx", tbx.write(terms.notions(), language, mine), "application/xml")


@require_POST
def upload_terms(request: HttpRequest, language: str) -> HttpResponse:
    """Kept until the person who sent it has decided; nothing is written."""
    access.served(request.user, language)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["file"])))
        return redirect("translation_exchange", language)
    return redirect("translation_exchange_terms_file", language, keep(request, form, language).key)


class TermsPlanView(DecisionView):
    """What a file of terms would change, and the decision."""

    template_name = "translation/exchange_terms.html"

    def check_language(self) -> None:
        """Who may change which term is asked of each."""
        access.served(self.request.user, self.language)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows: list[term_planning.Row] = []
        refused = ""
        try:
            rows = term_planning.plan(self.entries, self.locale, self.request.user)
        except FileRefused as error:
            refused = str(error)
        return {
            **super().get_context_data(**kwargs),
            "refused": refused,
            "groups": grouped(rows),
            "to_choose": sum(bool(row.choices) for row in rows),
            "to_write": sum(bool(row.chosen) for row in rows),
            "conflicts": sum(row.kind == Kind.CONFLICT for row in rows),
        }

    @cached_property
    def entries(self) -> list[tbx.Entry]:
        return tbx.read(checked(self.upload.content()))

    def apply(self) -> Outcome:
        decisions = {row: decision for (_file, row), decision in self.decisions().items()}
        try:
            return term_planning.apply(self.entries, self.locale, self.request.user, decisions)
        except FileRefused:
            return Outcome()
