"""Telephone numbers of people.

Candidates are found by their shape, since `phonenumbers` reads neither letters O nor underscores nor line breaks. It
then says whether such a number exists and whose it is: lines that are free of charge or of shared cost are no person's.
Numbers of cases, grants and books are as long, so that a word before them decides.
"""

import re
from collections.abc import Iterator
from contextlib import suppress

import phonenumbers
from phonenumbers import PhoneNumberType

from .languages import Language
from .languages.shared import CALL_WORDS, CASE_WORDS, INSTITUTIONS, PHONE_WORDS, UNITS

Span = tuple[int, int]

GAP = r"(?:[ \t\n\r.\-/_·•|()]|,(?=\d))"
# A letter O for nought, an l for one: only in a word that holds a digit ("O77OO").
DIGIT = r"(?:\d|[oOlI](?=[oOlI]{0,2}\d)|(?<=\d)[oOlI](?=[oOlI]?(?!\w))|(?<=\d[oOlI])[oOlI](?!\w))"
THEN = r",?\s(?:then|puis|ensuite|dan|dann|poi|luego|después|despues|després|despres)\s"  # "the 04, then 65 71"
CANDIDATE = re.compile(rf"(?<![\w€$£#])(?:\+[ \t]?|\(\+?)?{DIGIT}(?:(?:{GAP}{{0,4}}|{THEN}){DIGIT}){{4,15}}(?![\w%€])")
DATE = re.compile(
    r"(?:[0-3]?\d[-./ ][01]?\d[-./ ](?:19|20)\d\d|(?:19|20)\d\d[-./][01]?\d[-./][0-3]?\d)(?!\d)(?:\s+[0-2]?\d[.:]\d\d(?:-[0-2]?\d[.:]\d\d)?)?"
)
FRACTION = re.compile(r"0[.,]\d+$")
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ .,]000)+$|[1-9]\d{0,2}(?:\.\d{3})+,\d\d$")
YEARS = re.compile(r"(?:19|20)\d\d[ ]?[-/][ ]?(?:19|20)\d\d")
ACCOUNT = re.compile(r"(?-i:[A-Z]{2})\d{2}[ -]?[A-Z]{4}[ -]?$")  # the beginning of an account number
BEFORE, AFTER = 45, 24  # characters in which a word tells what a number is
OPEN_TO_ALL = {
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.UAN,
}
# Lines of services, by the language of those who write them: 081 is a service in France and Naples in Italy.
SERVICES = {
    "": r"0?80[08]\d|0?90[069]\d|116\d{3}$",
    "en": r"03[0347]\d{8}$|08(?:4[3-5]|7[0-3])\d{7}$",
    "fr": r"08\d{8}$|0(?:78|90)\d{6}$",
    "nl": r"0(?:78|90)\d{6}$|088\d{7}$",
    "de": r"0(?:180|137|32|700)\d",
    "it": r"(?:89[259]|84[08])\d|19[9]\d",
    "es": r"(?:90[0-2]|80[367]|70[14])\d{6}$",
    "ca": r"(?:90[0-2]|80[367]|70[14])\d{6}$",
}
SERVICE = {code: re.compile(f"{SERVICES['']}|{own}") for code, own in SERVICES.items() if code}
LETTERS = str.maketrans("oOlI", "0011")
MOST = 40  # in one text; more tell nothing new


def find(text: str, language: Language, *, spelt_out: bool = False) -> Iterator[Span]:
    """`spelt_out`: numbers that were written in words, which nobody does with those of a case."""
    found = 0
    for start, end in _candidates(text):
        if found >= MOST:
            return
        if _is_phone(text, start, end, language, spelt_out):
            found += 1
            yield start, end


def _candidates(text: str) -> Iterator[Span]:
    """Runs of digits; a date at their beginning is left out, and two numbers side by side are parted."""
    place = 0
    while match := CANDIDATE.search(text, place):
        start, end = match.span()
        date = DATE.match(text, start)
        if date or (date := YEARS.match(text, start)):
            place = date.end()
            continue
        cut = re.search(r",\s|\s?[/|]\s(?=[+0(])|\n\s*\n|(?<=\d{3})\s(?=\+|00\d)|\s-\s(?=[+0(])", text[start:end])
        if cut and sum(map(str.isdigit, text[start : start + cut.start()])) >= 6:
            end = start + cut.start()
        yield start, end
        place = end


def _is_phone(text: str, start: int, end: int, language: Language, spelt_out: bool) -> bool:
    written = text[start:end]
    digits = _digits(written)
    if sum(map(str.isdigit, written)) < 5 or len(digits) < 6 or FRACTION.match(written) or THOUSANDS.match(written):
        return False
    before, after = text[max(0, start - BEFORE) : start].lower(), text[end : end + AFTER].lower()
    asked_for = spelt_out or bool(PHONE_WORDS.search(before)) or bool(PHONE_WORDS.search(after.split(".")[0]))
    if ACCOUNT.search(text, max(0, start - 14), start):
        return False
    case = CASE_WORDS.search(before)
    if case and not written.startswith("+") and not CALL_WORDS.search(before, case.start()):
        return False
    if UNITS.match(after) and not asked_for:
        return False
    if INSTITUTIONS.search(before) and not _is_mobile(digits, language.regions):
        return False
    international = _international(written, digits)
    if international:
        return _exists_abroad(international, asked_for)
    return _exists_at_home(written, digits, language, asked_for)


def _is_mobile(digits: str, regions: tuple[str, ...]) -> bool:
    return any(
        phonenumbers.number_type(parsed) in {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
        for parsed in _parsed(digits, regions)
    )


def _parsed(digits: str, regions: tuple[str, ...]) -> Iterator[phonenumbers.PhoneNumber]:
    for region in dict.fromkeys(regions):
        with suppress(phonenumbers.NumberParseException):
            parsed = phonenumbers.parse(digits, region)
            if phonenumbers.is_valid_number_for_region(parsed, region):
                yield parsed


def _digits(written: str) -> str:
    return re.sub(r"\D", "", re.sub(r"[^\W\doOlI]{2,}", "", written).translate(LETTERS))


def _international(written: str, digits: str) -> str:
    if "(0)" in written.replace(" ", ""):
        digits = re.sub(r"^((?:00)?\d{1,3}?)0(?=[1-9])", r"\1", digits)
    if "+" in written[:2]:
        return f"+{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") and len(digits) >= 10 else ""


def _exists_abroad(number: str, asked_for: bool) -> bool:
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return asked_for
    if phonenumbers.number_type(parsed) in OPEN_TO_ALL:
        return False
    return phonenumbers.is_possible_number(parsed) or (asked_for and 8 <= len(number) <= 16)


def _exists_at_home(written: str, digits: str, language: Language, asked_for: bool) -> bool:
    if SERVICE[language.code].match(digits):
        return False
    if digits.startswith("0"):
        grouped = bool(re.search(r"\d\D+\d", written))
        if not 8 <= len(digits) <= 13:
            return False
        return asked_for or (grouped and len(digits) >= 9) or _is_valid(digits, language.regions)
    if asked_for:
        return 9 <= len(digits) <= 11 or _is_valid(
            digits, (*language.regions, "ES", "IT", "PT", "LU", "AD", "DK", "PL")
        )
    return _is_mobile_without_nought(written, digits, language)


def _is_mobile_without_nought(written: str, digits: str, language: Language) -> bool:
    """Spanish and Italian mobile numbers begin with 6, 7 or 3, and are written in few ways."""
    shapes = language.bare_mobile
    plain = written.strip(" ()").translate(LETTERS)
    if re.fullmatch(r"\d(?:[ .\-]\d){8,10}", plain):
        plain = digits  # "6 7 1 0 9 3 8 4 2"
    return bool(shapes) and bool(re.fullmatch(shapes, plain)) and _is_valid(digits, language.regions)


def _is_valid(digits: str, regions: tuple[str, ...]) -> bool:
    """Whether it can be somebody's number in one of the countries, and is no service line in the first that has it."""
    first = next(_parsed(digits, regions), None)
    return first is not None and phonenumbers.number_type(first) not in OPEN_TO_ALL


def in_links(text: str, link: re.Pattern[str], language: Language) -> Iterator[Span]:
    """A number that is a whole part of a web address, such as that of a messenger."""
    for match in link.finditer(text):
        for part in re.finditer(r"(?<=[/=:])\+?\d{9,14}(?=[/?&#.,;)]|$)", match.group()):
            digits = part.group().lstrip("+")
            messenger = re.search(r"wa\.me|whatsapp|t\.me|tel:|signal\.me|viber", match.group())
            if messenger or (digits.startswith("0") and _is_valid(digits, language.regions)):
                yield match.start() + part.start(), match.start() + part.end()
