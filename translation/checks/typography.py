"""Spaces, punctuation and quotation marks, as the language of the translation sets them."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..languages import LANGUAGES
from .pair import Pair, Problem, warning

SPACES = " \u00a0\u202f\u2009"
HARD = "\u00a0\u202f"
DOUBLE = re.compile(rf"[{SPACES}]{{2,}}")
EDGE = re.compile(rf"^[{SPACES}\n]|[{SPACES}\n]$")

# Marks of a sentence's end, without what may close around them.
CLOSING = "\"'’”“»«›‹)]*" + SPACES + "\n"
ENDS = {".": ".", "…": "…", "!": "!", "?": "?", ":": ":", ";": ";", "。": "."}

FRENCH_BARE = re.compile(
    rf"(?<=[^\s{HARD};:!?.,«(\[…])[;:!?](?=[\s{HARD}»”)\]]|$)|(?<=[^\s{HARD}(\[])»|«(?=[^\s{HARD}])"
)
FRENCH_SOFT = re.compile(r"(?<=\S) [;:!?»](?=\W|$)|« ")
SPACE_BEFORE = re.compile(rf"(?<=\w)[{SPACES}](?:[;:!?](?=\s|$)|,)")

EVERY_QUOTE = {sign for language in LANGUAGES.values() for sign in language.quotes}
STRAIGHT = re.compile(r"[\"`]|(?<!\w)'|'(?!\w)")


def check(pair: Pair) -> Iterator[Problem]:
    if DOUBLE.search(pair.plain) and not DOUBLE.search(pair.plain_source):
        yield warning("double_space", _("Two spaces stand side by side."))
    if EDGE.search(pair.plain) and not EDGE.search(pair.plain_source):
        yield warning("edge_space", _("A space stands at the beginning or the end."))
    yield from _end(pair)
    yield from _french(pair) if pair.language == "fr" else _no_space(pair)
    yield from _quotes(pair)
    if pair.language == "es":
        yield from _spanish(pair)


def ending(text: str) -> str:
    bare = text.rstrip(CLOSING)
    return "…" if bare.endswith("...") else ENDS.get(bare[-1:], "")


def _end(pair: Pair) -> Iterator[Problem]:
    source, text = ending(pair.prose_source), ending(pair.prose)
    if source != text:
        if not text:
            yield warning("end", _("The original ends with “%(mark)s”, the translation does not.") % {"mark": source})
        else:
            yield warning("end", _("The translation ends with “%(mark)s”, the original does not.") % {"mark": text})


def _french(pair: Pair) -> Iterator[Problem]:
    if FRENCH_SOFT.search(pair.prose):
        text = _("A no-break space belongs before ; : ! ? and inside « »: an ordinary one lets the line break there.")
        yield warning("spacing", text)
    elif FRENCH_BARE.search(pair.prose):
        yield warning("spacing", _("French sets a no-break space before ; : ! ? and inside « »."))


def _no_space(pair: Pair) -> Iterator[Problem]:
    if SPACE_BEFORE.search(pair.prose) and not SPACE_BEFORE.search(pair.prose_source):
        yield warning("spacing", _("No space belongs before a punctuation mark in this language."))


def _quotes(pair: Pair) -> Iterator[Problem]:
    if pair.language not in LANGUAGES:
        return
    allowed = LANGUAGES[pair.language].quotes
    used = [char for char in pair.prose if char in EVERY_QUOTE]
    strange = [char for char in dict.fromkeys(used) if char not in allowed]
    if STRAIGHT.search(pair.prose) and not STRAIGHT.search(pair.prose_source):
        strange.append('"')
    if strange:
        marks = {"found": " ".join(strange), "wanted": f"{allowed[0]}…{allowed[1]}"}
        yield warning("quotes", _("Quotation marks of another language: %(found)s. Here they are %(wanted)s.") % marks)
    elif opened := _unequal(used, *allowed[:2]):
        yield warning("quotes", _("A quotation is opened or not closed: %(mark)s") % {"mark": opened})


def _unequal(used: list[str], opening: str, closing: str) -> str:
    if closing == "’":  # an apostrophe as well
        return ""
    return opening if used.count(opening) != used.count(closing) else ""


def _spanish(pair: Pair) -> Iterator[Problem]:
    for closing, opening in (("?", "¿"), ("!", "¡")):
        if pair.prose.count(closing) > pair.prose.count(opening):
            yield warning("spanish_marks", _("Spanish opens this sentence with %(mark)s.") % {"mark": opening})
            return
