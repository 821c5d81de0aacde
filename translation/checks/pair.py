"""A text beside its original, in the ways the checks look at them."""

import re
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Literal

BREAK = re.compile(r"<br\s*/?>", re.I)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
IN_ADDRESS = r"[^\s<>«»“”\"]*[^\s<>«»“”\".,;:!?)\]}’']"
ADDRESS = re.compile(rf"(?:https?://|www\.){IN_ADDRESS}|(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]+(?:\.[\w-]+)+", re.I)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|(?<!\d)(?<!\d[\s\u00a0\u202f])%[sd](?!\w)|\{\w*\}|\[\[\w+\]\]")


@dataclass(frozen=True)
class Problem:
    code: str
    level: Literal["error", "warning"]
    message: str

    @property
    def blocks(self) -> bool:
        return self.level == "error"


def error(code: str, message: str) -> Problem:
    return Problem(code, "error", message)


def warning(code: str, message: str) -> Problem:
    return Problem(code, "warning", message)


def plain(text: str) -> str:
    """What readers see of the text, its line breaks as such."""
    return unescape(TAG.sub("", BREAK.sub("\n", text)))


def _prose(text: str) -> str:
    return PLACEHOLDER.sub("X", ADDRESS.sub("X", text))


def addresses(text: str) -> set[str]:
    return set(ADDRESS.findall(text))


@dataclass(frozen=True)
class Pair:
    source: str
    text: str
    source_language: str
    language: str
    max_length: int | None = None
    kind: Literal["html", "text"] = "html"

    @cached_property
    def plain_source(self) -> str:
        return plain(self.source)

    @cached_property
    def plain(self) -> str:
        return plain(self.text)

    @cached_property
    def is_copy(self) -> bool:
        return " ".join(self.plain.split()) == " ".join(self.plain_source.split())

    @cached_property
    def prose(self) -> str:
        """Without placeholders, and without addresses, which have a punctuation of their own."""
        return _prose(self.plain)

    @cached_property
    def prose_source(self) -> str:
        return _prose(self.plain_source)

    @cached_property
    def words(self) -> list[str]:
        return WORD.findall(self.prose)

    @cached_property
    def words_source(self) -> list[str]:
        return WORD.findall(self.prose_source)
