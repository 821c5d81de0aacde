"""What readers ask for a page, as editors keep it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page
from wagtail.snippets.views.snippets import IndexView
from wagtail.snippets.widgets import AdminSnippetChooser

from portal.admin.snippets import RegisterViewSet

from ..indexing import translated_models
from ..models import AskedAs
from ..picks import asked
from .forms import lines_of, same_searches, useless_lines
from .viewsets import MENU, PrefilledCreateView


class SubjectForm(WagtailAdminModelForm):
    """The subject is chosen as a page, or as a term, in whichever language it has one."""

    page = forms.ModelChoiceField(
        Page.objects.filter(depth__gt=1),
        required=False,
        widget=AdminPageChooser,
        label=_("Page"),
        help_text=_("In any of its languages. Readers get it in theirs where it exists."),
    )

    known: AskedAs | None = None  # what there is of the subject in the language

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subject = self.instance.subject
        for name, model in chosen_from().items() if subject else ():
            found = model._default_manager.filter(translation_key=subject).order_by("pk").first()
            self.initial.setdefault(name, found.pk if found else None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        subject, language = self._subject(cleaned), cleaned.get("language")
        if subject and language:
            self._look_for_known(subject, language)
            self.instance.subject = subject
        if cleaned.get("wordings") and language:
            cleaned["wordings"] = "\n".join(self._lines(cleaned["wordings"], language))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """What was entered for a subject that has wordings already is added to them."""
        if self.known is None:
            return super().save(commit)
        self.known.wordings = self.instance.wordings
        if commit:
            self.known.save()
        return self.known

    def _subject(self, cleaned: dict[str, Any]) -> str:
        chosen = [(name, cleaned[name]) for name in chosen_from() if cleaned.get(name)]
        if len(chosen) > 1:
            self.add_error(chosen[1][0], _("Choose one of the two only."))
        elif not chosen and not any(name in self.errors for name in chosen_from()):
            self.add_error("page", _("Choose what answers it."))
        return str(chosen[0][1].translation_key) if len(chosen) == 1 else ""

    def _look_for_known(self, subject: str, language: str) -> None:
        known = AskedAs.objects.filter(subject=subject, language=language).exclude(pk=self.instance.pk).first()
        if known and self.instance.pk:
            field = next(name for name in chosen_from() if self.cleaned_data.get(name))
            self.add_error(field, _("It has wordings in this language already: change them there."))
        else:
            self.known = known

    def _lines(self, text: str, language: str) -> list[str]:
        before = self.known.lines if self.known else []
        there = {asked(line, language) for line in before}
        entered = lines_of(text)
        checked = entered[: AskedAs.MOST]
        errors = [*useless_lines(checked, language, AskedAs.LONGEST), *same_searches(checked, language)]
        new = [line for line in entered if asked(line, language) not in there]
        if before and not new:
            errors.append(ValidationError(_("It has these wordings already.")))
        if len(before) + len(new) > AskedAs.MOST:
            errors.append(ValidationError(_("At most %(most)d wordings for one page.") % {"most": AskedAs.MOST}))
        for error in errors:
            self.add_error("wordings", error)
        return [*before, *new]


def chosen_from() -> dict[str, Any]:
    """By field, the models of what can be asked for."""
    return {"page": Page, **{model._meta.model_name: model for model in translated_models()}}


def _choosers() -> dict[str, forms.ModelChoiceField]:
    return {
        model._meta.model_name: forms.ModelChoiceField(
            model._default_manager.all(),
            required=False,
            widget=AdminSnippetChooser(model),
            label=_("or: %(thing)s") % {"thing": model._meta.verbose_name},
        )
        for model in translated_models()
    }


class AskedAsIndexView(IndexView):
    """Says of the rows that it shows what they lead to, in one query for each type of thing."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        rows = list(context["object_list"])
        names: dict[str, str] = {}
        for model in chosen_from().values():
            found = model._default_manager.filter(translation_key__in={row.subject for row in rows})
            for thing in found.order_by("pk"):
                names.setdefault(str(thing.translation_key), str(thing))
        for row in rows:
            row.name = names.get(row.subject, "")
        return context


class AskedAsViewSet(RegisterViewSet):
    model = AskedAs
    icon = "help"
    menu_label = _("Asked as")
    menu_hook = MENU
    menu_order = 120
    index_view_class = AskedAsIndexView
    add_view_class = PrefilledCreateView
    list_filter = ["language"]
    search_fields = ["wordings"]

    @property
    def list_display(self) -> list[Any]:
        return [
            "name",
            Column("language", label=_("Language"), accessor="get_language_display", sort_key="language"),
            Column("wordings", label=_("Asked as"), accessor="__str__"),
        ]

    @property
    def edit_handler(self) -> ObjectList:
        """Made once, when the features have said what they have beside pages."""
        choosers = _choosers()
        return ObjectList(
            [
                HelpPanel(
                    content=_(
                        "Readers who search in these words, or nearly so, find the page first or close to it, even "
                        "where it does not use them. Write what somebody types who needs this very page: a whole "
                        "question, a few words, everyday words beside official ones, the names of local schemes. "
                        "Leave out what would fit ten pages as well. It works from the next search on, also in "
                        "languages into which the page is not translated."
                    )
                ),
                FieldPanel("language"),
                MultiFieldPanel(
                    [FieldRowPanel([FieldPanel(name) for name in ("page", *choosers)])], heading=_("What answers it")
                ),
                FieldPanel("wordings", widget=forms.Textarea(attrs={"rows": 8})),
            ],
            base_form_class=type("AskedAsForm", (SubjectForm,), choosers),
        )
