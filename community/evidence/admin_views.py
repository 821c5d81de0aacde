"""In the admin, for whoever may edit a page: what readers said of it, and taking something from that into it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from portal import drafts
from portal.models import KnowledgePage

from .. import names, text
from ..guarded import Guarded
from ..models import CommentState
from ..refusals import Refused
from . import adopting

PAGE_SIZE = 30
REFUSALS = {
    "forbidden": gettext_lazy("You may not edit this page, or not add one here."),
    "gone": gettext_lazy("The comment is not published any more."),
    "adopted-before": gettext_lazy("This page has taken something from this comment already."),
}


class AdoptForm(Guarded):
    """What is taken, in a sentence that readers see. Never the name: that stands beside it while the author agrees."""

    guarded = ("note", "title")
    public = ("note",)
    asks = True

    note = forms.CharField(
        label=gettext_lazy("What the page takes from it"),
        help_text=gettext_lazy("One sentence for readers, in the language of the page, without the author’s name."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    into = forms.ChoiceField(
        label=gettext_lazy("Where it goes"),
        choices=[
            ("next", gettext_lazy("Into the next version: the sentence becomes a change note of the draft")),
            ("live", gettext_lazy("It is in the version that readers see")),
            ("practice", gettext_lazy("Into a practice of its own: a draft is started with the facts of the report")),
        ],
        initial="next",
        widget=forms.RadioSelect,
    )
    title = forms.CharField(label=gettext_lazy("Title of the practice"), max_length=120, required=False)

    def __init__(self, *args: Any, author: str, is_report: bool, is_live: bool, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "adopt-%s", "label_suffix": "", **kwargs})
        self.author, self.language = author, language
        left_out = {"practice"} if not is_report or not drafts.may_be_started("practice") else set()
        left_out |= set() if is_live else {"live"}
        field: Any = self.fields["into"]
        field.choices = [choice for choice in field.choices if choice[0] not in left_out]
        if "practice" in left_out:
            del self.fields["title"]

    def language_of_texts(self, given: dict[str, Any]) -> str:
        return self.language

    def clean_note(self) -> str:
        note = text.clean(self.cleaned_data["note"])
        if self.author and names.fold(self.author) in names.fold(note):
            raise forms.ValidationError(_("Leave the name out: the page shows it beside the sentence, if at all."))
        return note

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("into") == "practice" and not given.get("title"):
            self.add_error("title", _("Give the practice a title."))
        return given


class EditorsView(WagtailAdminTemplateMixin, TemplateView):
    page_title = gettext_lazy("Taken from readers")
    header_icon = "comment"
    template_name: str

    def adoptable(self, page: Page | None) -> KnowledgePage:
        if not isinstance(page, KnowledgePage) or not adopting.may_adopt(self.request.user, page):
            raise PermissionDenied
        return page


class CommentsOfPageView(EditorsView):
    """What readers said of a page and its translations, the newest first: published comments alone."""

    template_name = "community/evidence/desk/of_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.adoptable(get_object_or_404(Page, pk=kwargs["page_id"]).specific)
        rows = CommentState.objects.published().with_text().filter(thread__translation_key=page.translation_key)
        listed = Paginator(rows.prefetch_related("adoptions__page").order_by("-posted_at"), PAGE_SIZE)
        found = listed.get_page(self.request.GET.get("p"))
        return {**super().get_context_data(**kwargs), "page": page, "rows": found, "page_obj": found}


class AdoptView(EditorsView):
    template_name = "community/evidence/desk/adopt.html"
    form: AdoptForm | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        # Of a working group none: which there are in a private one is not for editors.
        found = CommentState.objects.published().with_text().filter(thread__group=None).select_related("thread")
        row = found.filter(public_id=kwargs["public_id"]).first()
        if row is None:
            raise Http404
        self.row = row
        self.subject = self.adoptable(adopting.page_of(row))
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None) -> AdoptForm:
        return AdoptForm(
            data,
            author=self.row.comment.user_name,
            is_report=hasattr(self.row, "evidence"),
            is_live=self.subject.live,
            language=self.subject.locale.language_code,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "row": self.row,
            "html": text.as_html(self.row.comment.comment),
            "page": self.subject,
            "adoptions": self.row.adoptions.select_related("page"),
            "form": self.form or self.make_form(),
            "may_be_asked": self.row.comment.user_id is not None,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if undone := request.POST.get("undo"):
            return self._undo(undone)
        self.form = self.make_form(request.POST)
        if self.form.is_valid():
            try:
                return self._adopt(self.form.cleaned_data)
            except Refused as refusal:
                self.form.add_error(None, str(REFUSALS.get(refusal.code, refusal.code)))
        return self.render_to_response(self.get_context_data(**kwargs), status=400)

    def _adopt(self, given: dict[str, Any]) -> HttpResponse:
        user, note = self.request.user, given["note"]
        if given["into"] == "practice":
            page = adopting.start_practice(row=self.row, editor=user, title=given["title"], note=note)
            messages.success(self.request, _("A draft has been started. Nobody but editors sees it."))
            return redirect("wagtailadmin_pages:edit", page.pk)
        adopting.adopt(row=self.row, editor=user, note=note, is_published=given["into"] == "live")
        messages.success(self.request, _("Noted. The page names the author after a yes."))
        return redirect("community_of_page", self.subject.pk)

    def _undo(self, pk: str) -> HttpResponse:
        found = self.row.adoptions.filter(pk=pk if pk.isdecimal() else 0).first()
        if found is not None:
            try:
                adopting.undo(adoption=found, editor=self.request.user)
            except Refused as refusal:
                raise PermissionDenied from refusal
            messages.success(self.request, _("Taken back. A change note in the draft stays until you delete it."))
        return redirect(reverse("community_adopt", args=[self.row.public_id]))
