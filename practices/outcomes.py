"""What came of a practice, as readers see it: statements with their sources, and the good-practice check."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from portal import vocabulary as v
from portal.sources import SourceList

VERDICT_ICONS = {v.Verdict.YES: "check", v.Verdict.PARTLY: "part", v.Verdict.NO: "cross"}


@dataclass(frozen=True)
class Statement:
    text: str
    mark: SafeString | str = ""
    why: str = ""


@dataclass
class Statements:
    """Statements of one kind. A mark that all of them share is printed once, beside them."""

    items: list[Statement] = field(default_factory=list)
    mark: SafeString | str = ""

    def __bool__(self) -> bool:
        return bool(self.items)


@dataclass(frozen=True)
class Check:
    label: str
    icon: str
    verdict: str
    text: str


def statements(outcomes: Iterable[Any], kind: str, sources: SourceList) -> Statements:
    values = [block.value for block in outcomes if block.block_type == kind]
    return _shared([Statement(value["text"], sources.mark(value), value.get("why") or "") for value in values])


def checks(criteria: Iterable[Any]) -> list[Check]:
    """All four criteria as soon as one was checked, so that what was left out is seen."""
    given = {block.value["criterion"]: block.value for block in criteria}
    return [_check(criterion, given.get(criterion.value)) for criterion in v.Criterion] if given else []


def _shared(items: list[Statement]) -> Statements:
    marks = {item.mark for item in items}
    if len(items) > 1 and len(marks) == 1:
        return Statements([Statement(item.text, "", item.why) for item in items], marks.pop())
    return Statements(items)


def _check(criterion: v.Criterion, value: Any) -> Check:
    if value is None or not value["verdict"]:
        return Check(str(criterion.label), "part-o", "", "")
    verdict = value["verdict"]
    return Check(str(criterion.label), VERDICT_ICONS[verdict], v.label(v.Verdict, verdict), value["text"])
