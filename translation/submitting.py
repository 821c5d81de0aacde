"""Sending a page or an entry to be translated, for those who may write in the languages asked for."""

from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Locale, Page
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
    SubmitTranslationForm,
)

from portal.languages import language_name

from . import access
from .originals import source_of


class SubmitForm(SubmitTranslationForm):
    """One page at a time: wagtail-localize breaks the tree when it takes the pages below along."""

    def __init__(self, instance: Any, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(instance, *args, **kwargs)
        self.instance = instance
        self.fields["include_subtree"].widget = forms.HiddenInput()
        field = self.fields["locales"]
        field.queryset = field.queryset.filter(pk__in=access.locale_ids(user))

    def clean_include_subtree(self) -> bool:
        return False

    def clean_locales(self) -> list[Locale]:
        """Else wagtail-localize would make the page above as a live copy in the language of the original."""
        wanted = list(self.cleaned_data["locales"])
        if isinstance(self.instance, Page):
            above = self.instance.get_parent().get_translations(inclusive=True).filter(alias_of__isnull=True)
            there = set(above.values_list("locale_id", flat=True))
            if lacking := [language_name(locale.language_code) for locale in wanted if locale.pk not in there]:
                text = _("The page above this one is not translated yet into: %(languages)s. Begin there.")
                raise forms.ValidationError(text % {"languages": ", ".join(lacking)})
        return wanted


class OnlyOriginals:
    """One original for each subject, published, and readable by whoever sends it."""

    request: HttpRequest
    object: Any

    def get_form(self) -> SubmitForm:
        data = self.request.POST if self.request.method == "POST" else None
        initial = {}
        if code := self.request.GET.get("select_locale"):
            initial = {"locales": Locale.objects.filter(language_code=code.replace("\x00", ""))}
        return SubmitForm(self.object, self.request.user, data, initial=initial)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("wagtail_localize.submit_translation") or not access.locale_ids(request.user):
            raise PermissionDenied
        instance = self.get_object()  # type: ignore[attr-defined]
        if isinstance(instance, Page) and not may_read(request.user, instance):
            raise PermissionDenied
        original = self.original(instance)
        if original is not None:
            text = _("This is a translation. You are led to its original, which is sent instead: %(title)s")
            messages.warning(request, text % {"title": original})
            return redirect(submit_url(original))
        if isinstance(instance, Page) and not instance.live:
            messages.error(request, _("Publish the page first: what is translated is what readers see."))
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def original(self, instance: Any) -> Any:
        """What is to be sent instead of `instance`: one subject has one original."""
        source = source_of(instance.translation_key)
        if source is None or source.locale_id == instance.locale_id:
            return None
        try:
            original = source.get_source_instance()
        except ObjectDoesNotExist as error:  # deleted: another page has to be made the original first
            raise PermissionDenied(_("The original of this page is gone: make this page the original.")) from error
        if isinstance(original, Page) and not may_read(self.request.user, original):
            raise PermissionDenied
        return original


def submit_url(instance: Any) -> str:
    if isinstance(instance, Page):
        return reverse("wagtail_localize:submit_page_translation", args=[instance.pk])
    options = instance._meta
    names = [options.app_label, options.model_name, instance.pk]
    return reverse("wagtail_localize:submit_snippet_translation", args=names)


def may_read(user: Any, page: Page) -> bool:
    """Whether `user` reads this page on the site or may edit it."""
    from portal.querysets import visible

    return visible(Page.objects.filter(pk=page.pk), user).exists() or access.may_write(user, page)


class SubmitPageView(OnlyOriginals, SubmitPageTranslationView):
    pass


class SubmitEntryView(OnlyOriginals, SubmitSnippetTranslationView):
    pass
