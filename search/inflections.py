"""The plain form of German and Dutch verbs, whose stemmers keep “kauft”, “eingekauft” and “kaufen” apart.

For queries alone: a guess counts only where the texts or the thesaurus have such a word.
"""

import re
from collections.abc import Iterator

GERMAN_PREFIX = "ab|an|auf|aus|bei|durch|ein|fest|her|hin|los|mit|nach|um|vor|weg|zu|zurück|zusammen"
GERMAN_GE = re.compile(rf"^({GERMAN_PREFIX})?(?:ge|zu)(?=\w{{3}})")
GERMAN_ENDING = re.compile(r"(?:end(?:e[mnrs]?)?|e?test|e?tet|e?ten|e?te|est|et|st|t|en)$")
DUTCH_ENDING = re.compile(r"(?:t|de|te|den|ten)$")
DUTCH_PARTICIPLE = re.compile(r"^((?:be|her|ont|ver)\w{3,})d$")
SHORTEST = 3  # letters of a stem


def plain_forms(word: str, language: str) -> Iterator[str]:
    if language == "de":
        yield from _german(word)
    elif language == "nl":
        stem = DUTCH_ENDING.sub("", DUTCH_PARTICIPLE.sub(r"\1", word))
        if stem != word and len(stem) >= SHORTEST:
            yield stem


def _german(word: str) -> Iterator[str]:
    for form in dict.fromkeys((word, GERMAN_GE.sub(r"\1", word))):
        stem = GERMAN_ENDING.sub("", form)
        if len(stem) >= SHORTEST and f"{stem}en" != word:
            yield f"{stem}en"
