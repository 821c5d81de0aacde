"""The page of the desk on which a moderator masks what names somebody, wherever it stands."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..desk.forms import DeskForm
from ..desk.views import DeskView
from ..moderation.redaction import KINDS
from ..refusals import Refused, said
from . import named


class NamedForm(DeskForm):
    guarded = ("explanation",)

    words = forms.CharField(
        label=gettext_lazy("Words that name the person"),
        min_length=named.SHORTEST,
        max_length=100,
        help_text=gettext_lazy("A name, a number, an address. They are looked for and not kept."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("What they are"), choices=[(code, KINDS[code][0]) for code in KINDS])
    explanation = forms.CharField(
        label=gettext_lazy("To the authors"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("Never repeat the words."),
    )

    def clean_explanation(self) -> str:
        text: str = self.cleaned_data["explanation"]
        if (words := self.cleaned_data.get("words")) and named.pattern(words).search(text):
            raise forms.ValidationError(_("This repeats the words that are to be removed."))
        return text


class NamedView(DeskView):
    """Everything by POST: the words must stand in no address and no log of a web server."""

    template_name = "community/desk/named.html"
    page_subtitle = gettext_lazy("Somebody is named")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = {"form": NamedForm(), "places": None, "others": [], **kwargs}
        return {**super().get_context_data(), **context}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = NamedForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=400)
        given = form.cleaned_data
        if request.POST.get("do") == "mask":
            chosen, ticked = request.POST.getlist("ids"), request.POST.getlist("others")
            if chosen or ticked:
                return self._mask(given, chosen, ticked)
            messages.error(request, _("Tick something first."))
        places, others, are_more = named.find(given["words"], request.user)
        shown = self.get_context_data(form=form, places=places, others=others, are_more=are_more)
        return self.render_to_response(shown)

    def _mask(self, given: dict[str, Any], chosen: list[str], others: list[str]) -> HttpResponse:
        try:
            done = named.mask(public_ids=chosen, others=others, moderator=self.request.user, **given)
        except Refused as refusal:
            messages.error(self.request, _("Not done: %(why)s.") % {"why": said(refusal)})
            return redirect("community_named")
        number = done.comments + done.others
        count = ngettext("Masked in %(number)d place.", "Masked in %(number)d places.", number)
        messages.success(self.request, count % {"number": number})
        if done.refused:
            numbers = ", ".join(row.public_id for row in done.refused)
            messages.warning(self.request, _("Another moderator has to do these: %(numbers)s") % {"numbers": numbers})
        return redirect("community_named")
