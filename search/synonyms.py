"""Synonyms are looked up when somebody searches, in the language of the query; the index knows nothing of them.

They come from two places: the sets that editors write, and the names of what features registered as `names_agree`
(glossary terms with their abbreviation and other words), which nobody needs to write twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from portal import searchable, stamps
from portal.navigation import once
from portal.words.analysis import clean, token, words

from .documents import Term
from .models import Document, Synonym

Tokens = tuple[str, ...]
MOST_SYNONYMS = 8  # of one word
MOST_WORDS = 6  # of one term
MOST_TERMS = 20  # of one set


@dataclass
class Table:
    """By the tokens of a term what else to look for."""

    others: dict[Tokens, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    longest: int = 0

    def add(self, term: str, other: str, language: str) -> None:
        key, its_words = tokens_of(term, language), plain_words(other, language)
        if key and key != tokens_of(other, language) and 0 < len(its_words) <= MOST_WORDS and len(key) <= MOST_WORDS:
            self.others[key][" ".join(its_words)] = None
            self.longest = max(self.longest, len(key))


def tokens_of(term: str, language: str) -> Tokens:
    """What two spellings of one term have in common: “veilige buurten” and “de veilige buurt”."""
    return tuple(found for word in plain_words(term, language) if (found := token(word, language)))


def plain_words(term: str, language: str) -> list[str]:
    """“e-mail” is two words here, as it is in texts."""
    return words(clean(term).replace("-", " ").replace("‐", " ").replace("‑", " "), language)


def expanded(terms: tuple[Term, ...], language: str) -> tuple[Term, ...]:
    """The terms with their synonyms. One of several words stands in for each of the words that it replaces."""
    table = _table(language)
    found: dict[int, dict[str, None]] = defaultdict(dict)
    counting = [(n, its_token) for n, term in enumerate(terms) if (its_token := token(term.forms[0], language))]
    for start in range(len(counting)):
        for length in range(1, min(table.longest, len(counting) - start) + 1):
            places, key = zip(*counting[start : start + length], strict=True)
            for place in places if key in table.others else ():
                found[place] |= table.others[key]
    if not found:
        return terms
    return tuple(
        replace(term, synonyms=tuple(found[n])[:MOST_SYNONYMS]) if n in found else term for n, term in enumerate(terms)
    )


def _table(language: str) -> Table:
    """It has names from the glossary too, which end with the site's stamp."""
    table: Table = once(None, ("synonyms", language), partial(_read, language), also=stamps.SEARCH)
    return table


def _read(language: str) -> Table:
    table = Table()
    for synonym in Synonym.objects.filter(language=language).order_by("pk"):
        lines = synonym.lines
        for term in lines if synonym.direction == Synonym.Direction.BOTH else lines[:1]:
            for other in lines:
                table.add(term, other, language)
    for names in names_that_agree(language):
        for name in names:
            for other in names:
                table.add(name, other, language)
    return table


def names_that_agree(language: str) -> Iterator[list[str]]:
    """Of what everybody may read alone: a synonym must not tell what is behind a closed page."""
    kinds: Iterable[str] = [each.kind for each in searchable.registrations() if each.names_agree]
    documents = Document.objects.shown_to(None).filter(kind__in=kinds, language=language, is_part=False)
    for labels in documents.order_by("pk").values_list("labels", flat=True):
        yield [label for label in labels.split("\n") if label.strip()][:MOST_TERMS]
