"""A language in which each text of the interface can be told from all others, and is about as long as German.

`Spoken` stands in for the English catalogue of a running site: what the catalogues know (French is complete, `make
lint` says so) comes back with other letters and each vowel twice. Plain letters on a page are content then, or a text
that nobody can translate.
"""

import gc
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import _lru_cache_wrapper
from html import unescape
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.template import engines
from django.utils.translation import trans_real

PLAIN = "abcdefghijklmnopqrstuvwxyz"
OTHER = "ǎƀĉďėƒĝĥĩĵķļṁňŏþɋŕŝţŭṽŵẋŷż"
LETTERS = str.maketrans(PLAIN + PLAIN.upper(), OTHER + OTHER.upper())
VOWEL = re.compile(r"([aeiou])", re.IGNORECASE)
# What is no word: placeholders, tags, entities, addresses.
KEPT = re.compile(r"(%(?:\(\w+\))?[\d.]*[sdif%]|\{[\w.]*\}|<[^>]*>|&#?\w+;|https?://\S+)")
SAID = re.compile(rf"[{OTHER}{OTHER.upper()}]+")
CONTEXT = "\x04"
OURS = frozenset(config.name for config in apps.get_app_configs() if "." not in config.name)
NOT_CONTENT = re.compile(r"django_(?!comments)|auth_permission|sqlite_")


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


@contextmanager
def spoken() -> Iterator[None]:
    """Meanwhile English is the pseudo-locale, in each thread that begins to speak it."""
    english, default = trans_real.translation("en"), trans_real._default  # type: ignore[attr-defined]
    trans_real._translations["en"], trans_real._default = Spoken(), None  # type: ignore[attr-defined]
    _forget()
    try:
        yield
    finally:
        trans_real._translations["en"], trans_real._default = english, default  # type: ignore[attr-defined]
        _forget()


def _forget() -> None:
    """Templates, and our functions that keep what they answered, remember what constant texts are in a language."""
    for loader in engines["django"].engine.template_loaders:
        loader.reset()
    for one in gc.get_objects():
        if isinstance(one, _lru_cache_wrapper) and one.__module__.partition(".")[0] in OURS:
            one.cache_clear()


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


WIDTHS = (1280, 390)
# The same in every language, beside codes in capitals.
NAMES = {
    "BibTeX",
    "GeoJSON",
    "Turtle",
    "Atom",
    "Feed",
    "Twitter",
    "Wagtail",
    "zzzzz",
    *(name for _code, name in settings.LANGUAGES),
}
# Each text on the page, and what is said to those who do not see it.
TEXTS = """root => {
  const found = [document.title], skipped = /^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT|TEXTAREA|CODE|PRE|KBD|tspan)$/;
  document.querySelectorAll("mark").forEach((one) => one.replaceWith(...one.childNodes));
  for (const one of document.querySelectorAll(`${root}, ${root} *`)) {
    if (skipped.test(one.tagName) || !one.checkVisibility()) continue;
    one.normalize();
    found.push(...[...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data));
    for (const name of ["aria-label", "title", "placeholder", "alt", "data-head"]) {
      found.push(one.getAttribute(name) ?? "");
    }
  }
  return found.map((text) => text.replace(/\\s+/g, " ").trim()).filter((text) => /[a-z]{2}/i.test(text));
}"""
# What is wider than its box: cut off where the box hides it, over the edge of a button or link where it does not.
CUT = """root => [...document.querySelectorAll(`${root} *`)].filter((one) => {
  const style = getComputedStyle(one), hides = (axis) => ["hidden", "clip"].includes(axis);
  if (!one.checkVisibility() || style.display === "inline" || !one.innerText?.trim()) return false;
  if (/^(INPUT|SELECT)$/.test(one.tagName) || one.closest(".vh, .w-sr-only") || style.clipPath !== "none") return false;
  const isWide = one.scrollWidth > one.clientWidth + 1;
  return isWide && (hides(style.overflowX) || one.matches("button, a, label, summary"))
    || hides(style.overflowY) && one.scrollHeight > one.clientHeight + 1;
}).map((one) => one.outerHTML.slice(0, 160))"""


def parts(text: str) -> list[str]:
    """What stands between signs, without addresses and codes such as CSV, DIY-08 or EN."""
    text = re.sub(r"https?://\S+|\b[A-Z][A-Z0-9]+(-[A-Z0-9]+)*\b", "|", text)
    found = (part.strip(" -'’@&0123456789") for part in re.split(r"[^\w\s'’&@-]+| - ", text))
    return [part[:1].lower() + part[1:] for part in found if re.search("[A-Za-z]{2}", part)]


class Reader:
    """Says what is wrong on a page."""

    def __init__(self, page: Any, known: set[str]) -> None:
        self.page = page
        page.set_default_timeout(60_000)  # many pages on a machine that may be busy
        known = known | NAMES
        self.all = "\n".join(known)
        self.known = {part for text in known for part in parts(text)}

    def bare(self, text: str) -> Iterator[str]:
        """The parts of a text that are neither of the interface nor of the content."""
        for part in parts(SAID.sub("|", text)):
            if not (part in self.known or (" " in part and part[1:] in self.all)):
                yield part

    def faults(self, address: str, root: str = "body", prepare: str = "") -> Iterator[str]:
        path = address.partition("//")[2].partition("/")[2]
        texts: set[str] = set()
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.goto(address, wait_until="load")
            if prepare:
                self.page.evaluate(prepare)
            texts.update(self.page.evaluate(TEXTS, root))
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                yield f"{path}: {wide} of {width} px wide"
            for one in self.page.evaluate(CUT, root):
                yield f"{path}: cut off at {width} px: {one}"
        for text in sorted(texts):
            for part in self.bare(text):
                yield f"{path}: not translated: {part!r} in {text[:120]!r}"
