"""The form “Report what you tried”: a comment with facts that can be counted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries import countries

from portal.geography import country_names, regions_of

from ..forms import CommentForm, WordsField
from ..models import Act, Outcome
from ..models.evidence import LONGEST, OrganisedBy, Scale
from .fields import MonthField

FACTS = ("act", "country", "region", "began", "ended", "organisation", "scale", "outcome", "may_be_cited")
WORDS = ("changed", "known_by")
CHOOSE = pgettext_lazy("in a list to choose from", "Choose")


class ReportForm(CommentForm):
    act = forms.ChoiceField(
        label=pgettext_lazy("practice report", "What did you do?"), choices=Act.choices, widget=forms.RadioSelect
    )
    country = forms.ChoiceField(
        label=_("Country"),
        help_text=_("Never give an address: the country, and at most the region, is all that is asked."),
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    began = MonthField(
        label=pgettext_lazy("period", "From"),
        help_text=_("A year or a month: 2025, 2025-03. Needed unless you decided not to."),
        required=False,
    )
    ended = MonthField(
        label=pgettext_lazy("period", "Until"), help_text=_("Leave it empty if it goes on."), required=False
    )
    organisation = forms.ChoiceField(label=_("Who ran it?"), choices=[("", CHOOSE), *OrganisedBy.choices])
    scale = forms.ChoiceField(
        label=_("How large was it?"), choices=[("", _("Not said")), *Scale.choices], required=False
    )
    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        help_text=_("In your own judgement. What failed or did harm helps others as much as what worked."),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    changed = WordsField(
        rows=4,
        max_length=LONGEST,
        label=_("What changed?"),
        help_text=_("For those it was meant for, for others, for you. Unwanted effects too."),
        required=False,
    )
    known_by = WordsField(
        rows=4,
        max_length=LONGEST,
        label=_("How do you know?"),
        help_text=_("Counted, asked people, saw it yourself, heard of it."),
        required=False,
    )
    may_be_cited = forms.BooleanField(
        label=_(
            "The guide may cite this report under the name shown with it, and give its facts without the name "
            "in its open data (CC BY 4.0). You can take this back."
        ),
        required=False,
    )

    # As on the page, so that the list of what is missing is, too.
    field_order = [*FACTS[:-1], "text", *WORDS, "language", "name", "may_be_cited", "website", "token"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("What did you do, and what happened?")
        self.fields["country"].choices = [("", CHOOSE), *country_names(countries.countries).items()]  # type: ignore[attr-defined]
        regions = regions_of(self.chosen_country)
        self.has_regions = bool(regions)
        self.fields["region"].choices = [("", _("Not said")), *regions.items()]  # type: ignore[attr-defined]

    @property
    def chosen_country(self) -> str:
        given = self.data.get("country") if self.is_bound else self.initial.get("country")
        return given if isinstance(given, str) else ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.words = {name: given[name] for name in WORDS if given.get(name)}
        declined = given.get("act") == Act.DECLINED
        if declined:
            given["outcome"] = ""
        elif "outcome" in given and not given["outcome"]:
            self.add_error("outcome", _("Say how it went, or choose “Decided not to” above."))
        if not declined and "began" in given and not given["began"]:
            self.add_error("began", _("Say when it began: a year is enough."))
        if self._ends_before_it_began(given):
            self.add_error("ended", _("It cannot end before it began."))
        return given

    def _ends_before_it_began(self, given: dict[str, Any]) -> bool:
        began, ended = given.get("began"), given.get("ended")
        return bool(began and ended and ended.last_day < began.first_day)

    @property
    def facts(self) -> dict[str, Any]:
        """What the report keeps beside the comment."""
        return {name: self.cleaned_data[name] for name in (*FACTS, *WORDS)}
