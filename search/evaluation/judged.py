"""The questions that practitioners ask, judged by hand: search/judged/<language>.yaml."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from wagtail.models import Page

from portal import searchable

from .cases import BEST_GRADE, Case

FOLDER = Path(__file__).resolve().parent.parent / "judged"
ASKS = ("keywords", "question", "inflected", "compound", "typo", "crosslingual")
HALVES = ("dev", "test")


class WrongJudgement(ValueError):
    """Says which file and question, and what is wrong with it."""


def languages() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def read(language: str, half: str = "") -> list[Case]:
    """The questions of a language, of one half if asked; grades still name pages by kind and code."""
    path = FOLDER / f"{language}.yaml"
    cases = [_case(row, language, path.name) for row in yaml.safe_load(path.read_text("utf-8"))]
    return [case for case in cases if not half or case.half == half]


def _case(row: Mapping[str, Any], language: str, name: str) -> Case:
    text, asks, half, grades = (row.get(key) for key in ("query", "asks", "half", "relevant"))
    where = f"{name}: {text!r}"
    if not isinstance(text, str) or not text.strip():
        raise WrongJudgement(f"{name}: a question without text: {row}")
    if asks not in ASKS or half not in HALVES:
        raise WrongJudgement(f"{where}: asks one of {', '.join(ASKS)}; half is dev or test")
    if not isinstance(grades, dict) or not all(grade in range(1, BEST_GRADE + 1) for grade in grades.values()):
        raise WrongJudgement(f"{where}: relevant gives pages grades from 1 to {BEST_GRADE}")
    return Case(text=text, language=language, grades=grades, asks=asks, half=half)


def names_of_subjects() -> dict[str, str]:
    """What the judgements call each subject of this site: its kind and its code, the same in every language."""
    named: dict[str, str] = {}
    page: Any
    for page in Page.objects.filter(live=True, depth__gt=1).specific().iterator(100):
        if kind := getattr(page, "kind", ""):
            named[str(page.translation_key)] = f"{kind}/{getattr(page, 'code', '') or page.slug}"
    for registration in searchable.registrations():
        instance: Any
        for instance in registration.model._default_manager.all():
            if code := getattr(instance, "code", ""):
                named[str(instance.translation_key)] = f"{registration.kind}/{code}"
    return named


def check_names(cases: Iterable[Case], named: Mapping[str, str]) -> None:
    """A grade for a page that the site does not have would count as a miss for ever."""
    known = set(named.values())
    unknown = sorted({name for case in cases for name in case.grades if name not in known})
    if unknown:
        raise WrongJudgement(
            f"The site has no {', '.join(unknown)}: load its content, or correct the files in {FOLDER.name}/."
        )
