from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import access, services, text
from ..models import State
from . import deciding, queue
from .forms import BulkForm, FilterForm, OutcomeForm
from .kinds import Summary, for_user

PAGE_SIZES = (20, 100, 500)


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """For moderators only, whoever else may use the admin."""

    page_title = gettext_lazy("Comments")
    header_icon = "comment"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not access.may_moderate(request.user):
            return permission_denied(request)
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"  # the back button shows nothing that is gone
        return response

    @property
    def user(self) -> Any:
        return self.request.user

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": reverse("community_queue"), "label": _("Comments")}]


class QueueView(DeskView):
    """What waits, what is due first on top; several are decided at once with one reason."""

    template_name = "community/desk/queue.html"
    labels = {
        queue.WAITING: gettext_lazy("Waiting"),
        queue.HELD: gettext_lazy("Held"),
        queue.REPORTED: gettext_lazy("Reported"),
        queue.DECIDED: gettext_lazy("Decided"),
    }
    form: BulkForm | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = self.request.GET.get("kind", "")
        kind = kind if kind in self.labels else queue.WAITING
        narrowing = FilterForm(self.request.GET, groups=queue.groups_of(self.user))
        rows = queue.of_kind(kind, self.user)
        if narrowing.is_valid():
            rows = queue.narrowed(rows, narrowing.cleaned_data, self.user)
        page = Paginator(rows, self.page_size()).get_page(self.request.GET.get("p"))
        kept = self.request.GET.copy()
        kept.pop("p", None)
        return {
            **super().get_context_data(**kwargs),
            "kind": kind,
            "tabs": self.tabs(),
            "narrowing": narrowing,
            "page": page,
            "page_sizes": PAGE_SIZES,
            "page_size": self.page_size(),
            "kept": kept.urlencode(),
            "rows": queue.with_context(page, self.user),
            "form": self.form or BulkForm(initial={"outcome": State.PUBLISHED}),
            "ticked": self.request.POST.getlist("ids"),
        }

    def page_size(self) -> int:
        asked = self.request.GET.get("n", "")
        return int(asked) if asked in map(str, PAGE_SIZES) else PAGE_SIZES[0]

    def tabs(self) -> list[tuple[str, Any, str, Summary]]:
        """The comments that wait, by kind; then what others put before moderators; then what was decided."""
        user, first, last = self.user, queue.WAITING, queue.DECIDED
        return [
            (first, self.labels[first], queue.address(first), queue.summary(first, user)),
            *((kind.code, kind.label, kind.url(), kind.summary(user)) for kind in for_user(user)),
            (last, self.labels[last], queue.address(last), queue.summary(last, user)),
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = BulkForm(request.POST)
        ids = request.POST.getlist("ids")
        if not ids:
            self.form.add_error(None, _("Tick at least one comment."))
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=400)
        if wants_to_be_asked(request, self.form, ids):
            return ConfirmErasureView.as_view()(request, ids=ids)
        tell(request, deciding.decide_all(request.user, self.form, ids))
        return redirect(request.get_full_path())


class ConfirmErasureView(DeskView):
    """Names what is about to be erased. Its button sends the same form again to the same address, with how many."""

    template_name = "community/desk/erase.html"
    page_subtitle = gettext_lazy("Erase for good")
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, ids: list[str], **kwargs: Any) -> HttpResponse:
        public_ids = [value.partition(".")[0] for value in ids if "\0" not in value]
        mine = queue.to_show(request.user).exclude(state__in=services.GONE)
        given = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
        context = {
            "rows": queue.with_context(mine.filter(public_id__in=public_ids).order_by("pk"), request.user),
            "count": len(ids),
            "sealed": deciding.sealed_among(public_ids),
            "given": [pair for pair in given if pair[0] not in {"csrfmiddlewaretoken", "sure"}],
        }
        return self.render_to_response({**self.get_context_data(), **context})


def wants_to_be_asked(request: HttpRequest, form: OutcomeForm, ids: list[str]) -> bool:
    """Whether this would erase, and nobody has yet said yes to so many."""
    return form.new is State.ERASED and request.POST.get("sure") != str(len(ids))


class NextView(DeskView):
    """Opens what waits longest and is free; changes nothing."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = queue.next_one(request.user, text.public_id(request.GET.get("after", "")[:12]))
        if found is None:
            messages.info(request, _("Nothing else is waiting for you."))
            return redirect("community_queue")
        return redirect("community_decision", found.public_id)


def tell(request: HttpRequest, result: deciding.Result) -> None:
    if result.decided:
        said = ngettext("%(number)d comment decided.", "%(number)d comments decided.", result.decided)
        messages.success(request, said % {"number": result.decided})
    if result.sealed:
        said = ngettext(
            "A legal hold keeps the sealed copy of %(number)d until its date: %(list)s",
            "Legal holds keep the sealed copies of %(number)d until their dates: %(list)s",
            len(result.sealed),
        )
        messages.info(request, said % {"number": len(result.sealed), "list": ", ".join(result.sealed)})
    for why, public_ids in result.left.items():
        said = ngettext(
            "%(number)d left as it was (%(why)s): %(list)s",
            "%(number)d left as they were (%(why)s): %(list)s",
            len(public_ids),
        )
        messages.warning(request, said % {"number": len(public_ids), "why": why, "list": ", ".join(public_ids)})
