from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.guard import explained

from ..guarded import NEVER_NEEDED, Guarded
from ..models import CannedReply, State, WorkingGroup
from ..models.notes import MAX_NOTE
from ..moderation.redaction import KINDS, Mask, everywhere
from ..reading import LANGUAGE_NAMES
from ..reasons import NO_FAULT, HoldReason, ReportReason, RuleReason
from .hits import Found

REDACTED = "redacted"
ON_PAGES = "-"  # no code of a group
SANCTIONS = [
    ("", _("Nothing more")),
    ("warning", _("A warning")),
    ("silence-1", _("Silence for 1 day")),
    ("silence-7", _("Silence for 7 days")),
    ("silence-30", _("Silence for 30 days")),
    ("suspension-30", _("Suspension for 30 days")),
    ("suspension", _("Suspension without end")),
]
MAX_EXPLANATION = 2000


class DeskForm(Guarded):
    """Its fields get ids of their own, since several forms stand on one page."""

    name = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.name or 'form'}-%s", "label_suffix": "", **kwargs})


class OutcomeForm(DeskForm):
    """One outcome and one reason, for one comment or for many."""

    name = "decision"
    guarded = ("explanation",)

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (State.PUBLISHED, _("Publish, or keep")),
            (State.HIDDEN, _("Hide")),
            (State.ERASED, _("Erase for good")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("Reason"), required=False, choices=[(NO_FAULT, _("Nothing against the rules")), *RuleReason.choices]
    )
    explanation = forms.CharField(
        label=_("To the author"),
        required=False,
        max_length=MAX_EXPLANATION,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("The author reads this with the reason. Never repeat the words that were removed."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        outcome, reason = given.get("outcome"), given.get("reason") or ""
        if outcome in {State.HIDDEN, State.ERASED, REDACTED} and reason not in RuleReason.values:
            self.add_error("reason", _("Choose the rule that the comment breaks, or the law."))
        if outcome == State.PUBLISHED and reason in RuleReason.values:
            self.add_error("reason", _("You chose a rule that is broken, and to publish. Choose one of the two."))
        if outcome == State.PUBLISHED:
            given["reason"] = NO_FAULT
        return given

    @property
    def new(self) -> State:
        outcome = self.cleaned_data["outcome"]
        return State.PUBLISHED if outcome == REDACTED else State(outcome)


class BulkForm(OutcomeForm):
    ready_text = forms.BooleanField(
        label=_("Add the ready text of this reason, in each author’s language"), required=False, initial=True
    )


class DecisionForm(OutcomeForm):
    """For one comment: what to mask in it, a ready text, and what follows for its author."""

    hit = forms.MultipleChoiceField(label=_("Passages to mask"), required=False)
    words = forms.CharField(
        label=_("Other words to mask"),
        required=False,
        strip=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("The exact words, as they stand in the comment; one passage on each line."),
    )
    words_kind = forms.ChoiceField(
        label=_("These words are"), required=False, choices=[(code, said[0]) for code, said in KINDS.items()]
    )
    reply = forms.ModelChoiceField(
        label=_("Ready text"), queryset=CannedReply.objects.none(), required=False, empty_label=_("None")
    )
    answers_too = forms.BooleanField(label=_("Hide the answers below it, too"), required=False)
    sanction = forms.ChoiceField(label=_("And for the author"), required=False, choices=SANCTIONS)

    def __init__(self, *args: Any, text: str, hits: Sequence[Found], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = text
        self.masks: list[Mask] = []
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (State.PUBLISHED, _("Publish as it is, or keep")),
            (REDACTED, _("Publish without the words marked here")),
            (State.HIDDEN, _("Hide")),
            (State.ERASED, _("Erase for good")),
        ]
        self.fields["hit"].choices = [(hit.value, hit.label) for hit in hits]  # type: ignore[attr-defined]
        self.fields["reply"].queryset = ready_texts(language)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        outcome = given.get("outcome")
        self.masks = [*self._ticked(given), *self._typed(given)]
        if outcome == REDACTED and not self.masks and not self.errors:
            self.add_error("words", _("Tick a passage, or type the words to mask."))
        if outcome in {State.PUBLISHED, State.HIDDEN, State.ERASED} and given.get("words"):
            self.add_error("outcome", _("You typed words to mask. Choose to publish without them, or empty the field."))
        if outcome == State.PUBLISHED and given.get("sanction"):
            self.add_error("sanction", _("Only a decision against the comment can have consequences."))
        if outcome != State.HIDDEN and given.get("answers_too"):
            self.add_error("answers_too", _("Answers are hidden only along with the comment."))
        if reply := given.get("reply"):
            given["explanation"] = f"{reply.text}\n\n{given.get('explanation', '')}".strip()
            if len(given["explanation"]) > MAX_EXPLANATION:
                self.add_error("explanation", _("With the ready text this is too long. Make it shorter."))
        return given

    def _ticked(self, given: dict[str, Any]) -> list[Mask]:
        parts = [value.split("-", 2) for value in given.get("hit") or []]
        return [Mask(int(start), int(end), kind) for start, end, kind in parts]

    def _typed(self, given: dict[str, Any]) -> list[Mask]:
        found: list[Mask] = []
        for line in (given.get("words") or "").splitlines():
            if not line.strip():
                continue
            places = everywhere(self.text, line.strip(), given.get("words_kind") or "other")
            if not places:
                self.add_error("words", _("The comment does not have these words: “%(words)s”.") % {"words": line})
            found += places
        return found

    @property
    def consequence(self) -> tuple[str, int | None]:
        kind, _dash, days = self.cleaned_data["sanction"].partition("-")
        return kind, int(days) if days else None


class NoteForm(DeskForm):
    name = "note"
    guarded = ("text",)
    refuses = NEVER_NEEDED

    text = forms.CharField(
        label=_("Note for other moderators"),
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Not shown to the author, but part of what the author gets of the own data."),
    )


class HandOverForm(DeskForm):
    name = "hand-over"
    guarded = ("text",)
    refuses = NEVER_NEEDED

    to: Any = forms.ModelChoiceField(label=_("Hand it to"), queryset=None)
    text = forms.CharField(
        label=_("What the next reader should know"),
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *args: Any, moderators: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = moderators
        field.label_from_instance = lambda user: getattr(user, "member", None) or user.get_username()


class EmailForm(DeskForm):
    name = "email"

    purpose = forms.ChoiceField(
        label=_("Why do you need the e-mail address?"),
        choices=[
            ("", _("Choose a reason")),
            ("danger", _("There is danger to somebody")),
            ("authority", _("An authority has ordered it")),
            ("request", _("The author asked us to write")),
        ],
    )


class ReverseForm(DeskForm):
    name = "reverse"
    guarded = ("text",)

    text = forms.CharField(
        label=_("Why it is taken back"),
        max_length=MAX_EXPLANATION,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("The author reads this."),
    )


class HideAllForm(DeskForm):
    name = "hide-all"

    reason = forms.ChoiceField(
        label=_("One reason for all"), choices=[("", _("Choose a rule or the law")), *RuleReason.choices]
    )
    sure = forms.BooleanField(label=_("Hide every comment of this account that is held or published"))


class LegalHoldForm(DeskForm):
    name = "hold"

    authority = forms.CharField(label=_("Authority"), max_length=200)
    reference = forms.CharField(label=_("Number and date of the order"), max_length=100)
    expires_on = forms.DateField(
        label=_("Keep until"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("A year from now at most.")
    )


class FilterForm(DeskForm):
    """Narrows the queue; a GET form, so that what it finds has an address. `groups` are those of this moderator."""

    name = "queue"

    q = forms.CharField(label=_("Words or number"), required=False, max_length=100, widget=forms.SearchInput)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("All languages")), *LANGUAGE_NAMES.items()]
    )
    why = forms.ChoiceField(
        label=_("Why it is here"),
        required=False,
        choices=[
            ("", pgettext_lazy("filter of a queue", "Any reason")),
            (_("Held"), [*HoldReason.choices, *((kind.value, label) for kind, label in explained.LABELS.items())]),
            (_("Reported"), [(f"report-{code}", label) for code, label in ReportReason.choices]),
        ],
    )
    due = forms.ChoiceField(
        label=_("Due"),
        required=False,
        choices=[("", _("Any time")), ("late", _("Late")), ("free", _("Nobody else has it"))],
    )
    group = forms.ChoiceField(label=_("Where"), required=False)

    def __init__(self, *args: Any, groups: Iterable[WorkingGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(group.code, group.title) for group in groups]
        if named:
            everywhere = [("", _("Everywhere")), (ON_PAGES, _("On pages of the guide"))]
            self.fields["group"].choices = [*everywhere, (_("Working groups"), named)]  # type: ignore[attr-defined]
        else:
            del self.fields["group"]


def ready_texts(language: str) -> QuerySet[CannedReply]:
    return CannedReply.objects.filter(language=language).order_by("reason", "title")


def ready_text_for(reason: str, language: str) -> str:
    """The one that goes with a reason by itself: the first by title."""
    wanted = CannedReply.objects.filter(reason=reason, language=language).order_by("title")
    return wanted.values_list("text", flat=True).first() or ""
