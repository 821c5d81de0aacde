"""The stored figures against which a change is judged: search/judged/baseline.json.

It keeps the nDCG@10 of every question of the test half, so that the same questions are compared.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .cases import Outcome
from .judged import FOLDER
from .metrics import Estimate, gain, ndcg

FILE = FOLDER / "baseline.json"
RENEW = "manage.py search_eval --renew-baseline"

Figures = dict[str, dict[str, dict[str, float]]]  # engine, language, question


@dataclass(frozen=True)
class Change:
    """How the answers of an engine in a language differ from the stored ones."""

    engine: str
    language: str
    gain: Estimate
    compared: int
    new: int  # questions that the baseline does not have
    worse: tuple[str, ...]  # the questions that lost most

    @property
    def is_drop(self) -> bool:
        return self.gain.high < 0

    def __str__(self) -> str:
        return (
            f"{self.engine}, {self.language}: nDCG@10 {self.gain.mean:+.3f} "
            f"[{self.gain.low:+.3f}, {self.gain.high:+.3f}] on {self.compared} questions"
        )


def figures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    return {o.case.text: round(ndcg(o), 3) for o in outcomes if o.case.has_answer}


def read(path: Path = FILE) -> Figures:
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def write(measured: Mapping[str, Mapping[str, Sequence[Outcome]]], path: Path = FILE) -> None:
    """Keep what was measured; engines that were not keep their figures."""
    kept = read(path)
    for engine, languages in measured.items():
        kept[engine] = {language: figures(outcomes) for language, outcomes in sorted(languages.items())}
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def compare(engine: str, measured: Mapping[str, Sequence[Outcome]], stored: Figures) -> list[Change]:
    return [_change(engine, language, outcomes, stored) for language, outcomes in sorted(measured.items())]


def _change(engine: str, language: str, outcomes: Sequence[Outcome], stored: Figures) -> Change:
    before = stored.get(engine, {}).get(language, {})
    after = figures(outcomes)
    common = [text for text in after if text in before]
    lost = sorted((after[text] - before[text], text) for text in common)
    return Change(
        engine=engine,
        language=language,
        gain=gain([before[text] for text in common], [after[text] for text in common]),
        compared=len(common),
        new=len(after) - len(common),
        worse=tuple(f"{difference:+.2f} {text}" for difference, text in lost[:5] if difference < 0),
    )


def complaint(changes: Sequence[Change]) -> str:
    """What a failing build says; empty if nothing became significantly worse."""
    drops = [change for change in changes if change.is_drop]
    if not drops:
        return ""
    lines = ["The search answers the judged questions worse than the stored baseline:"]
    for change in drops:
        lines += [f"  {change}", *(f"    {text}" for text in change.worse)]
    lines += [
        "See `manage.py search_eval --half dev` for a half you may tune on. If the drop is meant, for example since",
        f"content or judgements changed, run `{RENEW}` and say why in the commit.",
    ]
    return "\n".join(lines)
