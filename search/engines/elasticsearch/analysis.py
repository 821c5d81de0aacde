"""How each language's texts become words: a chain of its own, of what every Elasticsearch server has.

The order is that of `portal.words.analysis`, so that both engines find the same: split at apostrophes too, lower case,
without common words (the elided articles l’, qu’, dell’ are among them), stemmed, and only then without accents, since
stemmers need them.
"""

from typing import Any

from elasticsearch.dsl import analyzer, char_filter, token_filter

from portal.words.analysis import IRREGULAR, MAX_WORD, RESPELT
from portal.words.stopwords import STOPWORDS

# Snowball's, as the embedded engine has them; a language without one is searched by its words as they stand.
STEMMERS = {
    "en": "porter2",
    "fr": "french",
    "nl": "dutch",
    "de": "german",
    "it": "italian",
    "es": "spanish",
    "ca": "catalan",
}

# Signs inside what the standard tokenizer takes for one word: apostrophes, and those of numbers (1,5) and addresses.
SIGNS = char_filter("signs", "pattern_replace", pattern=r"[^\p{L}\p{N}\p{M}\s]", replacement=" ")
CATALAN_POINT = char_filter("catalan_point", "pattern_replace", pattern=r"(?<=[lL])[·•‧∙⋅.](?=[lL])", replacement="")
LENGTH = token_filter("length_of_a_word", "truncate", length=MAX_WORD)


def stemmed(language: str) -> Any:
    """For finding: other forms of a word are the same word."""
    return _chain("stemmed", language, *_before_the_stem(language), *_stem(language), "asciifolding")


def plain(language: str) -> Any:
    """For phrases and beginnings: words as they stand, but for accents."""
    return _chain("plain", language, *_german(language), "asciifolding")


def spelt(language: str) -> Any:
    """For suggesting: words as they are written."""
    return _chain("spelt", language)


def _chain(name: str, language: str, *filters: object) -> Any:
    signs = [CATALAN_POINT, SIGNS] if language == "ca" else [SIGNS]
    return analyzer(name, tokenizer="standard", char_filter=signs, filter=["lowercase", LENGTH, *filters])


def _before_the_stem(language: str) -> list[object]:
    common = sorted(STOPWORDS.get(language, ()))
    found: list[object] = [token_filter("common_words", "stop", stopwords=common)] if common else []
    for number, (pattern, instead) in enumerate(RESPELT.get(language, ())):
        found.append(token_filter(f"respelt_{number}", "pattern_replace", pattern=pattern, replacement=instead))
    for number, (word, form) in enumerate(sorted(IRREGULAR.get(language, {}).items())):
        found.append(token_filter(f"irregular_{number}", "pattern_replace", pattern=f"^{word}$", replacement=form))
    return found + _german(language)


def _stem(language: str) -> list[object]:
    name = STEMMERS.get(language)
    return [token_filter("stem", "stemmer", language=name)] if name else []


def _german(language: str) -> list[object]:
    """“Bürger”, “Buerger” and “Burger” are typed for one another."""
    return ["german_normalization"] if language == "de" else []
