"""Numbers, dates and addresses, which a translation keeps; it may write them as its language does."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..languages import LANGUAGES
from .pair import Pair, Problem, addresses, warning

GROUPED = re.compile(r"(?<=\d)[.,'’ \u00a0\u202f](?=\d{3}(?!\d))")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
AFTERNOON = re.compile(r"\d\s?p\.?m\b", re.I)


def _numbered(line: str) -> dict[str, int]:
    return {word: number for number, words in enumerate(line.split(), 1) for word in words.split("|")}


WORDS = {code: _numbered(language.numbers) for code, language in LANGUAGES.items()}
NAMES = {code: _numbered(language.months) for code, language in LANGUAGES.items()}
NUMERIC_DATE = re.compile(r"\b(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})\b")


def _dates(code: str) -> re.Pattern[str]:
    """A month counts in a date alone."""
    is_capital = LANGUAGES[code].capital_months
    names = "|".join(name.capitalize() if is_capital else name for name in NAMES[code])
    before = r"(?<!\d)\d{1,2}(?:st|nd|rd|th|er|re|[.ºª])?\s(?:de\s|d[’']|of\s)?"
    return re.compile(rf"{before}({names})\b|\b({names})\s(?:de\s|del\s|of\s)?\d", re.NOFLAG if is_capital else re.I)


DATES = {code: _dates(code) for code in LANGUAGES}


def check(pair: Pair) -> Iterator[Problem]:
    yield from _numbers(pair)
    source = months(pair.prose_source, pair.source_language)
    text = months(pair.prose, pair.language) | {int(number) for number in numbers(pair.prose) if number.isdigit()}
    if pair.language in NAMES and source - text:
        yield warning("dates", _("The original has a date that the translation does not have, or of another month."))
    if changed := sorted(addresses(pair.plain_source) - addresses(pair.plain)):
        found = {"addresses": ", ".join(changed)}
        yield warning("addresses", _("Addresses of the original are missing: %(addresses)s") % found)


def numbers(text: str) -> set[str]:
    """Written in one way: 1,250.5 is 1250,5 in most of the languages, and 1 250,5 in French."""
    found = NUMBER.findall(GROUPED.sub("", NUMERIC_DATE.sub(r"\1 \3 \4", text)))
    return {number.replace(",", ".").lstrip("0") or "0" for number in found}


def months(text: str, language: str) -> set[int]:
    found = DATES[language].findall(text) if language in DATES else []
    return {NAMES[language][(before or after).lower()] for before, after in found}


def _numbers(pair: Pair) -> Iterator[Problem]:
    source, text = numbers(pair.prose_source), numbers(pair.prose)
    said, said_source = _said(pair.words, pair.language), _said(pair.words_source, pair.source_language)
    lost = source - text - said - months_as_numbers(pair.prose, pair.language)
    added = text - source - said_source - months_as_numbers(pair.prose_source, pair.source_language)
    if AFTERNOON.search(pair.prose_source):
        later = {number: str(int(number) + 12) for number in lost if number.isdigit()}
        lost, added = {one for one in lost if later.get(one) not in text}, added - set(later.values())
    if lost:
        found = {"numbers": ", ".join(sorted(lost))}
        yield warning("numbers", _("Numbers of the original are missing: %(numbers)s") % found)
    elif added:
        found = {"numbers": ", ".join(sorted(added))}
        yield warning("numbers", _("The original does not have these numbers: %(numbers)s") % found)


def months_as_numbers(text: str, language: str) -> set[str]:
    return {str(month) for month in months(text, language)}


def _said(words: list[str], language: str) -> set[str]:
    """The small numbers that stand in words."""
    known = WORDS.get(language, {})
    return {str(known[word.lower()]) for word in words if word.lower() in known}
