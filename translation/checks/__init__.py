"""What may be wrong with a translated text: pure functions of two texts, asked wherever one is written.

An error would break the page and blocks the text. A warning is for a person to judge: it passes with a reason. Texts
are as wagtail-localize keeps them: inline HTML without attributes but the ids of links, plain text escaped.
"""

from collections.abc import Callable, Iterator
from typing import Literal

from ..languages import written_in
from . import figures, markup, typography, wording
from .pair import Pair, Problem

__all__ = ["Pair", "Problem", "errors", "problems"]

Check = Callable[[Pair], Iterator[Problem]]
CHECKS: tuple[Check, ...] = (markup.check, figures.check, wording.check, typography.check)
OF_COPIES: tuple[Check, ...] = (markup.check, wording.check)  # a title that stays keeps its own punctuation


def problems(
    source: str,
    text: str,
    *,
    source_language: str,
    language: str,
    max_length: int | None = None,
    kind: Literal["html", "text"] = "html",
) -> list[Problem]:
    """Errors first, at most one of each code. `kind` is "text" where the field takes no formatting."""
    if markup.is_too_long(source, text):  # before anything looks at every letter of it
        return [markup.too_long(len(text), markup.room(source))]
    pair = Pair(source, text, written_in(source_language), written_in(language), max_length, kind)
    if not pair.plain.strip():
        return [markup.empty()]
    found: dict[str, Problem] = {}
    for check in OF_COPIES if pair.is_copy else CHECKS:
        for problem in check(pair):
            found.setdefault(problem.code, problem)
    return sorted(found.values(), key=lambda problem: not problem.blocks)


def errors(found: list[Problem]) -> list[Problem]:
    return [problem for problem in found if problem.blocks]
