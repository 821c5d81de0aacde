"""Licence plates: a shape of some country and a word that tells of a vehicle nearby."""

import re
from collections.abc import Iterator

from .languages.shared import PLATE_WORDS, VEHICLE_WORDS

Span = tuple[int, int]

GAP = r"[ .\-·•_]"
# Groups of letters and digits as plates have them; each with one gap or none.
SHAPES = (
    rf"[A-Z]{{2}}{GAP}?\d{{3}}{GAP}?[A-Z]{{2}}",  # FR, IT
    rf"\d{{2}}{GAP}?[A-Z]{{2}}{GAP}?[A-Z]{{2}}|[A-Z]{{2}}{GAP}?[A-Z]{{2}}{GAP}?\d{{2}}|\d{{2}}{GAP}?\d{{2}}{GAP}?[A-Z]{{2}}",
    rf"[A-Z]{{2}}{GAP}?\d{{2}}{GAP}?(?:\d{{2}}|[A-Z]{{2}})|\d{{2}}{GAP}?[A-Z]{{2}}{GAP}?\d{{2}}",  # NL, PT
    rf"\d{{2}}{GAP}?[A-Z]{{3}}{GAP}?\d|\d{GAP}?[A-Z]{{3}}{GAP}?\d{{2,3}}|[A-Z]{{2}}{GAP}?\d{{3}}{GAP}?[A-Z]|[A-Z]{GAP}?\d{{3}}{GAP}?[A-Z]{{2,3}}",
    rf"[A-Z]{{3}}{GAP}?\d{{2}}{GAP}?[A-Z]|\d{GAP}?[A-Z]{{2}}{GAP}?\d{{3}}|\d{{3}}{GAP}?[A-Z]{{2}}{GAP}?\d|[A-Z]{{3}}{GAP}?\d{{3}}|\d{{3}}{GAP}?[A-Z]{{3}}",
    rf"\d{{4}}(?:{GAP}| - )?[A-Z]{{3}}|[A-Z]{{1,2}}{GAP}?\d{{4}}{GAP}?[A-Z]{{1,3}}|\d{{1,4}}{GAP}[A-Z]{{2,3}}{GAP}\d{{2}}",  # ES, FR
    rf"[A-Z]{{1,3}}{GAP}{{1,2}}[A-Z]{{1,2}}{GAP}?\d{{1,4}}[EH]?",  # DE
    rf"[A-Z]{{2}}{GAP}?\d{{2}}{GAP}?[A-Z]{{3}}|[A-Z]{{2}}{GAP}\d{{1,3}}{GAP}?\d{{3}}|[A-Z]\d{{1,3}}{GAP}?[A-Z]{{3}}|[A-Z]{{3}}{GAP}?\d{{1,3}}[A-Z]|[A-Z]{{1,3}}{GAP}?\d{{1,4}}",  # UK
    rf"\d{{2,3}}{GAP}[A-Z]{{1,2}}{GAP}\d{{1,6}}|[A-Z]{{1,2}}{GAP}?\d{{1,6}}{GAP}?[A-Z]{{0,3}}|[A-Z]{{2,3}}{GAP}?\d{{1,2}}[A-Z]{{0,2}}\d{{0,3}}",
    rf"[A-Z]{{1,2}}{GAP}?\d{{2,3}}{GAP}?[A-Z]{{3}}|[A-Z]{{2,3}}{GAP}?[A-Z\d]{{4,5}}",  # RO, PL
)
PLATE = re.compile(
    rf"(?<![\w@./+-])(?=[\w .\-·•]{{0,8}}\d)(?=[\w .\-·•]{{0,9}}[A-Z])(?:{'|'.join(SHAPES)})(?![\w@]|-\w|/\d)",
    re.IGNORECASE,
)
NO_PLATE = re.compile(
    r"(?:[AEBNMD][ -]?\d{1,4}|covid[ -]?19|h2020|wp[ -]?\d+|iso[ -]?\d+|(?:19|20)\d\d[ -]?[a-z]{1,3}|[a-z]{1,3}[ -]?(?:19|20)\d\d|"
    r"\d{1,3} ?[a-z]{1,2}|[a-z]{1,4}[ -]?\d{1,2}|nr\.?.*|no\.? .*|n\.? .*|art\.? .*|eur ?\d+|\d+ ?eur|gdpr.*|ue ?\d+|eu ?\d+)",
    re.IGNORECASE,
)
WORDS_IN_SHAPES = re.compile(
    r"\b(?:a|en|de|el|la|le|les|des|du|un|una|une|in|on|at|of|to|is|it|as|by|or|and|the|et|ou|au|aux|op|van|om|te|der|die|das|"
    r"am|um|im|zu|von|mit|und|bis|ab|da|di|il|lo|al|del|dei|per|con|por|los|las|amb|els|i|y|o|u|e|kl|uur|uhr|km|kg|min|sec|"
    r"eur|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|okt|dez|se|si|no|ne|na|nu|only|was|for|you|has|had|que|qui|"
    r"pas|son|ses|sur|est|het|een|uit|tot|bij|per|cal|fins|des|sin|sus|fue|era|via|tel|art|cap|pag|nr|num)\b",
    re.IGNORECASE,
)
# Shapes that nothing else has: Spanish ones without vowels, French ones with hyphens.
UNMISTAKABLE = re.compile(r"\d{4}[ -]?[BCDFGHJKLMNPRSTVWXYZ]{3}|[A-HJ-NP-TV-Z]{2}-\d{3}-[A-HJ-NP-TV-Z]{2}")
# French and Italian ones: a vehicle anywhere in the text is enough.
WHOLE = re.compile(r"[A-HJ-NP-TV-Z]{2}\d{3}[A-HJ-NP-TV-Z]{2}")
# After a word that means a plate, any few groups of capitals and digits.
AFTER_THE_WORD = re.compile(
    rf"\W{{1,4}}(?:\w{{2,12}}\W{{1,2}}){{0,2}}?(?P<it>(?=[A-Z\d .\-]{{0,8}}\d[A-Z .\-]{{0,4}}\d)(?=[\d .\-]{{0,6}}[A-Z])[A-Z\d]{{1,4}}(?:{GAP}[A-Z\d]{{1,5}}){{0,3}})(?![\w@])"
)
# One that was chosen may have no digit: only in quotation marks and after the word.
CHOSEN = re.compile(r"\W{1,4}(?:\w{2,12}\W{1,2}){0,2}?[\"“„«‘'](?P<it>[A-Z]{1,3}-[A-Z\d]{2,6})[\"”“»’']")
BEFORE, AFTER = 70, 45


def find(text: str) -> Iterator[Span]:
    for word in PLATE_WORDS.finditer(text):
        named = AFTER_THE_WORD.match(text, word.end())
        if named and 5 <= sum(map(str.isalnum, named["it"])) <= 9:
            yield named.span("it")
        elif chosen := CHOSEN.match(text, word.end()):
            yield chosen.span("it")
    if not PLATE.search(text) or not (
        PLATE_WORDS.search(text) or VEHICLE_WORDS.search(text) or UNMISTAKABLE.search(text)
    ):
        return
    place = 0
    while match := PLATE.search(text, place):
        written = match.group()
        if _is_plate(text, match):
            yield match.start(), match.start() + len(written.rstrip())
            place = match.end()
        else:
            place = match.start() + 1


def _is_plate(text: str, match: re.Match[str]) -> bool:
    written = match.group()
    letters, digits = sum(map(str.isalpha, written)), sum(map(str.isdigit, written))
    if not letters or not digits or not 5 <= letters + digits <= 8:
        return False
    if UNMISTAKABLE.fullmatch(written):
        return True
    around = text[max(0, match.start() - BEFORE) : match.start()] + " " + text[match.end() : match.end() + AFTER]
    if NO_PLATE.fullmatch(written) and not PLATE_WORDS.search(around):
        return False
    if PLATE_WORDS.search(written) or VEHICLE_WORDS.search(written):
        return False  # "reg AB12" begins with the word, not with the plate
    if written.upper() != written and (WORDS_IN_SHAPES.search(written) or re.search(r"[^\W\d_]{4}", written)):
        return False
    if PLATE_WORDS.search(around):
        return True
    if re.fullmatch(r"[a-z]+ \d+", written):
        return False  # "then 400 metres to the car park"
    looks_like_one = written.upper() == written or bool(re.search(r"[-.]", written)) or letters + digits >= 6
    place = text if WHOLE.fullmatch(written) else around
    return looks_like_one and letters + digits >= 6 and bool(VEHICLE_WORDS.search(place))
