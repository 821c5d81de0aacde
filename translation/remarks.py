"""What the checks and the glossary warn of in a translation, each with the reason for which it is right all the same.

A warning of a text that readers do not see yet needs its reason before the text is handed in, by whatever way the text
came: the reviewer judges both. What differs from the original on purpose has said why. What readers see already, and
what is called otherwise elsewhere, needs none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wagtail_localize.models import Translation

from . import texts, writing
from .checks import Problem
from .models import Adaptation, TextEvent
from .terms import glossary


@dataclass(frozen=True)
class Remark:
    problem: Problem
    reason: str = ""

    @property
    def message(self) -> str:
        return self.problem.message


@dataclass
class Remarked:
    """One text, and what is to be said of it."""

    remarks: list[Remark]
    is_public: bool

    @property
    def lacking(self) -> int:
        """How many warnings still need a reason."""
        return 0 if self.is_public else sum(not one.reason for one in self.remarks)


def remarked(
    problems: Iterable[Problem], history: Sequence[TextEvent], text: str, *, is_adapted: bool = False
) -> Remarked:
    """Of `text`, as it is written now, with its `history` from the newest on; what has none was loaded as public."""
    warnings = [] if is_adapted else [problem for problem in problems if not problem.blocks]
    given = reasons(history, text)
    is_public = not history or any(event.was_public and event.new == text for event in history)
    return Remarked([Remark(problem, given.get(problem.code, "")) for problem in warnings], is_public)


def reasons(history: Sequence[TextEvent], text: str) -> Mapping[str, str]:
    """Those that were given with what is written now."""
    newest = history[0] if history else None
    return newest.reasons if newest and newest.new == text else {}


def remarks(translation: Translation) -> dict[texts.Key, Remarked]:
    """Of all its texts. The number of queries is fixed."""
    history = writing.history(translation)
    key = translation.source.object_id
    known = glossary(translation.source.locale.language_code, translation.target_locale.language_code, own=key)
    adapted = Adaptation.objects.filter(context__object_id=key, locale=translation.target_locale_id)
    on_purpose = set(adapted.values_list("string_id", "context_id"))
    written = texts.by_key(texts.written(translation).filter(has_error=False))
    found = {}
    for segment in texts.segments(translation):
        here = (segment.string_id, segment.context_id)
        if here in written:
            text = written[here].data
            problems = writing.problems(translation, segment, text) + known.problems(segment.string.data, text)
            events = history.get((segment.context.path, segment.string.data_hash), [])
            found[here] = remarked(problems, events, text, is_adapted=here in on_purpose)
    return found


def lacking(translation: Translation) -> int:
    return sum(one.lacking for one in remarks(translation).values())
