"""Titles in boxes: broken into lines that fit, in smaller letters before a word is cut in two."""

from typing import NamedTuple

LETTER = 0.56  # mean width of a letter of the semi-bold face, in its size
CLUSTERS = "sch ch ck ph qu sh th gn ny bl br cl cr dr fl fr gl gr kl kr pl pr tr"
TOGETHER = tuple(CLUSTERS.split(" "))  # never torn apart
VOWELS = frozenset("aeiouyáàäâéèëêíìïîóòöôúùüûœ")


class Words(NamedTuple):
    lines: tuple[str, ...]
    size: float


def fit(text: str, width: float, size: float, smallest: float, most: int = 3) -> Words:
    """At most `most` lines in letters between two sizes; what still does not fit ends in an ellipsis."""
    while True:
        room = int(width / (size * LETTER))
        lines = wrap(text, room)
        if size <= smallest or (len(lines) <= most and all(len(word) <= room for word in text.split())):
            break
        size -= 1
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][: room - 1].rstrip('-')}…"]
    return Words(tuple(lines), size)


def wrap(text: str, room: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
            continue
        while len(word) > room:
            at = _break(word, room - 1)
            lines.append(f"{word[:at]}-")
            word = word[at:]
        lines.append(word)
    return lines


def _break(word: str, room: int) -> int:
    """Before a consonant that a vowel follows, which is right more often than not in all languages of the site."""
    folded = word.casefold()
    for at in range(max(room, 1), 2, -1):
        rest = folded[at:]
        group = next((letters for letters in TOGETHER if rest.startswith(letters)), rest[:1])
        torn = any(folded[at - n :].startswith(letters) for letters in TOGETHER for n in range(1, len(letters)))
        begins_syllable = group[:1] not in VOWELS and rest[len(group) : len(group) + 1] in VOWELS
        if len(rest) > 2 and rest[len(group) : len(group) + 1] and begins_syllable and not torn:
            return at
    return max(room, 1)
