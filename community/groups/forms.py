from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .. import names
from ..forms import GuardedForm, NameField
from ..guarded import NEVER_NEEDED
from ..models import Application, GroupSummary, Quote
from ..models.applications import MAX_MOTIVATION


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class ApplicationForm(GuardedForm, forms.ModelForm):
    name = NameField(help_text=_("Shown with everything you write. It need not be your real name."))
    languages = forms.MultipleChoiceField(
        label=_("Languages you read"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    consent = forms.BooleanField(
        label=_("Those who decide on my application may read what I wrote here. It is deleted after six months.")
    )
    guarded = ("organisation", "role", "motivation", "interests")
    public = ("organisation",)  # in the list of members, for whoever wants that
    field_order = ["name", "organisation", "role", "practitioner", "country", "languages", "motivation", "interests"]

    class Meta:
        model = Application
        fields = ["organisation", "role", "practitioner", "country", "motivation", "interests"]
        widgets = {
            "organisation": forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
            "role": forms.TextInput(attrs={"dir": "auto"}),
            "motivation": _area(6),
            "interests": _area(3),
        }
        help_texts = {
            "organisation": _("You need not name it if that could harm you."),
            "motivation": _("What you work on, what you would bring, what you hope for. At most 2,000 characters."),
            "interests": _("Do you sell something to police or towns, or judge on it? Say so here."),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"languages": [get_language()], **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["motivation"].max_length = MAX_MOTIVATION  # type: ignore[attr-defined]
        if names.name_of(user):
            del self.fields["name"]
        else:
            self.fields["name"].owner = user  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        wanted = {*self.Meta.fields, "languages"}
        return {name: value for name, value in self.cleaned_data.items() if name in wanted}


class AnswerForm(GuardedForm):
    answer = forms.CharField(label=_("Your answer"), max_length=2000, widget=_area(4))
    guarded = ("answer",)


class ThreadForm(GuardedForm):
    title = forms.CharField(label=_("What is it about?"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}))
    language = forms.ChoiceField(label=_("Language of the title"), choices=settings.LANGUAGES)
    by_role = forms.BooleanField(
        label=_("Chatham House rule: comments show the role of their author, never the name. It cannot be changed."),
        required=False,
    )
    guarded = public = ("title",)

    def __init__(self, *args: Any, offers_rule: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"language": get_language(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if not offers_rule:
            del self.fields["by_role"]


class MessageForm(GuardedForm):
    """To all nothing that leads to a person; to one person one's own address may be given, after a warning."""

    text = forms.CharField(
        label=_("Your message"), help_text=_("Plain text, at most 3,000 characters."), max_length=3000, widget=_area(8)
    )
    language = forms.ChoiceField(label=_("Language of your text"), choices=settings.LANGUAGES)
    guarded = ("text",)
    asks = True

    def __init__(self, *args: Any, to_all: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"language": get_language(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if to_all:
            self.public = ("text",)
        else:
            self.refuses = NEVER_NEEDED


class RosterForm(forms.Form):
    name = forms.BooleanField(label=_("Show my name in the list of members"), required=False)
    organisation = forms.BooleanField(label=_("Show my organisation"), required=False)
    country = forms.BooleanField(label=_("Show my country"), required=False)


class SummaryForm(GuardedForm, forms.ModelForm):
    guarded = public = ("title", "text")
    field_order = ["title", "text", "language"]

    class Meta:
        model = GroupSummary
        fields = ["title", "text", "language"]
        widgets = {"title": forms.TextInput(attrs={"dir": "auto"}), "text": _area(12)}
        help_texts = {
            "text": _("Plain text. Everybody will read it: name nobody, and nothing that shows who said what.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"language": get_language(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class QuoteForm(forms.Form):
    consent = forms.ChoiceField(label=_("May these words be published?"), widget=forms.RadioSelect)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offers_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        given = Quote.Consent
        allowed = [given.NAMED, given.BY_ROLE, given.NO] if offers_name else [given.BY_ROLE, given.NO]
        self.fields["consent"].choices = [(each.value, each.label) for each in allowed]  # type: ignore[attr-defined]
