"""Takes words apart that others write apart, and joins what others write as one: “policeradio”, “buurt app”."""

from collections.abc import Collection, Iterator

SHORTEST_PART = 3  # letters
SHORTEST_WHOLE = 7
MOST_PARTS = 3
# What stands between the parts of a compound. Other languages join without it, where they do.
LINKS = {"de": ("", "s", "es", "n", "en", "er", "e"), "nl": ("", "s", "en", "e", "n")}


def pieces(word: str) -> Iterator[str]:
    """All that could be a part of the word."""
    if len(word) >= SHORTEST_WHOLE:
        for start in range(len(word) - SHORTEST_PART + 1):
            for end in range(start + SHORTEST_PART, len(word) + 1):
                if end - start < len(word):
                    yield word[start:end]


def split(word: str, known: Collection[str], language: str, most: int = MOST_PARTS) -> tuple[str, ...]:
    """The fewest known words that make up this one, the longest of them first in doubt; empty if there are none."""
    if len(word) < SHORTEST_WHOLE:
        return ()
    for count in range(2, most + 1):
        best = max(_splits(word, known, LINKS.get(language, ("",)), count), key=_evenness, default=())
        if best:
            return best
    return ()


def _evenness(parts: tuple[str, ...]) -> int:
    """Of “whatsapp+groep” and “whats+appgroep” neither is odd; “poli+ceradio” is: the shortest part tells."""
    return min(map(len, parts))


def _splits(word: str, known: Collection[str], links: tuple[str, ...], count: int) -> Iterator[tuple[str, ...]]:
    if count == 1:
        if word in known:
            yield (word,)
        return
    for end in range(SHORTEST_PART, len(word) - SHORTEST_PART * (count - 1) + 1):
        if (head := word[:end]) in known:
            for link in links:
                if word.startswith(link, end):
                    for rest in _splits(word[end + len(link) :], known, links, count - 1):
                        yield (head, *rest)
