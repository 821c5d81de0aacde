"""Texts as translators type them: no entities, and ⟨1⟩ … ⟨/1⟩ for the tags of the original.

The numbers follow the original. What a translation has beyond it is named: ⟨i⟩ … ⟨/i⟩. A line break is a line break.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from html import escape
from typing import Any

from bs4 import BeautifulSoup, NavigableString, PageElement
from django.utils.translation import gettext as _
from wagtail_localize.strings import INLINE_TAGS, StringValue

from ..places import Place

TOKEN = re.compile(r"⟨(/?)([\w:.-]+)⟩")
PLAIN_TAGS = frozenset(INLINE_TAGS) - {"a", "br"}
BLANK = re.compile(r"(?<![ \t])[ \t]*\n\s*")  # begun once in each run of spaces


class Unknown(ValueError):
    """A token that stands for nothing in the original."""


@dataclass(frozen=True)
class Tag:
    number: int
    name: str
    id: str = ""

    @property
    def opening(self) -> str:
        return f'<{self.name} id="{self.id}">' if self.id else f"<{self.name}>"


@dataclass(frozen=True)
class Part:
    """A piece of a text: words, or one token."""

    text: str
    tag: Tag | None = None
    closes: bool = False


def tags(source: str) -> list[Tag]:
    found = [one for one in BeautifulSoup(source, "html.parser").find_all(True) if one.name != "br"]
    return [Tag(number, one.name, str(one.get("id", ""))) for number, one in enumerate(found, 1)]


def parts(data: str, source: str) -> list[Part]:
    """The pieces of `data`, which is `source` or a translation of it."""
    known: dict[tuple[str, str], list[Tag]] = defaultdict(list)
    for tag in tags(source):
        known[tag.name, tag.id].append(tag)
    found: list[Part] = []
    _walk(BeautifulSoup(data, "html.parser"), known, found)
    return found


def _walk(node: Any, known: dict[tuple[str, str], list[Tag]], found: list[Part]) -> None:
    child: PageElement | Any
    for child in node.children:
        if isinstance(child, NavigableString):
            found.append(Part(BLANK.sub(" ", str(child))))
        elif child.name == "br":
            found.append(Part("\n"))
        else:
            given = str(child.get("id", ""))
            same = known[child.name, given]
            tag = same.pop(0) if same else Tag(0, child.name, given)
            found.append(Part(_token(tag), tag))
            _walk(child, known, found)
            found.append(Part(_token(tag, "/"), tag, closes=True))


def _token(tag: Tag, slash: str = "") -> str:
    name = str(tag.number) if tag.number else f"{tag.name}:{tag.id}" if tag.id else tag.name
    return f"⟨{slash}{name}⟩"


def shown(data: str, source: str, stands: Place) -> str:
    if stands.kind == "text":
        return StringValue(data).render_text()
    return "".join(part.text for part in parts(data, source))


def kept(text: str, source: str, stands: Place) -> str:
    """The markup of what was typed. Raises Unknown for a token that stands for nothing."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not stands.has_lines:
        text = BLANK.sub(" ", text)
    return StringValue.from_plaintext(text).data if stands.kind == "text" else _marked(text, source)


def _marked(text: str, source: str) -> str:
    numbered = {str(tag.number): tag for tag in tags(source)}
    literal = {match[0] for match in TOKEN.finditer(BeautifulSoup(source, "html.parser").get_text())}
    found, at = [], 0
    for match in TOKEN.finditer(text):
        if match[0] in literal:
            continue
        found += [_escaped(text[at : match.start()]), _markup(match[1], match[2], numbered)]
        at = match.end()
    return "".join([*found, _escaped(text[at:])])


def _markup(slash: str, name: str, numbered: dict[str, Tag]) -> str:
    kind, _colon, given = name.partition(":")
    tag = numbered.get(name) or (Tag(0, kind, given) if kind in PLAIN_TAGS or (kind == "a" and given) else None)
    if tag is None:
        raise Unknown(_("The original has no ⟨%(name)s⟩.") % {"name": name})
    return f"</{tag.name}>" if slash else tag.opening


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br/>")
