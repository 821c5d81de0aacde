"""The workbench: one translation, text by text. Each text is a form of its own, so that it works without scripts."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail_localize.models import Translation

from .. import access, refitting, review, trail
from . import panels
from .bench import ALL, FILTERS, Bench, Row
from .saving import act
from .values import Values, act_on_value, in_order


def url_of(translation: Translation) -> str:
    return reverse("translation_workbench", args=[translation.target_locale.language_code, translation.pk])


def why_closed(user: Any, translation: Translation) -> str:
    """Why nothing can be written now; empty where it can."""
    try:
        access.translation_to_write(user, translation.pk)
    except PermissionDenied as refused:
        return str(refused) or _("The texts cannot be changed now.")
    return ""


class WorkbenchView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "translation/workbench.html"
    header_icon = "wagtail-localize-language"
    translation: Translation
    bench: Bench | None = None
    wrong: Row | None = None
    values: Values | None = None
    unmarked: Mapping[str, str] = MappingProxyType({})  # what was sent to mark a text with, and is not kept
    lost = ""  # what was typed for a text that the original does not have any more

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.translation = access.translation_to_read(request.user, kwargs["translation_id"], kwargs["language"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.translation.source.object_repr)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        desk = trail.desk(self.translation.target_locale.language_code)
        return [*self.breadcrumbs_items, desk, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        bench = self.bench or Bench(self.translation)
        show = self.request.GET.get("show", ALL)
        show = show if show in FILTERS else ALL
        rows = bench.shown(show)
        rows = rows if self.wrong is None or self.wrong in rows else [*rows, self.wrong]
        bench.check(*rows)
        closed = why_closed(user, self.translation)
        panels.fill(bench, rows, user)
        values = self.values or Values(self.translation, user)
        if not refitting.fits(self.translation.source):
            refitting.tell(self.request)
        target = access.target(self.translation)
        at = self.request.GET.get("at", "")
        return {
            **super().get_context_data(**kwargs),
            "translation": self.translation,
            "language": self.translation.target_locale.language_code,
            "source_language": self.translation.source.locale.language_code,
            "bench": bench,
            "rows": rows,
            "shown": in_order(rows, values.rows if show == ALL else []),
            "values": values,
            "at_value": self.request.GET.get("value", ""),
            "show": show,
            "closed": closed,
            "at": int(at) if at.isascii() and at.isdigit() and len(at) < 19 else None,
            "lost": self.lost,
            "unmarked": self.unmarked,
            "target": target,
            "is_page": isinstance(target, Page),
            "edit_url": edit_url(target),
            "workbench_url": url_of(self.translation),
            "may_publish": not closed and access.may_publish(user, target),
            **panels.of_page(bench, target, user, self.request),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Of the page as a whole: a draft that colleagues find in the admin. The texts are saved without it."""
        access.translation_to_write(request.user, self.translation.pk)
        if request.POST.get("do") != "draft" or not isinstance(access.target(self.translation), Page):
            raise Http404
        try:
            review.save_draft(self.translation, request.user)
        except review.Refused as refused:
            messages.error(request, " ".join(refused.lines))
        else:
            messages.success(request, _("Kept as a draft."))
        return redirect(url_of(self.translation))


def edit_url(target: Any) -> str:
    if isinstance(target, Page):
        return reverse("wagtailadmin_pages:edit", args=[target.pk])
    return reverse(type(target).snippet_viewset.get_url_name("edit"), args=[target.pk])


@require_POST
def save_text(request: HttpRequest, language: str, translation_id: int, segment_id: int) -> HttpResponse:
    """One text. A script asks for JSON, and gets what changed on the page."""
    asks_for_json = "application/json" in request.headers.get("Accept", "")
    try:
        translation = access.translation_to_write(request.user, translation_id, language)
    except PermissionDenied as refused:
        if not asks_for_json:
            raise
        return JsonResponse({"message": str(refused) or _("The texts cannot be changed now.")}, status=403)
    found = Bench(translation)
    row = found.row(segment_id) or found.like(request.POST.get("string", ""), request.POST.get("path", ""))
    if row is None:
        return gone(request, translation, found, asks_for_json)
    is_saved = act(found, row, request.POST, request.user)
    if asks_for_json:
        return answer(request, translation, row, is_saved)
    if not is_saved:
        return render_again(request, translation, found, wrong=row)
    return forward(request, translation, row)


@require_POST
def save_value(request: HttpRequest, language: str, translation_id: int, segment_id: int) -> HttpResponse:
    """One link, image or page."""
    translation = access.translation_to_write(request.user, translation_id, language)
    values = Values(translation, request.user)
    row = values.row(segment_id, request.POST.get("path", ""))
    if row is None:
        return gone(request, translation, Bench(translation))
    if not act_on_value(values, row, request.POST, request.user):
        return render_again(request, translation, Bench(translation), values=values, value=row)
    return redirect(f"{url_of(translation)}?value={row.pk}")


def gone(request: HttpRequest, translation: Translation, found: Bench, asks_for_json: bool = False) -> HttpResponse:
    message = _("The original has changed and does not have this text any more. Your text was not saved.")
    if asks_for_json:
        return JsonResponse({"message": message}, status=409)
    messages.error(request, message)
    return render_again(request, translation, found, lost=request.POST.get("text", request.POST.get("value", "")))


def render_again(request: HttpRequest, translation: Translation, found: Bench, **what: Any) -> HttpResponse:
    """The whole page with what was typed, and what is wrong about it."""
    view = WorkbenchView(bench=found)
    view.setup(request, language=translation.target_locale.language_code, translation_id=translation.pk)
    view.translation = translation
    for name, value in what.items():
        setattr(view, name, value)
    row = what.get("wrong") or what.get("value")
    status = 409 if "lost" in what or (row and row.conflict) else 400
    return view.render_to_response(view.get_context_data(), status=status)


def forward(request: HttpRequest, translation: Translation, row: Row) -> HttpResponse:
    """Back to the text, or to the next one that is not finished."""
    then: Row | None = row
    if request.POST.get("do") == "next":
        then = Bench(translation).next_to_do(after=row)
        if then is None:
            messages.success(request, _("Every text is written."))
    show = request.POST.get("show", ALL)
    query = f"?show={show}" if show in FILTERS else "?"
    at = f"&at={then.pk}" if then else ""  # not as a fragment, with which browsers focus nothing
    return redirect(f"{url_of(translation)}{query}{at}")


def answer(request: HttpRequest, translation: Translation, row: Row, is_saved: bool) -> HttpResponse:
    now = Bench(translation)
    if is_saved:
        row = now.row(row.pk) or row
        now.check(row)
        panels.mark_adapted(now, [row])
    context = {
        "row": row,
        "bench": now,
        "language": translation.target_locale.language_code,
        "source_language": translation.source.locale.language_code,
    }
    parts = {
        name: render_to_string(f"translation/workbench/_{name}.html", context, request=request)
        for name in ("told", "history", "progress")
    }
    data = {"saved": is_saved, "state": row.state, "label": row.state_label, "token": row.token, "typed": row.typed}
    data["counts"] = {one["code"]: one["count"] for one in now.filters()}
    message = str(row.conflict) if row.conflict else " ".join(row.said(one) for one in row.problems if not is_saved)
    status = 200 if is_saved else 409 if row.conflict else 400
    return JsonResponse({**data, "message": message, "parts": parts}, status=status)
