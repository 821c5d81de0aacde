"""What each sign of `features` weighs, as `manage.py guard_train` has learnt it from lines that people wrote.

`weights/<code>.tsv` holds what is of one language only, `weights/all.tsv` the rest. A text is read as accusing when the
weights of its signs add up to more than nought.
"""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "weights"
ALL = "all"


@cache
def of(code: str) -> dict[str, float]:
    return {**_read(ALL), **{f":{sign}": weight for sign, weight in _read(code).items()}}


@cache
def _read(name: str) -> dict[str, float]:
    found = {}
    for line in (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        sign, _tab, weight = line.rpartition("\t")
        found[sign] = float(weight)
    return found
