"""The address of a translated page, which is its own: the original may be renamed and it stays; here it is changed."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail_localize.models import Translation

from portal.models import TranslationState

from . import access, made_from
from .gaps import enabled_translation


class AddressForm(forms.Form):
    slug = forms.SlugField(
        label=gettext_lazy("Last part of the address"),
        max_length=255,
        help_text=gettext_lazy("Lower case, with hyphens. Whoever comes by the old address is led to the new one."),
    )

    def __init__(self, page: Page, data: Any = None) -> None:
        super().__init__(data, initial={"slug": page.slug})
        self.page = page

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"].lower()
        if not Page._slug_is_available(slug, self.page.get_parent(), page=self.page):
            raise forms.ValidationError(_("Another page here has this address already. Choose a new one."))
        return slug


def address(request: HttpRequest, page_id: int) -> HttpResponse:
    """A new address shows at once; so to change that of a published page is to publish."""
    page = get_object_or_404(Page, pk=page_id)
    translation = enabled_translation(page)
    if translation is None:
        raise Http404
    access.translation_to_write(request.user, translation.pk)
    if page.live and not access.may_publish(request.user, page):
        raise PermissionDenied(_("Who may publish this page can change its address."))
    form = AddressForm(page, request.POST or None)
    if request.method == "POST" and form.is_valid():
        rename(translation, page=page, slug=form.cleaned_data["slug"], user=request.user)
        messages.success(request, _("The page has its new address."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    context = {"form": form, "page": page, "suggestion": slugify(page.draft_title)}
    return TemplateResponse(request, "translation/address.html", context)


@transaction.atomic
def rename(translation: Translation, *, page: Page, slug: str, user: Any) -> None:
    """What readers see and what is being written get the address; a draft is not published by it.

    Both are as old as they were.
    """
    if slug == page.slug:
        return
    source, state = translation.source, TranslationState.objects.filter(page=page).first()
    draft_from = made_from.of_revision(page.latest_revision_id, source)
    draft = page.get_latest_revision_as_object() if page.has_unpublished_changes or not page.live else None
    shown = page.specific
    shown.slug = slug
    if shown.live:
        revision = shown.save_revision(user=user, clean=False)
        made_from.record(revision.pk, source, state.source_digest if state else None)
        revision.publish(user=user, skip_permission_checks=True)
    else:
        shown.save(clean=False)
    if draft is not None and page.latest_revision_id:
        draft.slug = slug
        made_from.record(draft.save_revision(user=user, clean=False).pk, source, draft_from)


def address_button(page: Page, user: Any, view_name: str = "", next_url: str | None = None, **kwargs: Any) -> Any:
    """Among the buttons of a page in the admin."""
    if page.depth < 2 or not access.may_write(user, page) or enabled_translation(page) is None:
        return
    if not page.live or access.may_publish(user, page):
        yield Button(_("Address"), reverse("translation_address", args=[page.pk]), icon_name="link", priority=70)
