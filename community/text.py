"""Comment text: plain, with links that search engines do not follow."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from portal.guard.folding import bare, fold

MAX_LENGTH = 3000
BEGIN, END = "\x02", "\x03"  # control characters, which no kept text has
_link = re.compile(r"https?://[^\s<>\"'“”]+", re.IGNORECASE)
_invisible = {"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp", "Mn", "Me"}
# All of the categories Cc and Cs but tabs and line ends.
_control = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Characters that turn the reading direction of what follows them, across the end of a comment too.
_turning = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def clean(text: str) -> str:
    """The text as it is kept: line ends alike, no control characters, no turned direction, no empty edges."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_turning)
    text = _control.sub("", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def public_id(asked: str) -> str:
    """What somebody gives as the public number of a row, if it can be one: PostgreSQL refuses to look for a NUL."""
    return asked if asked.isascii() and asked.isalnum() else ""


def has_content(text: str) -> bool:
    """Whether anything would be seen: not only spaces, invisible characters and marks."""
    return any(unicodedata.category(char) not in _invisible for char in text)


def count_links(text: str) -> int:
    return len(_link.findall(text)) + len(re.findall(r"(?<![/\w.])www\.\w", text, re.IGNORECASE))


def digest(text: str) -> str:
    """The same for texts that differ in nothing but case, accents, spaces and punctuation."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    letters = re.sub(r"[\W_]+", "", folded) or folded
    return hashlib.sha256(letters.encode(errors="replace")).hexdigest()


def folded_words(text: str) -> str:
    """Words without case, accents and punctuation, a space between them; a star stays at the end of a word."""
    return " ".join(re.findall(r"[^\W_]+\*?", bare(fold(text).text)))


def repeats(said: str, source: str, run: int = 5) -> bool:
    """Whether `said` holds so many words of `source` in a row, or all of it where it is shorter."""
    run = min(run, max(2, len(folded_words(source).split())))
    return not set(runs(source, run)).isdisjoint(runs(said, run))


def runs(source: str, length: int) -> list[str]:
    """Each so many words in a row, folded, in the order of the text."""
    words = folded_words(source).split()
    return [" ".join(words[start : start + length]) for start in range(len(words) - length + 1)]


def as_html(text: str, emphasised: Iterable[Iterable[int]] = ()) -> SafeString:
    """Paragraphs, links, and the `emphasised` places of the text, each with its start and end, set off."""
    links = [match.span() for match in _link.finditer(text)]
    for start, end in sorted(map(tuple, emphasised), reverse=True):
        if any(first <= start < last for first, last in links):
            continue  # in the midst of an address, it would break the link
        if text[start : start + 1] == "@":  # else the text was changed by somebody who did not count anew
            text = f"{text[:start]}{BEGIN}{text[start:end]}{END}{text[end:]}"
    paragraphs = text.strip().split("\n\n")
    html = "".join(f"<p>{_inline(part)}</p>" for part in paragraphs if part.strip())
    return mark_safe(html.replace(BEGIN, '<b class="named">').replace(END, "</b>"))


def _inline(text: str) -> str:
    if "://" not in text:
        return escape(text.strip()).replace("\n", "<br>")
    done = 0
    parts: list[str] = []
    for match in _link.finditer(text):
        url = match.group().rstrip(".,;:!?)]")
        parts.append(escape(text[done : match.start()]))
        parts.append(f'<a href="{escape(url)}" rel="ugc nofollow noopener">{escape(url)}</a>')
        done = match.start() + len(url)
    parts.append(escape(text[done:]))
    return "".join(parts).strip().replace("\n", "<br>")
