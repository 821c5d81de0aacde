"""Deleting an entry that is in use is refused; it can be merged into another one instead."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import LogFormatter

from .. import merging
from .forms import MergeForm


def viewset_url(entry: Any, name: str, *args: Any) -> str:
    return reverse(entry.snippet_viewset.get_url_name(name), args=args)


def use_rows(uses: merging.Uses, user: Any) -> list[dict[str, Any]]:
    """Uses as the templates print them; what the user may not edit is counted, not named."""
    finder = AdminURLFinder(user)
    rows = []
    for use in uses:
        url = finder.get_edit_url(use.object)
        title = use.object.get_admin_display_title() if use.is_page else str(use.object)
        language = use.object.locale.get_display_name() if use.is_page else ""
        rows.append({"title": title if url else "", "url": url, "language": language, "use": use})
    return rows


def refuse_deletion(request: HttpRequest, entries: list[Any]) -> HttpResponse | None:
    """The page that says why nothing was deleted, or None if none of `entries` is in use.

    Runs before Wagtail's own views delete one entry or a selection of them.
    """
    entries = [entry for entry in entries if isinstance(entry, merging.MERGEABLE)]
    used = [(entry, uses) for entry in entries if (uses := merging.used_on(entry))]
    if not used:
        return None
    context = {
        "entries": [
            {
                "entry": entry,
                "rows": use_rows(uses, request.user),
                "merge_url": viewset_url(entry, "merge", entry.pk),
                "edit_url": viewset_url(entry, "edit", entry.pk),
            }
            for entry, uses in used
        ],
        "back_url": viewset_url(used[0][0], "list"),
        "kind": used[0][0]._meta.verbose_name_plural,
    }
    return render(request, "portal/admin/delete_refused.html", context, status=409)


class MergeView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """First choose the entry that stays, then see what will change, then confirm."""

    model: Any = None
    permission_required = "delete"
    template_name = "portal/admin/merge.html"
    page_title = gettext_lazy("Merge into another one")
    header_icon = "resubmit"
    # Given by the viewset to all of its views.
    index_url_name: Any = None
    edit_url_name: Any = None
    delete_url_name: Any = None
    usage_url_name: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.user_has_permission("change"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def entry(self) -> Any:
        return get_object_or_404(self.model, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.entry)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": capfirst(self.model._meta.verbose_name_plural)},
            {"url": reverse(self.edit_url_name, args=[self.entry.pk]), "label": str(self.entry)},
            {"url": "", "label": self.page_title, "sublabel": str(self.entry)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        data = self.request.GET if "into" in self.request.GET else None
        form = kwargs.pop("form", None) or MergeForm(data, entry=self.entry)
        into = form.cleaned_data["into"] if form.is_valid() else None
        uses = merging.used_on(self.entry)
        return {
            **super().get_context_data(**kwargs),
            "entry": self.entry,
            "form": form,
            "into": into,
            "rows": use_rows(uses, self.request.user),
            "refusal": self.refusal,
            "delete_url": reverse(self.delete_url_name, args=[self.entry.pk]),
        }

    @cached_property
    def refusal(self) -> str:
        """Why this user may not merge the entry, or an empty text."""
        beyond = merging.out_of_reach(self.entry, self.request.user)
        if not beyond:
            return ""
        text = ngettext(
            "%(count)d place is beyond your rights: merging changes published pages, so you need the right to edit and "
            "publish each of them. Ask a coordinator.",
            "%(count)d places are beyond your rights: merging changes published pages, so you need the right to edit "
            "and publish each of them. Ask a coordinator.",
            beyond,
        )
        return text % {"count": beyond}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = MergeForm(request.POST, entry=self.entry)
        if self.refusal:
            return self.render_to_response(self.get_context_data(form=form), status=403)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        entry, into = self.entry, form.cleaned_data["into"]
        uses = merging.merge(entry=entry, into=into, user=request.user)
        text = ngettext(
            "“%(entry)s” was merged into “%(into)s” in %(count)d place.",
            "“%(entry)s” was merged into “%(into)s” in %(count)d places.",
            len(uses),
        )
        messages.success(request, text % {"entry": entry, "into": into, "count": len(uses)})
        return HttpResponseRedirect(reverse(self.edit_url_name, args=[into.pk]))


class MergeLogFormatter(LogFormatter):
    """The line of a merge in the history of a page or an entry."""

    label = gettext_lazy("Merge")

    def format_message(self, log_entry: Any) -> str:
        return _("“%(from)s” was merged into “%(into)s”") % log_entry.data
