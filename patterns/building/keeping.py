"""The sequences that a member keeps."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.addresses import address
from portal.items import CODE, MOST
from portal.languages import active_language
from portal.views_of_pages import shown

from ..models import CollectionIndexPage, KeptSequence
from .sequence import LONGEST_TITLE, address_of


class KeepForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Name of the sequence"), max_length=LONGEST_TITLE)
    items = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_items(self) -> list[str]:
        found = list(dict.fromkeys(self.cleaned_data["items"].split(",")))
        return [item for item in found if CODE.fullmatch(item)][:MOST]


def kept_page(page: CollectionIndexPage, request: HttpRequest) -> HttpResponse:
    """What the member keeps, and the form that keeps one more."""
    response = _answer(page, request)
    add_never_cache_headers(response)
    return response


def _answer(page: CollectionIndexPage, request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        query = urlencode({"next": request.get_full_path(), "lang": active_language()})
        return HttpResponseRedirect(f"{reverse('account_login')}?{query}")
    own = KeptSequence.objects.filter(owner=request.user)
    index = address(page, active_language())
    form = KeepForm(
        request.POST if request.method == "POST" and "keep" in request.POST else None, initial=request.GET.dict()
    )
    if request.method == "POST":
        if "forget" in request.POST:
            get_object_or_404(own, pk=_number(request.POST["forget"])).delete()
            messages.success(request, _("The sequence is no longer kept."))
            return HttpResponseRedirect(f"{index}kept/")
        if _keeps(form, request):
            messages.success(request, _("The sequence is kept."))
            return HttpResponseRedirect(f"{index}kept/")
    kept = [(one, address_of(f"{index}build/", one.items, one.title)) for one in own]
    title, description = _("Your sequences"), _("Sequences that you keep. Nobody else sees them.")
    context = {"form": form, "kept": kept, "offered": form["items"].value(), "build_url": f"{index}build/"}
    return shown(page, request, "patterns/kept.html", title=title, description=description, **context)


def _keeps(form: KeepForm, request: HttpRequest) -> bool:
    if not form.is_valid():
        return False
    title, items = form.cleaned_data["title"], form.cleaned_data["items"]
    member: Any = request.user
    own = KeptSequence.objects.filter(owner=member)
    if not items:
        form.add_error("title", _("There is no step in it yet. Choose a pattern first."))
    elif own.exclude(title=title).count() >= KeptSequence.MOST:
        form.add_error(
            "title",
            _("You keep %(most)d sequences, which is the most. Leave one out first.") % {"most": KeptSequence.MOST},
        )
    else:
        KeptSequence.keep(member, title, items)
    return not form.errors


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
