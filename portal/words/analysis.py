"""Turns text into the tokens that are compared: the same at index and at query time, on every database.

A token is a word in lower case, without elided article, stemmed for its language, its accents folded after the stem
(Snowball needs them), with the language in front: `frsecur` is what French makes of “Sécurité”. The prefix keeps
languages apart in one index, so that a word found in one language never counts for another.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

from .folding import fold
from .stopwords import STOPWORDS

# Stored with every document; a change here makes `rebuild_search --if-needed` write the index anew.
VERSION = f"8.{Stemmer.version()}"
MAX_WORD = 48  # longer runs of letters are cut: nobody looks for them, and an index page must hold them

SNOWBALL = {
    "en": "english",
    "fr": "french",
    "nl": "dutch",
    "de": "german",
    "it": "italian",
    "es": "spanish",
    "ca": "catalan",
}
# Forms of words central to the guide that Snowball keeps apart.
IRREGULAR = {
    "ca": {
        "veí": "veïna",
        "vei": "veïna",
        "fals": "falsa",
        "falses": "falsa",
        "guies": "guia",
        "patrons": "patró",
        "processos": "procés",
        "recursos": "recurs",
    },
    "de": {"nachbarn": "nachbar"},
    "es": {"años": "año", "anos": "año"},
    "it": {"quartieri": "quartiere"},
    "nl": {
        "accounts": "account",
        "beelden": "beeld",
        "cameras": "camera",
        "fotos": "foto",
        "kinderen": "kind",
        "leden": "lid",
        "melden": "meld",
        "meldt": "meld",
        "moderatoren": "moderator",
        "steden": "stad",
        "videos": "video",
    },
}
# Kinds of forms that Snowball keeps apart: patterns, and what stands instead. In syntax that Java reads, too.
RESPELT = {
    "ca": (
        ("(?<=.)ques$", "ca"),  # públiques, pràctiques
        ("(?<=..)gues$", "ga"),  # amigues
        ("(?<=ll|ei)s$", ""),  # perills, lleis
    ),
    "de": (
        # Apps, Fotos, Handys and Kameras, but not what is “kostenlos”.
        ("(?<=..[aopy])(?<!lo)s$", ""),
        ("(?<=ist|bar|ant|ent|tor|eug)in(?:nen)?$", ""),  # Polizistinnen, Nachbarin
    ),
    "en": (
        ("^(neighb|behavi|col|hon|lab|harb|fav|endeav|rum)or", "$1our"),
        (r"(?<=\w{3})iz(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)$)", "is"),
    ),
    "es": (
        ("(?<=[aeiouáéíóú])(?<!d[ií])ces$", "z"),  # voces, jueces, but índices
        ("iones$", "ión"),  # Snowball before its third release does not know “asociacion”
        # It takes “jóvenes”, “imágenes” and “ciudades” for the plurals of “jovene”, “imagene” and “ciudade”.
        ("(?<=[aeiouáéíóú][djlnr])es$", ""),
        ("(?<=..[bcdfgkmnprtvwx])s$", ""),  # chats, apps
    ),
    # Snowball takes the s off “réseaux” but leaves it on “photos”, “vidéos” and “infos”.
    "fr": (("(?<=..)os$", "o"),),
    "nl": (("(?<=app)s$", ""),),
}

WORD = re.compile(r"[^\W_]+")
# Joined by any kind of hyphen. Tried at beginnings of words only and without going back, or a word of 4,000 letters
# would take seconds.
COMPOUND = re.compile(r"(?<![^\W_])[^\W_]++(?:[-‐‑][^\W_]++)+")
# col·laborar is one word, also where the point was typed as another sign.
CATALAN_POINT = re.compile(r"(?<=l)[·•‧∙⋅.](?=l)")
FORMS = {
    language: [(re.compile(pattern), instead.replace("$", "\\")) for pattern, instead in several]
    for language, several in RESPELT.items()
}

CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")

_local = threading.local()


def clean(text: str) -> str:
    """Text as it is stored and compared: composed, on one line, without control characters or broken halves."""
    text = text.encode("utf-8", "ignore").decode("utf-8")  # lone surrogates
    text = unicodedata.normalize("NFC", text).replace("\u00ad", "")  # soft hyphens
    return " ".join(text.translate(CONTROLS).split())


def words(text: str, language: str) -> list[str]:
    """The words of the text in lower case, with those joined by a hyphen once more as one at the end."""
    text = text.lower().replace("\u0307", "")  # the dot that Turkish İ leaves behind
    if language == "ca":
        text = CATALAN_POINT.sub("", text)
    found = [word[:MAX_WORD] for word in WORD.findall(text)]
    for compound in COMPOUND.findall(text):
        found.append("".join(WORD.findall(compound))[:MAX_WORD])
    return found


@lru_cache(maxsize=30_000)
def token(word: str, language: str) -> str:
    """The token of one lower-case word; empty for a word too common to count."""
    if word in STOPWORDS.get(language, ()):
        return ""
    for pattern, instead in FORMS.get(language, ()):
        word = pattern.sub(instead, word)
    word = IRREGULAR.get(language, {}).get(word, word)
    algorithm = SNOWBALL.get(language)
    return language + fold(_stemmer(algorithm).stemWord(word) if algorithm else word)


def tokens(text: str, language: str) -> list[str]:
    """What the index holds for the text."""
    return tokens_of(words(text, language), language)


def tokens_of(found: Iterable[str], language: str) -> list[str]:
    return [its_token for word in found if (its_token := token(word, language))]


def exact_key(text: str) -> str:
    """What a title or name is compared by when a query names exactly it: letters and digits alone."""
    return fold("".join(WORD.findall(clean(text).lower())))[:120]


def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    """One for each thread: a Stemmer keeps state while it works."""
    kept = _local.__dict__.setdefault("stemmers", {})
    if algorithm not in kept:
        kept[algorithm] = Stemmer.Stemmer(algorithm)
    return kept[algorithm]
