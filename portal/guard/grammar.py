"""Sentences whose grammar says that somebody is accused: one of the signs that `accusations` weighs.

Each sentence is read as a line of words in which names are replaced by a sign. The shapes of `SHAPES` are filled with
the words of its language: who is called a thief, who stole, what was stolen by whom, who is suspected. Names that stand
where nobody is accused are taken out first: who reports, studies, arrests, is thanked, or was robbed.
"""

import re
from collections.abc import Collection, Iterator
from functools import cache

from . import languages
from .folding import bare
from .languages import Language
from .people import Token, is_surely, names_in, read_names
from .shapes import AFTERWARDS, EXEMPT, EXEMPT_IN, MAYBE, NAME, NO_VERB, OTHER, SHAPES

Span = tuple[int, int]

MOST_WORDS = 60  # of a sentence; longer ones are read in pieces
ELIDED = "(?:[a-z]{1,5}')?"  # l'estafador, m'assetja
ANY_NAME = re.compile(f"[{NAME}{MAYBE}]")
SENTENCE_ENDS = frozenset(".!?\n…")


def found_in(words: list[Token], language: Language, known: Collection[str] = ()) -> set[str]:
    """What the grammar of the sentences says: which of the shapes they have, "beside" or "continued" for an accusation
    without one, "exempt" for somebody who is named and not accused, "framed" for what is only supposed."""
    named = [span for span in names_in(words, language) if not is_known(words, span, known)]
    if not named or not _may_accuse(words, language):
        return set()
    found: set[str] = set()
    previous: Sentence | None = None
    for first, last in _sentences(words):
        sentence = Sentence(words, first, last, [span for span in named if first <= span[0] < last], language)
        label = sentence.accuses() or (previous and sentence.continues(previous) and "continued")
        if label:
            found.add(label)
        if OTHER in sentence.free:
            found.add("exempt")
        if sentence.is_framed:
            found.add("framed")
        previous = sentence
    return found


class Sentence:
    """One sentence as a line of words, in which each name is a sign."""

    def __init__(self, words: list[Token], first: int, last: int, names: list[Span], language: Language) -> None:
        self.language = language
        parts, place = [""], first
        starts = dict(names)
        while place < last:
            end = starts.get(place, place + 1)
            word = words[place].bare.removesuffix("'s")
            if place in starts:
                word = NAME if is_surely(words, place, end, language) else MAYBE
                word += " 's" if words[end - 1].bare.endswith("'s") else ""
            parts.append(word)
            place = end
        self.length = len(parts) - 1
        self.line = " ".join(parts) + " "
        self.free = _without_exempt(self.line, language) if names else self.line

    @property
    def is_framed(self) -> bool:
        return bool(_patterns(self.language.code)["frame"].search(self.line))

    def accuses(self) -> str:
        if not ANY_NAME.search(self.free) or self.is_framed:
            return ""
        for number, pattern in enumerate(_shapes(self.language.code)):
            if pattern.search(self.free):
                return f"shape {number}"
        return "beside" if NAME in self.free and self._tells_beside() else ""

    def _tells_beside(self) -> bool:
        """A person, and anywhere in the sentence what he did; or a crime and a hint at who did it."""
        patterns = _patterns(self.language.code)
        return bool(
            patterns["harm"].search(self.free)
            or any(NAME in one.group() for one in patterns["around"].finditer(self.free))
            or (patterns["hint"].search(self.free) and patterns["crime"].search(self.free))
        )

    def continues(self, previous: "Sentence") -> bool:
        """ "It was Jan. He stole it.", "Who broke in? Ask Joost." """
        before, now = previous, self
        names = [sentence for sentence in (before, now) if ANY_NAME.search(sentence.free)]
        if len(names) != 1:
            return False
        named, other = (before, now) if names[0] is before else (now, before)
        if not _patterns(self.language.code)["telling"].search(other.line):
            return False
        asked = other is before and other.line.rstrip().endswith("?") and named.length <= 20
        he = other is now and _pronoun(self.language.code).match(other.line)
        it_was = _patterns(self.language.code)["is it"].search(named.free)
        return bool((asked or he or named.length <= 5 or it_was) and (OTHER not in other.free or he))


def is_known(words: list[Token], span: Span, known: Collection[str]) -> bool:
    name = " ".join(word.bare for word in words[span[0] : span[1]]).lstrip("@")
    if name in _invented():
        return True
    wholes = {bare(one) for one in known}
    return name in wholes or any(" " in whole and (_is_part(name, whole) or _is_part(whole, name)) for whole in wholes)


def _is_part(name: str, whole: str) -> bool:
    """In whole words: somebody called Jan here is not every Jansen."""
    return f" {name} " in f" {whole} "


@cache
def _invented() -> frozenset[str]:
    return frozenset(read_names("invented.txt"))


def _may_accuse(words: list[Token], language: Language) -> bool:
    """Most texts hold no word of the lists: they are read no further."""
    starts, whole = _first_words(language.code)
    return any(word.bare in whole or word.bare[:4] in starts for word in words)


def _sentences(words: list[Token]) -> Iterator[Span]:
    first = 0
    for place, word in enumerate(words):
        if word.text in SENTENCE_ENDS or place - first >= MOST_WORDS:
            yield first, place + 1
            first = place + 1
    if first < len(words):
        yield first, len(words)


def _without_exempt(line: str, language: Language) -> str:
    for pattern in _exempt(language.code):
        if not ANY_NAME.search(line):
            break
        line = pattern.sub(lambda match: ANY_NAME.sub(OTHER, match.group()), line)
    return line


@cache
def _exempt(code: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_compiled(shape, code) for shape in (*EXEMPT, *EXEMPT_IN[code]))


@cache
def _shapes(code: str) -> tuple[re.Pattern[str], ...]:
    shapes = [*SHAPES, AFTERWARDS[code]] if code in AFTERWARDS else list(SHAPES)
    return tuple(_compiled(shape, code) for shape in shapes)


@cache
def _patterns(code: str) -> dict[str, re.Pattern[str]]:
    """`harm` tells on whoever is named beside it, unless the grammar says that he is not who did it."""
    return {
        "harm": _compiled(r"(?:§<25-> (?:<act>|<did>|<guilty>)|(?:<did>|<guilty>|<suspect>)<12-> §)", code),
        "around": _compiled(r"(?:<act>|<did>|<guilty>|<suspect>)", code),
        "telling": _compiled(r"(?:<act>|<role>|<did>|<guilty>)", code),
        "hint": _compiled(r"<hint>", code),
        "crime": _compiled(r"(?:<crime>|<role>)", code),
        "frame": _compiled(r"<frame>", code),
        "is it": _compiled(r"(?:<isit>|<called>|<suspect>|<hint>)<4> §", code),
    }


@cache
def _pronoun(code: str) -> re.Pattern[str]:
    return re.compile(
        r" (?:he|she|il|elle|hij|zij|ze|die|er|sie|der|lui|lei|el|ella|ell|li|le|lo|la|l'|ha|c'est|e|es|va|y|i|et|en|und)[ ]"
    )


@cache
def _first_words(code: str) -> tuple[frozenset[str], frozenset[str]]:
    lists = languages.of(code).lists
    starts, whole = set(), set()
    for name in ("role", "act", "crime", "did", "suspect", "guilty", "weak", "front", "hint"):
        for entry in lists[name]:
            for word in entry.split("_"):
                if "*" in word or len(word) >= 4:
                    starts.add(word.strip("*")[:4])
                elif len(word) == 3:
                    whole.add(word)
    starts.discard("")
    return frozenset(start for start in starts if len(start) == 4), frozenset(whole)


def _compiled(shape: str, code: str) -> re.Pattern[str]:
    lists = languages.of(code).lists
    stop = "|".join(_alternative(lists[name]) for name in ("say", "thanks", "break"))
    filled = re.sub(r"<(\d+)->", lambda gap: rf"(?: (?!(?:{stop}) )[^ ;]+){{0,{gap[1]}}}?", shape)
    filled = re.sub(r"<(\d+)>", lambda gap: rf"(?: [^ ;]+){{0,{gap[1]}}}?", filled)
    for name in ("act", "victim"):
        filled = filled.replace(f"<{name}>", f"{NO_VERB.get(code, '')}<{name}>")
    filled = re.sub("<(?=(?:act|role|crime)>)", ELIDED + "<", filled)
    filled = re.sub(r"<(\w+)>", lambda name: rf"(?:{_alternative(lists[name[1]])})", filled)
    filled = re.sub(r"(?<!\^)§", f"[{NAME}{MAYBE}]", filled)
    opening = "" if filled.startswith(("^", " ")) else " "
    return re.compile(f"{opening}{filled}(?= )" if not filled.startswith("^") else f"{filled}(?= )")


@cache
def _alternative_of(words: tuple[str, ...]) -> str:
    return "|".join(
        re.escape(word).replace(r"_\*_", "(?: [^ ]+){0,6}? ").replace(r"\*", "[^ ]*").replace("_", " ")
        for word in sorted(set(words), key=len, reverse=True)
    )


def _alternative(words: list[str]) -> str:
    return _alternative_of(tuple(words))
