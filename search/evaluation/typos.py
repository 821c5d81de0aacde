"""Makes the mistake that fingers make: one, in the longest word of a question, always the same for the same text."""

import random
import re

WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 5  # letters: nobody could guess what a shorter one was meant to be


def with_typo(text: str, seed: int = 0) -> str:
    """The text with one letter left out, doubled, replaced, or swapped with its neighbour. Never the first one."""
    longest = max(WORD.finditer(text), key=lambda match: len(match[0]), default=None)
    if longest is None or len(longest[0]) < SHORTEST:
        return text
    chance = random.Random(f"{seed}:{text}")  # noqa: S311 - no secret
    word = longest[0]
    wrong = word
    while wrong == word:  # swapping equal letters changes nothing
        wrong = _changed(word, chance)
    return text[: longest.start()] + wrong + text[longest.end() :]


def _changed(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return chance.choice(
        [
            before + after,
            before + letter + letter + after,
            before + chance.choice("abcdefghijklmnopqrstuvwxyz") + after,
            before + after[0] + letter + after[1:],
        ]
    )
