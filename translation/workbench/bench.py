"""Everything the workbench shows of one translation. The number of queries does not depend on the number of texts."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from .. import adapting, checks, places, states, writing
from ..differences import plain
from ..faults import Fault
from ..known import TOOL, Suggestion
from ..models import Adaptation, SegmentComment, TextEvent
from ..remarks import reasons, remarked
from ..terms import Glossary, Hit, glossary
from ..texts import Key
from . import tokens
from .structure import NAMES, elements

DONE, TO_DO, CHANGED, MACHINE, WRONG = "done", "todo", "changed", "machine", "wrong"
STATES: dict[str, Any] = {
    DONE: pgettext_lazy("state of a text", "done"),
    TO_DO: pgettext_lazy("state of a text", "to do"),
    CHANGED: pgettext_lazy("state of a text", "original changed"),
    MACHINE: pgettext_lazy("state of a text", "not read yet"),
    WRONG: pgettext_lazy("state of a text", "cannot be used"),
}
LINE = 40  # letters, as on a phone
MOST_LINES = 24
ALL = "all"
FILTERS: dict[str, Any] = {
    ALL: gettext_lazy("All texts"),
    TO_DO: gettext_lazy("To do"),
    CHANGED: gettext_lazy("Original changed"),
}


@dataclass(frozen=True)
class Version:
    """A text that stood here once; `event` and `which` say where the history has it."""

    text: str
    event: TextEvent
    which: str
    is_now: bool


@dataclass
class Row:
    """One text beside its original."""

    number: int
    segment: StringSegment
    stands: places.Place
    element: str
    text: StringTranslation | None
    history: list[TextEvent]
    is_changed: bool
    typed: str = ""
    problems: list[checks.Problem] = field(default_factory=list)
    conflict: writing.Conflict | None = None
    is_refused: bool = False
    sent_reasons: dict[str, str] | None = None
    begins: str = ""  # the heading of what begins here
    suggestions: list[Suggestion] = field(default_factory=list)
    terms: list[Hit] = field(default_factory=list)
    comments: list[SegmentComment] = field(default_factory=list)
    comments_at: int | None = None  # the row that shows them
    adaptation: Adaptation | None = None

    template = "translation/workbench/_segment.html"

    def __post_init__(self) -> None:
        self.typed = self.shown(self.text.data) if self.text else ""

    def shown(self, data: str) -> str:
        return tokens.shown(data, self.segment.string.data, self.stands)

    @property
    def pk(self) -> int:
        return self.segment.pk

    @property
    def token(self) -> str:
        """Of what is shown; after a conflict of what is there now, so that saving again is a decision."""
        return writing.token(self.conflict.current if self.conflict else self.text)

    @property
    def state(self) -> str:
        if self.text is None:
            return CHANGED if self.is_changed else TO_DO
        if self.text.has_error:
            return WRONG
        is_machine = self.text.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
        return MACHINE if is_machine else DONE

    @property
    def is_from_memory(self) -> bool:
        """And nobody has read it in this place."""
        return self.state == MACHINE and self.text is not None and self.text.tool_name == TOOL

    @property
    def state_label(self) -> str:
        if self.is_from_memory:
            return pgettext("state of a text", "from memory, not read yet")
        return str(STATES[self.state])

    @property
    def theirs(self) -> str:
        current = self.conflict.current if self.conflict else None
        return self.shown(current.data) if current else ""

    @property
    def name(self) -> str:
        if self.stands.kind == "text":
            return self.stands.label
        level = f" {self.element[1:]}" if self.element[1:].isdigit() else ""
        return f"{NAMES.get(self.element, self.stands.label)}{level}"

    @property
    def group(self) -> str:
        return " › ".join(self.stands.labels if self.stands.kind == "html" else self.stands.labels[:-1])

    @cached_property
    def source_parts(self) -> list[tokens.Part]:
        if self.stands.kind == "text":
            return [tokens.Part(tokens.shown(self.segment.string.data, "", self.stands))]
        return tokens.parts(self.segment.string.data, self.segment.string.data)

    @cached_property
    def legend(self) -> list[tuple[tokens.Tag, str]]:
        """What the numbers stand for."""
        attrs = json.loads(self.segment.attrs or "null") or {}
        tags = tokens.tags(self.segment.string.data) if self.stands.kind == "html" else []
        return [(tag, _meaning(tag, attrs.get(tag.id) or {})) for tag in tags]

    @property
    def names(self) -> list[Hit]:
        """The terms of the glossary in the original, each once."""
        return list({hit.notion.key: hit for hit in self.terms}.values())

    def offers(self) -> Iterator[dict[str, Any]]:
        """What the memory suggests, as it would be typed."""
        for one in self.suggestions:
            yield {"one": one, "typed": self.shown(one.text) if one.can_be_used else plain(one.text)}

    @property
    def words(self) -> int:
        return states.words(self.segment.string.data)

    @property
    def rows(self) -> int:
        """The lines of the field, in browsers in which it does not grow with its text."""
        longer = max(self.typed, self.segment.string.data, key=len)
        return min(MOST_LINES, sum(1 + len(line) // LINE for line in longer.split("\n")))

    @property
    def key(self) -> Key:
        return self.segment.string_id, self.segment.context_id

    @property
    def reasons(self) -> Mapping[str, str]:
        """Why warnings about what is written now do not hold."""
        if self.sent_reasons is not None:
            return self.sent_reasons
        return reasons(self.history, self.text.data) if self.text else {}

    def told(self) -> Iterator[dict[str, Any]]:
        """The problems, each with the reason for which it passes, if somebody gave one."""
        for problem in self.problems:
            yield {
                "problem": problem,
                "message": self.said(problem),
                "blocks": problem.level == "error",
                "reason": self.reasons.get(problem.code, ""),
            }

    def said(self, problem: checks.Problem) -> str:
        """Links by the numbers that a translator sees."""
        message = problem.message
        if not problem.code.startswith("link_"):
            return message
        for tag in tokens.tags(self.segment.string.data):
            if tag.id:
                message = re.sub(rf"\b{re.escape(tag.id)}\b", f"⟨{tag.number}⟩", message)
        return message

    def versions(self) -> list[Version]:
        """Newest first; what no event brought stands at the end."""
        now = self.text.data if self.text else ""
        found = [Version(self.shown(one.new), one, "new", one.new == now) for one in self.history if one.new]
        if self.history and self.history[-1].old:
            oldest = self.history[-1]
            found.append(Version(self.shown(oldest.old), oldest, "old", oldest.old == now))
        return found


def _meaning(tag: tokens.Tag, attrs: dict[str, Any]) -> str:
    if tag.name == "a":
        where = attrs.get("href") or attrs.get("linktype") or ""
        return _("link to %(address)s") % {"address": where} if where else _("link")
    names = {"b": _("bold"), "strong": _("bold"), "i": _("italic"), "em": _("italic"), "code": _("code")}
    return names.get(tag.name, tag.name)


class Bench:
    def __init__(self, translation: Translation) -> None:
        self.translation = translation
        self.rows = self._rows()
        self._looked_at: dict[tuple[int, str], list[checks.Problem]] = {}

    def _rows(self) -> list[Row]:
        source = self.translation.source
        segments = StringSegment.objects.filter(source=source).select_related("string", "context").order_by("order")
        segments = list(segments)
        around = elements(source.pk, segments)
        history = writing.history(self.translation)
        found: dict[tuple[int, int], StringTranslation] = {}
        earlier: dict[int, set[int]] = defaultdict(set)
        for text in self._texts():
            found[text.translation_of_id, text.context_id] = text
            earlier[text.context_id].add(text.translation_of_id)
        here: dict[int, set[int]] = defaultdict(set)
        for one in segments:
            here[one.context_id].add(one.string_id)
        return [
            Row(
                number=number,
                segment=one,
                stands=places.place(source, one),
                element=around.get(one.pk, ""),
                text=found.get((one.string_id, one.context_id)),
                history=history.get((one.context.path, one.string.data_hash), []),
                is_changed=bool(earlier[one.context_id] - here[one.context_id]),
            )
            for number, one in enumerate(segments, 1)
        ]

    def _texts(self) -> list[StringTranslation]:
        """All that was ever written here, also for what the original does not say any more."""
        translation = self.translation
        rows = StringTranslation.objects.filter(
            context__object_id=translation.source.object_id, locale=translation.target_locale_id
        )
        return list(rows.select_related("last_translated_by"))

    @cached_property
    def glossary(self) -> Glossary:
        source, language = self.translation.source, self.translation.target_locale.language_code
        return glossary(source.locale.language_code, language, own=source.object_id)

    def check(self, *rows: Row) -> None:
        """Look at what is written; what was refused a moment ago was looked at already."""
        for row in rows:
            if row.text and not row.is_refused:
                row.problems = list(self._found(row.text, row))

    def faults(self) -> Iterator[Fault]:
        """As `translation.faults` finds them, in what was looked at to be shown."""
        for row in self.rows:
            if row.text and not row.text.has_error and (errors := checks.errors(self._found(row.text, row))):
                yield Fault(row.segment, row.text.data, errors)

    def lacking(self) -> int:
        """The warnings without a reason, as `translation.remarks` counts them, in what was looked at to be shown."""
        return sum(
            remarked(self._found(row.text, row), row.history, row.text.data, is_adapted=row.key in self.adapted).lacking
            for row in self.rows
            if row.text and not row.text.has_error
        )

    @cached_property
    def adapted(self) -> dict[Key, Adaptation]:
        return adapting.of_translation(self.translation)

    def _found(self, text: StringTranslation, row: Row) -> list[checks.Problem]:
        """What is wrong with the text that stands there; each is looked at once."""
        key = row.pk, text.data
        if key not in self._looked_at:
            found = writing.problems(self.translation, row.segment, text.data, row.stands)
            self._looked_at[key] = found + self.glossary.problems(row.segment.string.data, text.data)
        return self._looked_at[key]

    def row(self, pk: int) -> Row | None:
        return next((row for row in self.rows if row.pk == pk), None)

    def like(self, string: str, path: str) -> Row | None:
        """The text that was sent, where the original was handed out anew meanwhile and still says it."""
        wanted = (string, path)
        return next(
            (row for row in self.rows if (str(row.segment.string_id), row.segment.context.path) == wanted), None
        )

    def shown(self, which: str) -> list[Row]:
        if which == TO_DO:
            return [row for row in self.rows if row.state != DONE]
        if which == CHANGED:
            return [row for row in self.rows if row.state == CHANGED]
        return self.rows

    def next_to_do(self, after: Row) -> Row | None:
        """The next one, from the top again after the last."""
        later = [row for row in self.rows if row.number > after.number] + self.rows
        return next((row for row in later if row.state != DONE and row.pk != after.pk), None)

    def filters(self) -> list[dict[str, Any]]:
        return [{"code": code, "label": label, "count": len(self.shown(code))} for code, label in FILTERS.items()]

    @property
    def progress(self) -> dict[str, int]:
        done = [row for row in self.rows if row.state == DONE]
        words, written = sum(row.words for row in self.rows), sum(row.words for row in done)
        return {"texts": len(self.rows), "done": len(done), "words": words, "words_left": words - written}
