"""The conversations about texts: those of one translation, one by itself, and the questions to one's originals."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail_localize.models import StringSegment, Translation

from . import access, comments, trail
from .checks.pair import plain
from .models import SegmentComment
from .review import Refused
from .texts import segments


class CommentsView(WagtailAdminTemplateMixin, TemplateView):
    """All conversations about one translation; the panel of the workbench posts here."""

    template_name = "translation/comments.html"
    header_icon = "comment"
    translation: Translation
    refused: Mapping[str, str] = MappingProxyType({})  # what was sent and is not kept

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.translation = access.translation_to_read(request.user, kwargs["translation_id"], kwargs["language"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Comments: %(title)s") % {"title": self.translation.source.object_repr}

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, *trail.to(self.translation), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        threads = comments.of_translation(self.translation)
        texts: dict[str, str] = {}
        for row in segments(self.translation):  # the paragraphs of one field have one place
            before = texts.get(row.context.path)
            texts[row.context.path] = "\n".join(filter(None, [before, plain(row.string.data)]))
        gone = [
            path for path in dict.fromkeys([*threads, *filter(None, [self.refused.get("path")])]) if path not in texts
        ]
        return {
            **super().get_context_data(**kwargs),
            "translation": self.translation,
            "places": [(path, texts.get(path, ""), threads.get(path, [])) for path in [*texts, *gone]],
            "source_language": self.translation.source.locale.language_code,
            "refused": self.refused,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = request.POST
        try:
            comments.ask(
                self.translation,
                sent.get("path", ""),
                user=request.user,
                text=sent.get("text", ""),
                to_original=sent.get("to_original") == "on",
            )
            messages.success(request, _("Your comment stands beside the text."))
        except Refused as refused:
            messages.error(request, str(refused))
            self.refused = sent.dict()
            return self.render_to_response(self.get_context_data(), status=400)
        return redirect(get_valid_next_url_from_request(request) or request.path)


class CommentView(WagtailAdminTemplateMixin, TemplateView):
    """One conversation, to answer or to close; also for the editors of the original, who see no translation."""

    template_name = "translation/comment.html"
    header_icon = "comment"
    comment: SegmentComment

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        rows = SegmentComment.objects.select_related("author", "resolved_by", "locale")
        self.comment = get_object_or_404(rows, pk=kwargs["comment_id"], parent=None)
        if not comments.may_read(request.user, self.comment):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        source = comments.source_of(self.comment)
        return _("Comment: %(title)s") % {"title": source.object_repr if source else ""}

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Back to the text, for whoever may open the translation; else to the questions about one's originals."""
        translation = comments.translation_of(self.comment)
        way: list[dict[str, str]] = [{"url": reverse("translation_questions"), "label": str(QuestionsView.page_title)}]
        if translation and comments.writes(self.request.user, self.comment):
            place = StringSegment.objects.filter(source=translation.source_id, context__path=self.comment.path)
            at = place.order_by("order").values_list("pk", flat=True).first()
            way = [trail.desk(translation.target_locale.language_code), trail.workbench(translation, at)]
        return [*self.breadcrumbs_items, *way, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        source = comments.source_of(self.comment)
        rows = StringSegment.objects.filter(source=source, context__path=self.comment.path)
        texts = rows.select_related("string").order_by("order")
        return {
            **super().get_context_data(**kwargs),
            "comment": self.comment,
            "texts": [plain(one.string.data) for one in texts],
            "source_language": source.locale.language_code if source else "",
            "typed": self.request.POST.get("text", ""),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        what = request.POST.get("do", "")
        try:
            if what == "answer":
                comments.answer(self.comment, user=request.user, text=request.POST.get("text", ""))
            elif what in ("resolve", "reopen"):
                comments.resolve(self.comment, user=request.user if what == "resolve" else None)
            else:
                raise Http404
        except Refused as refused:
            messages.error(request, str(refused))
            return self.render_to_response(self.get_context_data(), status=400)
        return redirect(
            get_valid_next_url_from_request(request) or reverse("translation_comment", args=[self.comment.pk])
        )


class QuestionsView(WagtailAdminTemplateMixin, TemplateView):
    """What translators ask about the originals that somebody edits."""

    template_name = "translation/questions.html"
    page_title = gettext_lazy("Questions of translators")
    header_icon = "comment"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "rows": comments.to_answer(self.request.user)}
