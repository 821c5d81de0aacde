"""What happens to an original happens to its translations, if whoever does it says so on the same page of the admin.

Whoever may withdraw an original may withdraw its translations, which say the same. To move or delete them takes the
right to do so with each; those that stay behind when an original is deleted are withdrawn instead.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin import messages
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.models import Page

from portal.admin.narrowed import ConfirmMove
from portal.languages import language_name

from .originals import family, is_original, translations_of

WITH, ALONE = "with", "alone"
BULK = ("move", "unpublish", "delete")


def to_cascade(pages: list[Page], action: str) -> dict[Page, list[Page]]:
    """Wagtail's hook: which other pages share the fate of `pages`."""
    return {page: [one for one in translations_of(page) if action != "unpublish" or _is_read(one)] for page in pages}


def _is_read(page: Page) -> bool:
    """Or one of the pages below, which may share its fate."""
    return page.live or page.get_descendants().live().exists()


def named(pages: list[Page]) -> str:
    """The title of a draft is for those alone who write it."""
    languages = [language_name(page.locale.language_code) for page in pages]
    return ", ".join(
        f"{page.title} ({name})" if page.live else name for page, name in zip(pages, languages, strict=True)
    )


class Asked:
    """A page of the admin with a form that holds the question whether the translations share in it."""

    request: HttpRequest
    preset = WITH

    def along(self) -> bool:
        return self.request.POST.get("translations") == WITH

    def answered(self) -> bool:
        return self.request.POST.get("translations") in (WITH, ALONE)

    def about(self, others: list[Page], staying: list[Page]) -> dict[str, Any]:
        """For the template: which follow, and which this person may not take along."""
        return {
            "others": others,
            "translations": [page for page in others if page not in staying],
            "staying": staying,
            "chosen": self.request.POST.get("translations", self.preset),
            "is_unanswered": self.request.method == "POST" and not self.answered(),
        }


class UnpublishOriginal(Asked, UnpublishView):
    template_name = "translation/confirm_unpublish.html"

    def unpublish(self) -> Any:
        if not self.along():
            self.objects_to_unpublish = [self.object]
        with transaction.atomic():
            return super().unpublish()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.others and not self.answered():
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    @cached_property
    def others(self) -> list[Page]:
        return [page for page in self.objects_to_unpublish if page.pk != self.object.pk]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.about(self.others, [])


class DeleteOriginal(Asked, DeleteView):
    """Nothing is preset: the work of several people goes with them."""

    template_name = "translation/confirm_delete.html"
    preset = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.others and not self.answered():
            return self.render_to_response(self.get_context_data())
        number, along = self.page.pk, self.along()
        self.pages_to_delete = [page for page in self.others if along and page not in self.kept]
        response = super().post(request, *args, **kwargs)
        if along and not Page.objects.filter(pk=number).exists():
            withdraw(request, self.kept)
        return response

    @cached_property
    def others(self) -> list[Page]:
        return [page for page in self.pages_to_delete if page.pk != self.page.pk]

    @cached_property
    def kept(self) -> list[Page]:
        """Those which this person may not delete, or which Wagtail leaves since they stand elsewhere."""
        above = set(self.page.get_parent().get_translations().values_list("pk", flat=True))
        user = self.request.user
        return [
            page
            for page in self.others
            if page.get_parent().pk not in above or not page.permissions_for_user(user).can_delete()
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.about(self.others, self.kept)


def withdraw(request: HttpRequest, pages: list[Page]) -> None:
    live = [page for page in pages if page.live]
    for page in live:
        UnpublishPageAction(page.specific, user=request.user).execute(skip_permission_checks=True)
    if live:
        text = _("These translations were not deleted but unpublished: %(pages)s")
        messages.warning(request, text % {"pages": named(live)})


class MoveOriginal(Asked, ConfirmMove):
    template_name = "translation/confirm_move.html"

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.others and not self.answered():
            return self.get(request, *args, **kwargs)
        along, staying = self.along(), self.staying if self.along() else []
        self.pages_to_move = [page for page in self.others if along and page not in staying]
        response = super().post(request, *args, **kwargs)
        if staying:
            text = _("These translations were not moved, since there is no place for them there: %(pages)s")
            messages.warning(request, text % {"pages": named(staying)})
        return response

    @cached_property
    def others(self) -> list[Page]:
        return [page for page in self.pages_to_move if page.pk != self.page_to_move.pk]

    @cached_property
    def staying(self) -> list[Page]:
        return [page for page in self.others if not self.may_follow(page)]

    def may_follow(self, page: Page) -> bool:
        destination = self.destination.get_translation_or_none(page.locale)
        above = page.get_parent()
        return bool(
            destination is not None
            and destination.alias_of_id is None
            and above.translation_key == self.page_to_move.get_parent().translation_key
            and page.permissions_for_user(self.request.user).can_move_to(destination)
            and Page._slug_is_available(page.slug, destination, page=page)
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.about(self.others, self.staying)


class PrivacyOfOriginal(SetPrivacyView):
    """Who may read a translation is said at its original."""

    def dispatch(self, request: HttpRequest, page_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        page = get_object_or_404(Page, pk=page_id)
        if not page.permissions_for_user(request.user).can_set_view_restrictions():
            raise PermissionDenied
        if is_original(page) or not page.depth > 1:
            with transaction.atomic():  # with the groups, which are written after the restriction
                return super().dispatch(request, page_id, *args, **kwargs)
        if request.method == "POST":
            raise PermissionDenied(_("Who may read a translation is said at its original."))
        return said_at_original(request, family(page)[0])


def said_at_original(request: HttpRequest, original: Page) -> HttpResponse:
    context = {"original": original, "language": language_name(original.locale.language_code)}
    return render_modal_workflow(request, "translation/privacy_of_original.html", None, context)


def one_at_a_time(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Of several pages at once nobody is asked about the translations."""
    if action_type not in BULK:
        return None
    originals = [thing for thing in objects if isinstance(thing, Page) and to_cascade([thing], action_type)[thing]]
    if not originals or request.method != "POST":
        return None
    text = _("These pages have translations. Do it one by one, so that you are asked what happens to them: %(pages)s")
    messages.error(request, text % {"pages": named(originals)})
    return redirect("wagtailadmin_explore", originals[0].get_parent().pk)
