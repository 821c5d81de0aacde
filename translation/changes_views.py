"""Deciding, after an original was published, which of its translations stay valid."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import TranslationSource, get_edit_url

from . import access, carrying


class ChangesView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "translation/changes.html"
    header_icon = "wagtail-localize-language"
    source: TranslationSource

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.source = access.source_to_hand_out(request.user, kwargs["translation_source_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Changed texts")

    def get_page_subtitle(self) -> str:
        return str(self.source.object_repr)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        original = {"url": get_edit_url(self.source.get_source_instance()), "label": self.source.object_repr}
        return [*self.breadcrumbs_items, original, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "changes": carrying.changes(self.source),
            "original": self.source.object_repr,
            "source_language": self.source.locale.language_code,
            "next": get_valid_next_url_from_request(self.request),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        unchanged = set(request.POST.getlist("unchanged"))
        if unchanged - {change.key for change in carrying.changes(self.source)}:
            messages.warning(request, _("The original has changed again. Look at its texts once more."))
            return redirect(request.path)
        tell(request, carrying.hand_out(self.source, unchanged, request.user))
        messages.success(request, _("Translators have the newest texts now."))
        return redirect(get_valid_next_url_from_request(request) or get_edit_url(self.source.get_source_instance()))


def tell(request: HttpRequest, outcome: carrying.Outcome) -> None:
    if outcome.carried:
        text = ngettext("%(count)d translation stays valid.", "%(count)d translations stay valid.", outcome.carried)
        messages.success(request, text % {"count": outcome.carried})
    if outcome.refused:
        text = ngettext(
            "%(count)d translation does not fit the new text and has to be revised.",
            "%(count)d translations do not fit the new texts and have to be revised.",
            outcome.refused,
        )
        messages.warning(request, text % {"count": outcome.refused})


def ask_after_publishing(request: HttpRequest, instance: Any) -> None:
    """Lead whoever has published an original on to the question, if there is one."""
    if not isinstance(instance, Page | TranslatableMixin):
        return
    sources = TranslationSource.objects.filter(object_id=instance.translation_key, locale_id=instance.locale_id)
    source = sources.filter(translations__enabled=True).first()
    if source is None or not access.may_publish(request.user, instance):
        return
    count = len(carrying.changes(source))
    if count:
        text = ngettext(
            "%(count)d text that is translated has changed. If it means the same, its translations stay valid.",
            "%(count)d texts that are translated have changed. If they mean the same, their translations stay valid.",
            count,
        )
        address = reverse("translation_changes", args=[source.pk])
        messages.info(request, text % {"count": count}, buttons=[messages.button(address, _("Decide"))])
