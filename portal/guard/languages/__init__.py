"""What the guard has to know of each language: one module per language, words only, no logic."""

from functools import cache
from importlib import import_module

from .language import Language

CODES = ("en", "fr", "nl", "de", "it", "es", "ca")

__all__ = ["CODES", "Language", "of"]


@cache
def of(code: str) -> Language:
    """That of "nl-BE" is that of "nl"; of an unknown language, English."""
    short = (code or "").lower().replace("_", "-").partition("-")[0]
    found: Language = import_module(f"{__name__}.{short if short in CODES else 'en'}").WORDS
    return found


def told_by(words: list[str], label: str) -> list[Language]:
    """The languages in which a text may accuse: the one it is said to be in, and the one its small words are of.

    People forget to change the language of the form; of a text without a label only its words can tell.
    """
    counts = {code: sum(map(of(code).common.__contains__, words)) for code in CODES}
    likely = max(counts, key=lambda code: counts[code])
    short = (label or "").lower().replace("_", "-").partition("-")[0]
    if short not in CODES:
        return [of(likely)]
    clearly_other = counts[likely] > counts[short] + 2 and counts[likely] > 1.5 * counts[short]
    return [of(short), of(likely)] if clearly_other else [of(short)]
