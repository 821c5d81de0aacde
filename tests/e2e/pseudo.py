"""A language in which each text of the interface can be told from all others, and is about as long as German.

`Spoken` stands in for the English catalogue of a running site: what the catalogues know (French is complete, `make
lint` says so) comes back with other letters and each vowel twice. Plain letters on a page are content then, or a text
that nobody can translate.
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.db import connection
from django.utils.translation import trans_real

PLAIN = "abcdefghijklmnopqrstuvwxyz"
OTHER = "ǎƀĉďėƒĝĥĩĵķļṁňŏþɋŕŝţŭṽŵẋŷż"
LETTERS = str.maketrans(PLAIN + PLAIN.upper(), OTHER + OTHER.upper())
VOWEL = re.compile(r"([aeiou])", re.IGNORECASE)
# What is no word: placeholders, tags, entities, addresses.
KEPT = re.compile(r"(%(?:\(\w+\))?[\d.]*[sdif%]|\{[\w.]*\}|<[^>]*>|&#?\w+;|https?://\S+)")
SAID = re.compile(rf"[{OTHER}{OTHER.upper()}]+")
CONTEXT = "\x04"
NOT_CONTENT = re.compile(r"django_|auth_permission|sqlite_")


def said(text: str) -> str:
    pieces = KEPT.split(text)
    pieces[::2] = [VOWEL.sub(r"\1\1", piece).translate(LETTERS) for piece in pieces[::2]]
    return "".join(pieces)


class Spoken(trans_real.DjangoTranslation):
    """English as the site says it in the pseudo-locale."""

    def __init__(self) -> None:
        super().__init__("en")
        self.known = trans_real.translation("fr")._catalog  # type: ignore[attr-defined]

    def gettext(self, message: str) -> str:
        text = super().gettext(message).rpartition(CONTEXT)[2]
        return said(text) if message in self.known else text

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        text = super().ngettext(msgid1, msgid2, n).rpartition(CONTEXT)[2]
        return said(text) if (msgid1, 0) in self.known else text


def speak(monkeypatch: Any) -> None:
    """From now on English is the pseudo-locale in each thread that begins to speak it."""
    monkeypatch.setitem(trans_real._translations, "en", Spoken())
    monkeypatch.setattr(trans_real, "_default", None)


def contents() -> set[str]:
    """Each piece of text in the database, without tags: titles, paragraphs, names, words of vocabularies."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not NOT_CONTENT.match(table):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                for row in cursor.fetchall():
                    for value in row:
                        found.update(_strings(value))
    return found


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)
    elif isinstance(value, str):
        if value[:1] in ("[", "{"):
            try:
                yield from _strings(json.loads(value))
                return
            except ValueError:
                pass
        for piece in re.split(r"</?(?:p|li|ul|ol|h\d|div|hr)\b[^>]*>|<br ?/?>|\n", value):
            yield plain(re.sub(r"<[^>]*>", "", piece))
            yield from map(plain, re.split(r"<[^>]*>", piece))


def plain(text: str) -> str:
    return " ".join(unescape(text).split())
