"""The page about machine translation of one page or entry, and what is asked for there."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail_localize.models import StringSegment, Translation

from .. import access, trail, writing
from .panel import panel
from .running import NotNow, ask
from .unread import confirm


@require_POST
def machine_translate(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Where wagtail-localize's own button leads."""
    translation = access.translation_to_write(request.user, translation_id)
    return _asked(request, translation)


class MachineView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "translation/machine.html"
    header_icon = "wagtail-localize-language"
    translation: Translation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        may = access.translation_to_write if request.method == "POST" else access.translation_to_read
        self.translation = may(request.user, kwargs["translation_id"], kwargs["language"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Machine translation")

    def get_page_subtitle(self) -> str:
        return str(self.translation.source.object_repr)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, *trail.to(self.translation), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "machine": panel(self.translation),
            "language": self.translation.target_locale.language_code,
            "source_language": self.translation.source.locale.language_code,
            "workbench_url": reverse(
                "translation_workbench", args=[self.translation.target_locale.language_code, self.translation.pk]
            ),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        what = request.POST.get("do")
        if what == "ask":
            return _asked(request, self.translation)
        if what == "confirm":
            return self.confirmed()
        raise Http404

    def confirmed(self) -> HttpResponse:
        pk = self.request.POST.get("segment", "")
        if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
            raise Http404
        segment = get_object_or_404(StringSegment, pk=int(pk), source_id=self.translation.source_id)
        try:
            confirm(self.translation, segment, user=self.request.user, expected=self.request.POST.get("token", ""))
        except writing.Conflict as conflict:
            messages.warning(self.request, str(conflict))
        except writing.Refused as refused:
            messages.error(self.request, str(refused))
        else:
            messages.success(self.request, _("Noted: you have read it."))
        return _back(self.request, self.translation)


def _asked(request: HttpRequest, translation: Translation) -> HttpResponse:
    try:
        ask(translation, request.user)
    except NotNow as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, _("The texts are on their way. Load the page again in a moment to see them."))
    return _back(request, translation)


def _back(request: HttpRequest, translation: Translation) -> HttpResponse:
    page = reverse("translation_machine", args=[translation.target_locale.language_code, translation.pk])
    return redirect(get_valid_next_url_from_request(request) or page)
