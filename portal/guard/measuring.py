"""How well the guard does on lines whose answer is known: by class and by language."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .engine import inspect
from .hits import Kind


@dataclass
class Score:
    """Of one language."""

    right: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    harmless: int = 0  # lines that must pass
    alarms: int = 0  # those of them that do not

    def recall(self, kind: str) -> float:
        return _share(self.right[kind], self.right[kind] + self.missed[kind])

    def precision(self, kind: str) -> float:
        return _share(self.right[kind], self.right[kind] + self.false[kind])

    @property
    def false_alarms(self) -> float:
        return self.alarms / self.harmless if self.harmless else 0.0


def score(lines: Iterable[str]) -> Score:
    """`lines` are JSON: {"text": ..., "lang": ..., "classes": [...]}."""
    total = Score()
    for line in lines:
        if not line.strip():
            continue
        known = json.loads(line)
        expected = set(known["classes"])
        found = {str(hit.kind) for hit in inspect(known["text"], known.get("lang") or "")}
        total.right.update(expected & found)
        total.missed.update(expected - found)
        total.false.update(found - expected)
        if not expected:
            total.harmless += 1
            total.alarms += bool(found)
    return total


def table(scores: dict[str, Score]) -> str:
    """Recall and precision of each class, in per cent, and the false alarms, as text in columns."""
    head = ["recall/precision", *scores]
    rows = [[kind.value, *(_cell(each, kind.value) for each in scores.values())] for kind in Kind]
    rows.append(["false alarms", *(f"{each.false_alarms:.1%}" for each in scores.values())])
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in [head, *rows]
    )


def scores_of(folder: Path) -> dict[str, Score]:
    """Of the files <language>.jsonl."""
    return {file.stem: score(file.read_text(encoding="utf-8").splitlines()) for file in sorted(folder.glob("*.jsonl"))}


def _cell(each: Score, kind: str) -> str:
    return f"{each.recall(kind):.0%}/{each.precision(kind):.0%} of {each.right[kind] + each.missed[kind]}"


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
