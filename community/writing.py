"""One visit to the form: what was typed, what is wrong with it, what happens to it."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from . import access, breadcrumbs, names, services, text, tokens
from .forms import CommentForm
from .groups.roles import name_in
from .models import CommentState
from .screening import CHECKS, CHECKS_UNDER_LOCK, PREVIEW_CHECKS, Draft, Finding, Verdict, limits, screen
from .threads import pace


@dataclass(frozen=True)
class Mark:
    start: int
    end: int
    message: str
    rule: int | None


class Writing:
    form_class: type[CommentForm] = CommentForm
    checks, preview_checks = CHECKS, PREVIEW_CHECKS
    row: CommentState | None = None  # what is changed, where it is not new

    def __init__(self, request: HttpRequest, subject: access.Subject, answers: str = "") -> None:
        self.request = request
        self.subject = subject
        self.parent: CommentState | None = None
        self.parent_is_gone = False
        self.findings: list[Finding] = []
        if answers:
            self._find_parent(answers)
        self.form = self.form_class(self._data(), user=request.user, initial=self.initial)

    @property
    def initial(self) -> dict[str, Any]:
        return {"token": partial(tokens.make, self.bound_to)}  # made where the form is shown

    @property
    def action(self) -> str:
        """Where the form is sent to."""
        if self.parent is None:
            return reverse("community:write", args=[self.subject.key])
        return reverse("community:reply", args=[self.subject.key, self.parent.public_id])

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
        if self.token is not None:
            return self.request.POST
        # Shown again at once with a good token, which must not count as too fast.
        data = self.request.POST.copy()
        data["token"] = tokens.make(self.bound_to, shown_at=tokens.a_while_ago())
        return data

    @cached_property
    def token(self) -> tokens.FormToken | None:
        return tokens.read(self.request.POST.get("token", ""), self.bound_to)

    @property
    def wants_cover(self) -> bool:
        """“Replace by [removed]”: the form comes back with what was found taken out, nothing is sent."""
        return self.request.POST.get("do") == "cover"

    def cover(self) -> None:
        """Take the found places out of the text in the form."""
        words = covered(self.draft.text, self.marks)
        given = {**self._data().dict(), "text": words}
        self.form = self.form_class(given, user=self.request.user, initial=self.initial)
        self.form.is_valid()
        self.findings = []
        self.__dict__.pop("marks", None)

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
        self.findings = self.find()
        if self.wants_cover:
            self.cover()
            return False
        for finding in self.findings:
            if finding.verdict is not Verdict.HOLD:
                self.form.add_error(finding.field, finding.message)
        return self.form.is_valid()

    def find(self) -> list[Finding]:
        return screen(self.draft, self.preview_checks if self.is_preview or self.wants_cover else self.checks)

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
            address="" if self.request.user.is_authenticated else limits.hashed_address(self.request),
            insists=self.request.POST.get("do") == "insist",
            is_open=self.subject.is_open,
            edited=self.row,
        )

    def post(self) -> CommentState:
        draft = self.draft
        if not draft.is_guest and not self.form.own_name:
            self._take_name(draft)
        row = self.keep()
        if draft.is_guest:
            pace.count_visitor(row.thread, draft.address)
        return row

    def keep(self) -> CommentState:
        return services.post_comment(draft=self.draft, findings=self.findings, again=CHECKS_UNDER_LOCK)

    def _take_name(self, draft: Draft) -> None:
        try:
            names.give_name(user=draft.user, name=draft.name)
        except IntegrityError as error:
            raise services.Refused("name-taken") from error

    def explain(self, code: str, message: str = "") -> None:
        """Add what cannot be said beside a field: of what a check found, its message."""
        said = {
            "closed": _("This discussion has been closed. Nothing was sent."),
            "parent-gone": _("The comment you answer is not there any more. You can send yours as one of its own."),
            "sent-before": _("This form has already sent a comment. Send it again if this is to be another one."),
            "name-taken": _("Somebody has just taken this name. Choose another, please."),
            "old": _("The form was open for too long. Your text is below; send it again, please."),
        }
        self.form.add_error(None, message or said[code])
        if code == "sent-before":
            fresh = tokens.make(self.bound_to, shown_at=tokens.a_while_ago())
            self.form.data = {**self.form.data.dict(), "token": fresh}  # type: ignore[attr-defined]

    @property
    def may_insist(self) -> bool:
        """Whether only doubtful things were found, on which a moderator may decide."""
        wanted = [finding.verdict for finding in self.findings if finding.verdict is not Verdict.HOLD]
        return bool(wanted) and set(wanted) == {Verdict.WARN} and len(self.form.errors) == 1

    @staticmethod
    def marks_of(finding: Finding) -> list[Mark]:
        return [Mark(hit.start, hit.end, finding.message, finding.rule) for hit in finding.hits]

    @property
    def shown_name(self) -> str:
        """What will stand above the comment."""
        thread, draft = self.subject.thread, self.draft
        return name_in(thread, draft.user, draft.language) if thread and thread.by_role else draft.name

    @cached_property
    def marks(self) -> list[Mark]:
        """The places that were found, in the order of the text."""
        found = [finding for finding in self.findings if finding.verdict is not Verdict.HOLD]
        return sorted((mark for each in found for mark in self.marks_of(each)), key=lambda mark: mark.start)

    @property
    def marked(self) -> SafeString:
        return marked(self.draft.text if self.marks else "", self.marks)

    @property
    def context(self) -> dict[str, Any]:
        return {
            "form": self.form,
            "action": self.action,
            "subject": self.subject,
            "parent": self.parent,
            "parent_html": text.as_html(self.parent.comment.comment) if self.parent else "",
            "parent_is_gone": self.parent_is_gone,
            "marks": self.marks,
            "marked": self.marked,
            "may_insist": self.may_insist,
            "was_covered": self.wants_cover and not self.marks,
            "breadcrumb": breadcrumbs.of_discussion(self.subject, _("Write")),
        }

    def answer(self, *, status: int = 200) -> HttpResponse:
        if self.wants_cover and not self.form.errors:
            status = 200
        preview = self.is_preview and status == 200
        context = {
            **self.context,
            "preview": self.draft if preview else None,
            "shown_name": self.shown_name if preview else "",
            "preview_html": text.as_html(self.draft.text) if preview else "",
            "will_be_held": preview and any(finding.verdict is Verdict.HOLD for finding in self.findings),
        }
        return render(self.request, "community/write.html", context, status=status)


def covered(source: str, marks: list[Mark]) -> str:
    """The text with “[removed]” in the places that were found."""
    done = 0
    parts: list[str] = []
    for mark in marks:
        parts += [source[done : mark.start], pgettext("in place of what was taken out of a text", "[removed]")]
        done = mark.end
    return "".join([*parts, source[done:]])


def marked(source: str, marks: list[Mark], first: int = 1) -> SafeString:
    """The text with the places that were found, numbered."""
    done = 0
    parts: list[str] = []
    for number, mark in enumerate(marks, first):
        parts.append(escape(source[done : mark.start]))
        parts.append(f"<mark>{escape(source[mark.start : mark.end])}<sup>{number}</sup></mark>")
        done = mark.end
    parts.append(escape(source[done:]))
    return mark_safe("".join(parts).replace("\n", "<br>"))
