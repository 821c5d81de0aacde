"""One visit to the form: what was typed, what is wrong with it, what happens to it."""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from . import access, breadcrumbs, names, services, text, tokens
from .forms import CommentForm
from .models import CommentState
from .screening import CHECKS, PREVIEW_CHECKS, Draft, Finding, Verdict, limits, screen


@dataclass(frozen=True)
class Mark:
    start: int
    end: int
    message: str
    rule: int | None


class Writing:
    def __init__(self, request: HttpRequest, subject: access.Subject, answers: str) -> None:
        self.request = request
        self.subject = subject
        self.parent: CommentState | None = None
        self.parent_is_gone = False
        self.findings: list[Finding] = []
        if answers:
            self._find_parent(answers)
        self.form = CommentForm(self._data(), user=request.user, initial={"token": tokens.make(self.bound_to)})

    def _find_parent(self, answers: str) -> None:
        try:
            self.parent = access.comment_to_answer(self.subject, answers)
        except Http404:
            if self.request.method != "POST":
                raise
            self.parent_is_gone = True  # while somebody was writing: the text must not be lost

    @property
    def bound_to(self) -> str:
        return f"write {self.subject.key}"

    def _data(self) -> Any:
        if self.request.method != "POST":
            return None
        data = self.request.POST.copy()
        if self.token is None:
            # Shown again at once with a good token, which must not count as too fast.
            data["token"] = tokens.make(self.bound_to, shown_at=tokens.a_while_ago())
        return data

    @cached_property
    def token(self) -> tokens.FormToken | None:
        return tokens.read(self.request.POST.get("token", ""), self.bound_to)

    @property
    def is_preview(self) -> bool:
        return self.request.POST.get("do") == "preview"

    def is_valid(self) -> bool:
        """Whether the form is complete and no check wants a change. Leaves the reasons in the form."""
        if not self.form.is_valid():
            return False
        if self.parent_is_gone:
            self.explain("parent-gone")
            return False
        if self.token is None:
            self.explain("old")
            return False
        self.findings = screen(self.draft, PREVIEW_CHECKS if self.is_preview else CHECKS)
        for finding in self.findings:
            if finding.verdict is not Verdict.HOLD:
                self.form.add_error(finding.field, finding.message)
        return self.form.is_valid()

    @cached_property
    def draft(self) -> Draft:
        given = self.form.cleaned_data
        return Draft(
            page=self.subject.page,
            thread=self.subject.thread,
            user=self.request.user,
            name=self.form.own_name or given["name"],
            text=given["text"],
            language=given["language"],
            parent=self.parent,
            nonce=self.token.nonce if self.token else "",
            seconds=self.token.seconds if self.token else 0,
            trap=given["website"],
            address=limits.hashed_address(self.request),
            insists=self.request.POST.get("do") == "insist",
        )

    def post(self) -> CommentState:
        draft = self.draft
        if not draft.is_guest and not self.form.own_name:
            self._take_name(draft)
        row = services.post_comment(draft=draft, findings=self.findings)
        if draft.is_guest:
            limits.count_visitor(draft.address)
        return row

    def _take_name(self, draft: Draft) -> None:
        try:
            names.give_name(user=draft.user, name=draft.name)
        except IntegrityError as error:
            raise services.Refused("name-taken") from error

    def explain(self, code: str) -> None:
        """Add what cannot be said beside a field."""
        said = {
            "closed": _("This discussion has been closed. Nothing was sent."),
            "parent-gone": _("The comment you answer is not there any more. You can send yours as one of its own."),
            "name-taken": _("Somebody has just taken this name. Choose another, please."),
            "old": _("The form was open for too long. Your text is below; send it again, please."),
        }
        self.form.add_error(None, said[code])

    @property
    def may_insist(self) -> bool:
        """Whether only doubtful things were found, on which a moderator may decide."""
        wanted = [finding.verdict for finding in self.findings if finding.verdict is not Verdict.HOLD]
        return bool(wanted) and set(wanted) == {Verdict.WARN} and len(self.form.errors) == 1

    @cached_property
    def marks(self) -> list[Mark]:
        """The places that were found, in the order of the text."""
        found = [
            Mark(hit.start, hit.end, finding.message, finding.rule)
            for finding in self.findings
            if finding.verdict is not Verdict.HOLD
            for hit in finding.hits
        ]
        return sorted(found, key=lambda mark: mark.start)

    @property
    def marked(self) -> SafeString:
        """The text with the places that were found, numbered."""
        source, done = self.draft.text if self.marks else "", 0
        parts: list[str] = []
        for number, mark in enumerate(self.marks, 1):
            parts.append(escape(source[done : mark.start]))
            parts.append(f"<mark>{escape(source[mark.start : mark.end])}<sup>{number}</sup></mark>")
            done = mark.end
        parts.append(escape(source[done:]))
        return mark_safe("".join(parts).replace("\n", "<br>"))

    def answer(self, *, status: int = 200) -> HttpResponse:
        preview = self.is_preview and status == 200
        context = {
            "form": self.form,
            "subject": self.subject,
            "parent": self.parent,
            "parent_html": text.as_html(self.parent.comment.comment) if self.parent else "",
            "parent_is_gone": self.parent_is_gone,
            "marks": self.marks,
            "marked": self.marked,
            "may_insist": self.may_insist,
            "breadcrumb": breadcrumbs.of_discussion(self.subject, _("Write")),
            "preview": self.draft if preview else None,
            "preview_html": text.as_html(self.draft.text) if preview else "",
            "will_be_held": preview and any(finding.verdict is Verdict.HOLD for finding in self.findings),
        }
        return render(self.request, "community/write.html", context, status=status)
