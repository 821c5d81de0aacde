"""The addresses of wagtail-localize's editor, each behind the question whether this person may.

They stand before wagtail-localize's own under the same paths, so that its links lead here.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from rest_framework.exceptions import APIException
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import get_snippet_model_from_url_params
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation, Translation
from wagtail_localize.views import edit_translation as upstream
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.snippets_api import SnippetViewSet

from portal.admin.choosers import GuardedChooserViewSet

from . import access, refitting, writing
from .models import Via
from .texts import segments

View = Callable[..., HttpResponse]


def refuse(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """For what nobody may do here.

    An alias would overwrite a live translation: a page without one is shown in its original language instead. What is
    written into a page whose translation was stopped is lost once it is started again.
    """
    raise PermissionDenied


@require_safe
def preview(request: HttpRequest, translation_id: int, **kwargs: Any) -> HttpResponse:
    """Of texts that do not fit the page type any more there is none: the workbench says so."""
    translation = access.translation_to_read(request.user, translation_id)
    if not refitting.fits(translation.source):
        return redirect("translation_workbench", translation.target_locale.language_code, translation.pk)
    return upstream.preview_translation(request, translation_id, **kwargs)


def _asked_by_the_editor(view: View) -> View:
    """Its script asks, which does not read where the admin would lead whoever may not."""

    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except PermissionDenied as error:
            return JsonResponse({"error": str(error) or _("You may not change this text.")}, status=403)

    return guarded


@_asked_by_the_editor
@require_http_methods(["PUT", "DELETE"])
def edit_string(request: HttpRequest, translation_id: int, string_segment_id: int) -> HttpResponse:
    """wagtail-localize's editor sends no token: what it saves last stands, and the history has the rest."""
    translation = access.translation_to_write(request.user, translation_id)
    segment = segments(translation).filter(pk=string_segment_id).first()
    if segment is None:
        gone = _("The original has changed and does not have this text any more. Load the page again.")
        return JsonResponse({"error": gone}, status=409)
    if request.method == "DELETE":
        before = writing.current(translation, segment)
        writing.forget(translation, segment, user=request.user, via=Via.EDITOR)
        return _written(translation, before) if before else HttpResponse(status=404)
    value = _value(request)
    if value is None:
        return _not_understood()
    try:
        text = writing.write(translation, segment, value, user=request.user, via=Via.EDITOR)
    except writing.Refused as refused:
        return JsonResponse({"error": str(refused)}, status=400)
    return _written(translation, text)


def _written(translation: Translation, text: StringTranslation) -> JsonResponse:
    context = {"translation_source": translation.source}
    return JsonResponse(upstream.StringTranslationSerializer(text, context=context).data)


@_asked_by_the_editor
@require_http_methods(["PUT", "DELETE"])
def edit_override(request: HttpRequest, translation_id: int, overridable_segment_id: int) -> HttpResponse:
    translation = access.translation_to_write(request.user, translation_id)
    segment = get_object_or_404(OverridableSegment, pk=overridable_segment_id, source_id=translation.source_id)
    before = writing.chosen(translation, segment)
    if request.method == "DELETE":
        writing.follow(translation, segment, user=request.user)
        return _chosen(translation, before) if before else HttpResponse(status=404)
    value = _value(request)
    if value is None:
        return _not_understood()
    try:
        now = writing.override(translation, segment, value, user=request.user)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=400)
    return _chosen(translation, now, status=200 if before else 201)


def _chosen(translation: Translation, override: SegmentOverride, status: int = 200) -> JsonResponse:
    context = {"translation_source": translation.source}
    return JsonResponse(upstream.SegmentOverrideSerializer(override, context=context).data, status=status)


def _value(request: HttpRequest) -> str | None:
    """Django reads no form from a PUT. With its body kept by `request.body` the view behind can read it once more."""
    if request.body is None:
        return None
    try:
        sent = Request(request, parsers=[FormParser(), MultiPartParser()]).data.get("value")
    except APIException:
        return None
    return sent if isinstance(sent, str) and "\x00" not in sent else None


def _not_understood() -> JsonResponse:
    return JsonResponse({"error": _("The text did not arrive. Try again.")}, status=400)


class OwnLanguagesReport(TranslationsReportView):
    """Of the languages this person serves; whoever serves none has nothing to look for here."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not access.locale_ids(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        mine = access.locale_ids(self.request.user)
        return super().get_queryset().filter(target_locale__in=mine).order_by("source__object_repr", "pk")


class NamesOfEntries(SnippetViewSet):
    """The editor asks the name of what is chosen. Registers that only some may choose from name nobody to others."""

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        model = get_snippet_model_from_url_params(self.kwargs["app_label"], self.kwargs["model_name"])
        policy = policy_registry.get_by_type(model)
        if policy.user_has_any_permission(request.user, ["add", "change", "view"]):
            return
        is_guarded = isinstance(getattr(model.snippet_viewset, "chooser_viewset", None), GuardedChooserViewSet)
        if self.action != "retrieve" or is_guarded or not access.locale_ids(request.user):
            raise PermissionDenied
