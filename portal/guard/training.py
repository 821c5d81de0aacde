"""Learning the weights anew: the one part of the guard that no server needs.

scikit-learn does the learning; it is in the dependency group `train` only, since what comes out are a few files of
numbers. The lines of `tests/portal/guard/corpus/`, by which the guard is measured, are never learnt from.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import languages, weights
from .accusations import START, signs
from .folding import fold
from .hits import Kind
from .people import tokens

LINES = Path(__file__).parent / "training"
RARE = 2  # lines in which a sign must have been seen
STRENGTH = 0.3  # of what was seen against believing in nothing (C of the regression)


def lines(code: str) -> Iterator[tuple[str, bool]]:
    """Of `training/<code>.jsonl`, written as those of the corpus: a text, and whether it accuses somebody."""
    for line in (LINES / f"{code}.jsonl").read_text(encoding="utf-8").splitlines():
        known = json.loads(line)
        yield known["text"], Kind.ACCUSATION in known["classes"]


def examples() -> tuple[list[dict[str, int]], list[bool]]:
    """The signs of every line in which somebody is named; those of one language begin with its code."""
    seen, answers = [], []
    for code in languages.CODES:
        for text, accuses in lines(code):
            _reading, found = signs(tokens(fold(text).text), languages.of(code))
            if found:
                seen.append({f"{code}{sign}" if sign.startswith(":") else sign: 1 for sign in found})
                answers.append(accuses)
    return seen, answers


def learn(seen: list[dict[str, int]], answers: list[bool]) -> dict[str, float]:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    often = Counter(sign for each in seen for sign in each)
    table = DictVectorizer()
    matrix = table.fit_transform([{sign: 1 for sign in each if often[sign] >= RARE} for each in seen])
    for part in ("indices", "indptr"):  # liblinear wants them short
        setattr(matrix, part, getattr(matrix, part).astype("int32"))
    model: Any = LogisticRegression(C=STRENGTH, max_iter=500, solver="liblinear").fit(matrix, answers)
    learnt = dict(zip(table.feature_names_, model.coef_[0], strict=True))
    return {START: float(model.intercept_[0]), **learnt}


def write(learnt: dict[str, float]) -> int:
    """The files that `weights` reads; how many signs weigh something."""
    weights.FOLDER.mkdir(exist_ok=True)
    rows: dict[str, list[str]] = {name: [] for name in (weights.ALL, *languages.CODES)}
    for sign, weight in sorted(learnt.items()):
        rounded = f"{weight:.2f}"
        if float(rounded):
            code, colon, rest = sign.partition(":")
            name, short = (code, rest) if colon and code in languages.CODES else (weights.ALL, sign)
            rows[name].append(f"{short}\t{rounded}")
    for name, part in rows.items():
        (weights.FOLDER / f"{name}.tsv").write_text("\n".join(part) + "\n", encoding="utf-8")
    return sum(map(len, rows.values()))
