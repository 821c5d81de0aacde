"""What the words themselves tell: copied, doubled, far too short or long."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.languages import language_name
from portal.words.guessing import other_language

from ..languages import LANGUAGES
from .pair import Pair, Problem, warning

DOUBLED = re.compile(r"(?<![\w’'-])([^\W\d_]{2,})[ \u00a0\u202f\n]+\1(?![\w’'-])", re.I)
QUOTED = re.compile("[“„«»][^“„”«»]*[“”«»]")  # such as a title in its own language
SHORT = 25  # characters of an original whose translation may be of any length
TOO_SHORT, TOO_LONG = 0.5, 2.0
COPIED_WORDS = 4  # of which a name or a title in the language of the original seldom has as many


def check(pair: Pair) -> Iterator[Problem]:
    if pair.is_copy:
        if len(pair.words) >= COPIED_WORDS:
            yield warning("same", _("The translation is the same as the original."))
    else:
        yield from _ratio(pair)
        if other := other_language(QUOTED.sub(" ", pair.prose), pair.language):
            named = {"language": language_name(other)}
            yield warning("language", _("This seems to be written in: %(language)s.") % named)
    yield from _doubled(pair)


def _ratio(pair: Pair) -> Iterator[Problem]:
    source, text = len(pair.plain_source), len(pair.plain)
    if source < SHORT and text < 2 * SHORT:
        return
    if text < source * TOO_SHORT:
        yield warning("ratio", _("The translation is much shorter than the original."))
    elif text > source * TOO_LONG:
        yield warning("ratio", _("The translation is much longer than the original."))


def _doubled(pair: Pair) -> Iterator[Problem]:
    usual = LANGUAGES[pair.language].said_twice.split() if pair.language in LANGUAGES else []
    before = {word.lower() for word in DOUBLED.findall(pair.prose_source)}
    found = [word for word in DOUBLED.findall(pair.prose) if word.lower() not in {*usual, *before}]
    if found:
        yield warning("doubled", _("“%(word)s” stands there twice in a row.") % {"word": found[0]})
