"""Reads what a reader typed: words, "phrases" and -words. Nothing of it ever reaches an engine's own query language."""

import re

from portal.words.analysis import COMPOUND, WORD, clean, words

from .documents import Query, Term

MAX_CHARACTERS = 4096
MAX_TERMS = 32

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))')


def parse(text: str, language: str) -> Query:
    """The query behind the text; words beyond the limits are dropped and `was_shortened` says so."""
    text = clean(text[: MAX_CHARACTERS + 1])
    shortened = len(text) > MAX_CHARACTERS
    text = text[:MAX_CHARACTERS]
    terms: dict[Term, None] = {}
    phrases: dict[tuple[str, ...], None] = {}
    excluded: dict[tuple[str, ...], None] = {}
    for part in PART.finditer(text.translate(QUOTES)):
        chunk = part["phrase"] if part["phrase"] is not None else part["word"]
        found = tuple(_plain_words(chunk, language))
        if not found:
            continue
        if part["minus"]:
            excluded[found] = None
        elif part["phrase"] is not None and len(found) > 1:
            phrases[found] = None
        else:
            terms |= dict.fromkeys(_terms(chunk, language))
    kept = _within_limits(terms, phrases, excluded)
    return Query(
        text=text,
        language=language,
        terms=tuple(kept[0]),
        phrases=tuple(kept[1]),
        excluded=tuple(kept[2]),
        was_shortened=shortened or [len(part) for part in kept] != [len(terms), len(phrases), len(excluded)],
    )


def _within_limits(*parts: dict) -> list[list]:
    """The first of each kind, and not too many words in all."""
    kept = []
    for part in parts:
        left: list = []
        size = 0
        for item in part:
            size += len(item) if isinstance(item, tuple) else 1
            if size > MAX_TERMS:
                break
            left.append(item)
        kept.append(left)
    return kept


def _plain_words(chunk: str, language: str) -> list[str]:
    """The words in their order, without the joined ones that `words` adds."""
    found = words(chunk, language)
    return found[: len(found) - len(COMPOUND.findall(chunk))]


def _terms(chunk: str, language: str) -> list[Term]:
    """A term for each word; of “FA-TAMTAM” also the spelling in one word, which counts for both parts."""
    joined = words(chunk, language)[len(_plain_words(chunk, language)) :]
    inside = {
        word: whole
        for whole, typed in zip(joined, COMPOUND.findall(chunk), strict=True)
        for word in WORD.findall(typed.lower())
    }
    return [Term((word, inside[word]) if word in inside else (word,)) for word in _plain_words(chunk, language)]
