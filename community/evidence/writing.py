"""One visit to the form “Report what you tried”."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.guard import Kind

from .. import access, breadcrumbs, text, tokens
from ..models import CommentState, PracticeEvidence
from ..reasons import HoldReason
from ..screening import CHECKS_UNDER_LOCK, PREVIEW_CHECKS, Finding, Hit, Verdict, abuse, privacy, screen
from ..writing import Mark, Writing, marked
from . import services
from .forms import FACTS, WORDS, ReportForm
from .showing import facts_of, outcome_tag

# What the words beside the main text are asked; the rest concerns the report as a whole.
WORD_CHECKS = (privacy.no_personal_data, abuse.few_links)
NUMBERS = {Kind.PHONE, Kind.IBAN, Kind.ID_NUMBER}
ALWAYS_READ_FIRST = Finding(Verdict.HOLD, HoldReason.REPORT)


@dataclass(frozen=True)
class Marked:
    """One text of the report with the places that were found in it."""

    label: str
    html: SafeString
    marks: list[Mark]


class ReportWriting(Writing):
    form_class = ReportForm
    form: ReportForm

    def __init__(self, request: HttpRequest, subject: access.Subject) -> None:
        self.wants_regions = request.method == "POST" and request.POST.get("do") == "regions"
        super().__init__(request, subject, "")
        if self.wants_regions:  # nothing is checked yet: the form comes back as it was filled in, with the regions
            self.form = self.form_class(user=request.user, initial=self._as_filled_in())

    def _as_filled_in(self) -> dict[str, Any]:
        fields = self.form_class.base_fields
        given: dict[str, Any] = {name: value for name, value in self.request.POST.items() if name in fields}
        if tokens.read(given.get("token", ""), self.bound_to) is None:
            given["token"] = tokens.make(self.bound_to, shown_at=tokens.a_while_ago())
        return given

    @property
    def bound_to(self) -> str:
        return f"tried {self.subject.key}"

    @property
    def action(self) -> str:
        return reverse("community:tried", args=[self.subject.key])

    def find(self) -> list[Finding]:
        return [*super().find(), *self._findings_beside(), *self._numbers_across(), ALWAYS_READ_FIRST]

    def _findings_beside(self) -> Iterator[Finding]:
        for name, words in self.form.words.items():
            for finding in screen(replace(self.draft, text=words), WORD_CHECKS):
                yield replace(finding, field=name)

    def _numbers_across(self) -> Iterator[Finding]:
        """A number that begins at the end of one text and goes on in the next, marked in both."""
        words = {"text": self.draft.text, **self.form.words}
        ends = set(accumulate((len(part) + 1 for part in words.values()), initial=-1))
        found = screen(replace(self.draft, text="\n".join(words.values())), (privacy.no_personal_data,))
        across = [
            (finding, hit)
            for finding in found
            for hit in finding.hits
            if finding.code in NUMBERS and any(hit.start < end < hit.end for end in ends)
        ]
        start = 0
        for name, part in words.items():
            for finding, hit in across:
                here = Hit(max(hit.start - start, 0), min(hit.end - start, len(part)))
                if here.start < here.end:
                    yield replace(finding, field=name, hits=(here,))
            start += len(part) + 1

    @property
    def may_insist(self) -> bool:
        """Whether only doubtful things were found, on which a moderator may decide."""
        only_warned = {finding.verdict for finding in self._told} == {Verdict.WARN}
        return only_warned and {finding.field for finding in self._told} == set(self.form.errors)

    @property
    def _told(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.verdict is not Verdict.HOLD]

    @cached_property
    def marked_texts(self) -> list[Marked]:
        """What was found, text by text: the places are numbered through."""
        found: list[Marked] = []
        number = 1
        # Of the draft and the form as they were checked: what has an error is not among the form’s cleaned data.
        for name, words in {"text": self.draft.text, **self.form.words}.items() if self.findings else ():
            marks = sorted(
                (mark for finding in self._told if finding.field == name for mark in self.marks_of(finding)),
                key=lambda mark: mark.start,
            )
            if marks:
                html = marked(words, marks, first=number)
                found.append(Marked(str(self.form.fields[name].label), html, marks))
                number += len(marks)
        return found

    def keep(self) -> CommentState:
        return services.post_report(
            draft=self.draft, findings=self.findings, facts=self.form.facts, again=CHECKS_UNDER_LOCK
        )

    @property
    def context(self) -> dict[str, Any]:
        return {
            "form": self.form,
            "action": self.action,
            "subject": self.subject,
            "marked_texts": self.marked_texts,
            "may_insist": self.may_insist,
            "breadcrumb": breadcrumbs.of_discussion(self.subject, _("Report what you tried")),
        }

    def answer(self, *, status: int = 200) -> HttpResponse:
        context = self.context
        if self.is_preview and status == 200:
            report = PracticeEvidence(**self.form.facts)
            context |= {
                "preview": self.draft,
                "preview_html": text.as_html(self.draft.text),
                "preview_facts": facts_of(report, self.draft.language),
                "preview_outcome": outcome_tag(report.outcome),
            }
        return render(self.request, "community/evidence/write.html", context, status=status)


class ReportEditing(ReportWriting):
    """The author changes a report. What is changed is read again by a moderator before it is shown."""

    checks = preview_checks = PREVIEW_CHECKS
    row: CommentState

    def __init__(self, request: HttpRequest, subject: access.Subject, row: CommentState) -> None:
        self.row = row
        super().__init__(request, subject)

    @property
    def bound_to(self) -> str:
        return f"edit {self.row.public_id}"

    @property
    def action(self) -> str:
        return reverse("community:edit_report", args=[self.row.public_id])

    @property
    def initial(self) -> dict[str, Any]:
        report = self.row.evidence
        facts = {name: getattr(report, name) for name in (*FACTS, *WORDS)}
        own = {"text": self.row.comment.comment, "language": self.row.language, "country": str(report.country)}
        return {**super().initial, **facts, **own}

    @property
    def context(self) -> dict[str, Any]:
        return {**super().context, "edited": self.row}

    def refuse(self, *, status: int) -> HttpResponse:
        """It cannot be changed any more: what was typed comes back all the same."""
        return render(
            self.request, "community/evidence/write.html", {**self.context, "is_refused": True}, status=status
        )

    def post(self) -> CommentState:
        draft = self.draft
        return services.edit_report(
            row=self.row,
            new_text=draft.text,
            language=draft.language,
            facts=self.form.facts,
            findings=self.findings,
        )
