"""Handing in, reading and deciding. The panel of the workbench posts here, too."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.models import Translation

from . import access, adapting, desk, remarks, review, texts, trail
from .checks.pair import plain
from .faults import Fault
from .models import Adaptation, Outcome, State, Submission, TranslationStatus
from .remarks import Remark
from .review_models import LONGEST


@dataclass
class Panel:
    """What one person is shown of the review of one translation, and may do about it."""

    url: str
    handed_in: Submission | None
    submitted_by: str = ""
    returned: Submission | None = None
    returned_by: str = ""
    obstacles: list[str] = field(default_factory=list)
    objection: str = ""
    may_decide: bool = False
    may_withdraw: bool = False
    has_workflow: bool = False
    is_entry: bool = False
    is_closed: bool = False  # in review by another way than ours
    is_public: bool = False  # readers see all that is written

    @property
    def may_be_handed_in(self) -> bool:
        return not (self.handed_in or self.is_closed or self.obstacles or self.is_public)


def panel(
    translation: Translation, user: Any, faults: Iterable[Fault] | None = None, lacking: int | None = None
) -> Panel:
    """Who has looked at every text already gives its `faults`, and how many reasons are `lacking`."""
    instance = access.target(translation)
    handed_in = review.submission(translation)
    found = Panel(url_of(translation), handed_in, is_entry=not isinstance(instance, Page))
    found.has_workflow = isinstance(instance, Page) and instance.get_workflow() is not None
    if handed_in is None:
        found.is_closed = access.is_in_review(translation, instance)
        found.obstacles = list(review.obstacles(translation, faults, lacking))
        found.is_public = _is_public(translation)
        last = Submission.objects.of(translation).order_by("-submitted_at").select_related("decided_by").first()
        if last and last.outcome == Outcome.RETURNED:
            found.returned, found.returned_by = last, desk.name(last.decided_by) if last.decided_by else ""
        return found
    found.submitted_by = desk.name(handed_in.submitted_by) if handed_in.submitted_by else ""
    found.may_decide = review.may_decide(translation, user)
    found.objection = review.objection(instance, user) if found.may_decide else ""
    found.may_withdraw = handed_in.submitted_by_id == user.pk
    return found


def _is_public(translation: Translation) -> bool:
    here = {"translation_key": translation.source.object_id, "locale": translation.target_locale_id}
    done = TranslationStatus.objects.filter(**here, state=State.COMPLETE, stale_since__isnull=True)
    return done.exists()


def url_of(translation: Translation) -> str:
    return reverse("translation_review", args=[translation.target_locale.language_code, translation.pk])


def _revision_url(handed_in: Submission | None) -> str:
    if handed_in is None or handed_in.revision is None:
        return ""
    return reverse("wagtailadmin_pages:revisions_view", args=[handed_in.revision.object_id, handed_in.revision_id])


@dataclass
class Pair:
    """One text as the reviewer reads it."""

    source: str
    text: str
    is_new: bool
    remarks: list[Remark]
    adaptation: Adaptation | None = None


def pairs(translation: Translation) -> list[Pair]:
    """All texts in the order of the page; new is what nobody has approved yet."""
    approved = Submission.objects.of(translation).filter(outcome=Outcome.APPROVED).order_by("-submitted_at").first()
    written, adapted = texts.by_key(texts.written(translation)), adapting.of_translation(translation)
    remarked = remarks.remarks(translation)
    found = []
    for segment in texts.segments(translation):
        key = (segment.string_id, segment.context_id)
        text = written.get(key)
        is_new = text is not None and (approved is None or text.updated_at > approved.submitted_at)
        said = remarked[key].remarks if key in remarked else []
        written_here = plain(text.data) if text else ""
        found.append(Pair(plain(segment.string.data), written_here, is_new, said, adapted.get(key)))
    return found


class ReviewView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "translation/review.html"
    header_icon = "wagtail-localize-language"
    translation: Translation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.translation = access.translation_to_read(request.user, kwargs["translation_id"], kwargs["language"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Review: %(title)s") % {"title": self.translation.source.object_repr}

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, *trail.to(self.translation), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = panel(self.translation, self.request.user)
        handed_in = shown.handed_in
        return {
            **super().get_context_data(**kwargs),
            "review": shown,
            "has_changed": handed_in is not None and review.has_changed(handed_in, self.translation),
            "revision_url": _revision_url(handed_in),
            "pairs": pairs(self.translation),
            "language": self.translation.target_locale.language_code,
            "source_language": self.translation.source.locale.language_code,
            "preview_url": reverse("wagtail_localize:preview_translation", args=[self.translation.pk]),
            "reason": self.request.POST.get("reason", ""),
            "note": self.request.POST.get("note", ""),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            messages.success(request, self.act(request.POST.get("do", "")))
        except (review.Refused, PermissionDenied) as refused:
            if not str(refused):
                raise
            messages.error(request, str(refused))
            if request.POST.get("reason") or request.POST.get("note"):  # what was typed is kept
                return self.render_to_response(self.get_context_data(), status=409)
        return redirect(get_valid_next_url_from_request(request) or url_of(self.translation))

    def act(self, what: str) -> str:
        user = self.request.user

        def said(name: str) -> str:
            return self.request.POST.get(name, "").replace("\x00", "")[:LONGEST]

        if what == "submit":
            access.translation_to_write(user, self.translation.pk)
            review.submit(self.translation, user=user, note=said("note"))
            return _("Handed in. Readers see it when somebody else has approved it.")
        if what == "approve":
            review.approve(self.translation, user=user)
            return _("Approved and published.")
        if what == "return":
            review.send_back(self.translation, user=user, reason=said("reason"))
            return _("Returned to the translator.")
        if what == "withdraw":
            review.withdraw(self.translation, user=user)
            return _("Taken back. The texts can be changed again.")
        raise Http404
