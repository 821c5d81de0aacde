"""Which words of a text may be somebody's name.

No list holds all names: known given names and surnames, titles before a name, initials, articles where a language puts
them before names (la Remei, der Mirko), and two unknown words in capitals side by side.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .folding import bare
from .languages import Language
from .languages.shared import NO_PERSON

NAMES = Path(__file__).parent / "names"
# "l'Ahmed" is two words, "c'est" is one.
TOKEN = re.compile(r"(?i:[ldnmsq])['’](?=[A-ZÀ-Þ])|@?[^\W_]+(?:['.·’-](?=[^\W\d_])[^\W_]+)*\.?|[^\w\s]|_")
PARTICLES = frozenset(
    [
        "de",
        "da",
        "di",
        "do",
        "dos",
        "das",
        "du",
        "des",
        "del",
        "della",
        "dello",
        "dei",
        "degli",
        "le",
        "la",
        "el",
        "al",
        "lo",
        "van",
        "von",
        "der",
        "den",
        "ten",
        "ter",
        "te",
        "zu",
        "zum",
        "zur",
        "y",
        "i",
        "e",
        "d'",
        "l'",
        "o'",
        "mc",
        "mac",
        "bin",
        "ben",
        "ibn",
        "ould",
        "abd",
        "abu",
        "san",
        "sant",
        "santa",
        "st",
        "saint",
        "'t",
        "op",
        "het",
    ]
)
INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.){1,4}[A-ZÀ-Þ]?\.?|[A-ZÀ-Þ]\.?")


@dataclass
class Token:
    text: str
    bare: str
    start: int
    end: int
    opens: bool  # a sentence

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper()


def tokens(text: str) -> list[Token]:
    found: list[Token] = []
    opens = True
    for match in TOKEN.finditer(text):
        word, end = match.group(), match.end()
        if word.endswith(".") and len(word) > 1 and not _keeps_dot(word):
            word, end = word[:-1], end - 1
        found.append(Token(word, bare(word), match.start(), end, opens))
        if end < match.end():
            found.append(Token(".", ".", end, match.end(), False))
        opens = found[-1].text in ".!?:;¿¡…" or (opens and not word[:1].isalnum())
    return found


def names_in(found: list[Token], language: Language) -> list[tuple[int, int]]:
    """First and last token (not included) of what may be a name."""
    spans: list[tuple[int, int]] = []
    place = 0
    while place < len(found):
        end = _name_at(found, place, language)
        if end:
            spans.append((place, end))
        place = max(end, place + 1)
    return spans


def is_surely(found: list[Token], start: int, end: int, language: Language) -> bool:
    """Whether it is a person and no place or brand: a known given name, a title, initials, or a known surname of two."""
    given, _surnames, _words = _lists()
    part = found[start:end]
    return (
        part[0].bare.rstrip(".") in language.titles
        or any(token.bare.split("-")[0].removesuffix("'s") in given for token in part)
        or any(token.text.endswith(".") and INITIALS.fullmatch(token.text) for token in part)
        or (len(part) > 1 and _has_known(part))
    )


def _keeps_dot(word: str) -> bool:
    """Initials and abbreviated titles: "K.", "M.B.", "Mrs."."""
    return bool(INITIALS.fullmatch(word)) or bare(word.rstrip(".")) in TITLES_WITH_DOT


TITLES_WITH_DOT = frozenset(
    [
        "m",
        "mr",
        "mrs",
        "ms",
        "mw",
        "dhr",
        "hr",
        "fr",
        "sr",
        "sra",
        "srta",
        "sig",
        "dr",
        "dra",
        "prof",
        "me",
        "mme",
        "mlle",
        "st",
    ]
)


def _name_at(found: list[Token], place: int, language: Language) -> int:
    token = found[place]
    if token.text.startswith("@"):
        return place + 1
    titled = token.bare.rstrip(".") in language.titles and not (token.bare == "m" and not token.text.endswith("."))
    if titled:
        after = _skip(found, place + 1, PARTICLES)
        if after < len(found) and (
            _looks_like_name(found[after])
            or _is_lower_name(found, place, after, language)
            or INITIALS.fullmatch(found[after].text)
        ):
            return _extended(found, after + 1)
        return 0
    if token.is_capital:
        return _capital_name(found, place, language)
    given, surnames, words = _lists()
    if token.bare not in given or token.bare in language.common:
        return 0
    if token.bare not in words:
        return _extended(found, place + 1)
    following = found[place + 1] if place + 1 < len(found) else None
    is_whole = following is not None and following.bare in surnames and following.bare not in language.common
    return place + 2 if is_whole and len(token.bare) > 3 and len(found[place + 1].bare) > 3 else 0


def _is_lower_name(found: list[Token], place: int, after: int, language: Language) -> bool:
    """ "frau zehetmayer schlägt", and not "die frau schlägt": the title opens the sentence."""
    word = found[after].bare
    return found[place].opens and after == place + 1 and len(word) > 4 and word not in language.common


def _capital_name(found: list[Token], place: int, language: Language) -> int:
    token = found[place]
    given, _surnames, _words = _lists()
    if (
        token.bare in NO_PERSON
        or language.is_role(token.bare)
        or token.bare in language.common
        or token.bare.rstrip(".") in language.titles
    ):
        return 0
    if any(map(str.isdigit, token.text)):
        return 0  # the A47
    if INITIALS.fullmatch(token.text):
        return _initials(found, place)
    if token.text.isupper() and len(token.text) > 3 and token.bare not in given:
        return 0
    parts = token.bare.split("-")
    if parts[0] in given or token.bare in given:
        end = _extended(found, place + 1)
        return 0 if token.opens and token.bare in _doubtful() and end == place + 1 else end
    return _unknown_name(found, place, language)


def _unknown_name(found: list[Token], place: int, language: Language) -> int:
    """A word in a capital that is on no list of given names."""
    token, before = found[place], found[place - 1] if place else None
    following = found[place + 1] if place + 1 < len(found) else None
    _given, surnames, _words = _lists()
    has_article = before is not None and before.bare in language.name_articles and not token.opens
    if before and before.bare in language.locatives:
        return 0
    if token.bare in surnames and not token.opens and not language.capital_nouns:
        return _extended(found, place + 1)
    if token.opens and following and following.bare in PARTICLES:
        return 0  # "Sospecho de Ramón": any word opens a sentence in a capital
    end = _extended(found, place + 1)
    if language.capital_nouns:
        has_initial = following is not None and bool(INITIALS.fullmatch(following.text))
        if following and following.bare in PARTICLES and token.bare not in surnames:
            return 0  # "das Konto von Florian Hutter"
        return end if _has_known(found[place:end]) and (end > place + 1 or has_article or has_initial) else 0
    is_said_to_be = following is not None and following.bare in language.copulas  # "Rutger is een oplichter"
    return end if end > place + 1 or has_article or is_said_to_be or not token.opens else 0


def _has_known(part: list[Token]) -> bool:
    given, surnames, _words = _lists()
    return any(token.bare in given or (token.bare in surnames and len(token.bare) > 3) for token in part)


def _initials(found: list[Token], place: int) -> int:
    """ "S. Mancuso", "R.T.", "J. de V.": a single letter without a dot is none."""
    token = found[place]
    if not token.text.endswith("."):
        return 0
    after = _skip(found, place + 1, PARTICLES)
    if after < len(found) and found[after].is_capital and found[after].bare not in NO_PERSON:
        return _extended(found, after + 1)
    return place + 1 if token.text.count(".") > 1 else 0


def _extended(found: list[Token], end: int) -> int:
    """Over the surnames, initials and particles that follow."""
    while end < len(found):
        after = _skip(found, end, PARTICLES)
        if after >= len(found):
            break
        token = found[after]
        is_part = token.is_capital and token.text[:1].isalpha() and token.bare not in NO_PERSON
        if not is_part or (after > end and not _looks_like_name(token)):
            break
        end = after + 1
    return end


def _skip(found: list[Token], place: int, words: frozenset[str]) -> int:
    for _times in range(3):
        if place < len(found) and found[place].bare in words:
            place += 1
    return place


def _looks_like_name(token: Token) -> bool:
    given, surnames, words = _lists()
    if token.bare in NO_PERSON:
        return False
    return token.is_capital or (token.bare in given | surnames and token.bare not in words)


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Given names, surnames, and given names that are names in capitals alone."""
    given = read_names("given.txt")
    words = frozenset(name[:-1] for name in given if name.endswith(("*", "~")))
    return frozenset(name.rstrip("*~") for name in given), frozenset(read_names("surnames.txt")), words


@cache
def _doubtful() -> frozenset[str]:
    """Names that are words too: at the beginning of a sentence they tell nothing."""
    return frozenset(name[:-1] for name in read_names("given.txt") if name.endswith("*"))


def read_names(file: str) -> list[str]:
    lines = (NAMES / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
