"""Comment text: plain, with links that search engines do not follow."""

import hashlib
import re
import unicodedata

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

MAX_LENGTH = 3000
_link = re.compile(r"https?://[^\s<>\"'“”]+", re.IGNORECASE)
_invisible = {"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp", "Mn", "Me"}
# Characters that turn the reading direction of what follows them, across the end of a comment too.
_turning = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def clean(text: str) -> str:
    """The text as it is kept: line ends alike, no control characters, no turned direction, no empty edges."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_turning)
    text = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"})
    return re.sub(r"\n{3,}", "\n\n", text).strip()


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


def as_html(text: str) -> SafeString:
    paragraphs = text.strip().split("\n\n")
    return mark_safe("".join(f"<p>{_inline(part)}</p>" for part in paragraphs if part.strip()))


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
