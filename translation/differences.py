"""How two wordings of a text differ, and what of a translation of the one fits the other; without any query.

Texts are what wagtail-localize keeps: HTML with inline tags only, in which links carry a number (`<a id="a1">`) instead
of an address.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from html import unescape

from bs4 import BeautifulSoup, Tag
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, utils

from . import languages
from .checks.pair import plain

TAG = re.compile(r"(<[^<>]*>)")
TOKEN = re.compile(r"\w+(?:[’'.,-]\w+)*\s*|[^\w\s]\s*|\s+")
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
RELATED = 50  # percent: below that one of several paragraphs is hardly an earlier wording of another


def similarity(one: str, other: str) -> int:
    """In percent, whatever the order of the words, their case and their formatting."""
    return int(fuzz.token_ratio(plain(one), plain(other), processor=utils.default_process))


def difference(old: str, new: str) -> SafeString:
    """Both wordings in one line, word by word, with what went and what came marked; safe HTML."""
    before, after = list(_tokens(old)), list(_tokens(new))
    matcher = SequenceMatcher(None, [one.strip() for one in before], [one.strip() for one in after], autojunk=False)
    parts: list[SafeString] = []
    for kind, i, j, k, m in matcher.get_opcodes():
        gone, come = "".join(before[i:j]), "".join(after[k:m])
        if kind == "equal":
            parts.append(format_html("{}", come))
            continue
        if gone:
            parts.append(format_html("<del>{}</del>", gone))
        if come:
            parts.append(format_html("<ins>{}</ins>", come))
    return mark_safe("".join(parts))


def readable(text: str) -> SafeString:
    """One wording, with its tags as signs that can be read."""
    return format_html("{}", "".join(_tokens(text)))


def _tokens(text: str) -> Iterator[str]:
    """Words, marks, and tags as signs that can be read: a link is named by its number."""
    for part in TAG.split(text):
        if TAG.fullmatch(part):
            yield _sign(part)
        else:
            yield from TOKEN.findall(unescape(part))


def _sign(tag: str) -> str:
    number = re.search(r'id="([^"]*)"', tag)
    name = re.sub(r"[<>/ ]", " ", tag).split()
    if name[:1] == ["br"]:
        return "↵ "
    return f"⟨{'/' * tag.startswith('</')}{number[1] if number else ''.join(name[:1])}⟩"


def doubts(old: str, new: str, language: str) -> list[str]:
    """What makes a translation of `old` say something else than `new`, though they read alike."""
    found = []
    if _numbers(old) != _numbers(new):
        texts = [", ".join(sorted((one - other).elements())) for one, other in _both_ways(_numbers(old), _numbers(new))]
        then, now = (text or _("none") for text in texts)
        found.append(_("The numbers differ: %(then)s there, %(now)s here.") % {"then": then, "now": now})
    if _negations(old, language) != _negations(new, language):
        found.append(_("One of the two texts says “not” where the other does not."))
    return found


def _both_ways(one: Counter[str], other: Counter[str]) -> Iterator[tuple[Counter[str], Counter[str]]]:
    yield one, other
    yield other, one


def _numbers(text: str) -> Counter[str]:
    return Counter(NUMBER.findall(plain(text)))


def _negations(text: str, language: str) -> int:
    if (known := languages.language(language)) is None:
        return 0
    return len(re.findall(rf"(?<!\w)(?:{known.negations})(?!\w)", plain(text), re.IGNORECASE))


def pairs(gone: Iterable[str], come: Iterable[str]) -> list[tuple[str, str]]:
    """Which of the texts that are gone is the earlier wording of which new one; `gone` has the newest first."""
    left, new = list(dict.fromkeys(gone)), list(dict.fromkeys(come))
    scored = sorted(
        ((similarity(old, text), -rank, -number) for rank, old in enumerate(left) for number, text in enumerate(new)),
        reverse=True,
    )
    found: dict[int, int] = {}
    for score, rank, number in scored:
        if score >= RELATED and -number not in found and -rank not in found.values():
            found[-number] = -rank
    return [(left[rank], new[number]) for number, rank in sorted(found.items())]


def earlier_wordings(gone: Iterable[str], come: Iterable[str], texts: int) -> list[tuple[str, str]]:
    """Such pairs for one place. Where it holds but one text now, what stood there last is its earlier wording, however
    little is left of it.
    """
    gone, come = list(gone), list(come)
    found = pairs(gone, come)
    return [(gone[0], come[0])] if not found and texts == 1 and gone and come else found


def fitted(text: str, old: str, new: str) -> str:
    """The translation of `old` with the links and the formatting that `new` has, as far as it can be known.

    A link of the old text becomes that of the new one with the same words, else the one in the same order if there are
    as many; any other is unwrapped, since wagtail-localize takes no text with a link that its source has not.
    """
    ids = _link_ids(old, new)
    names = {tag.name for tag in _soup(new).find_all(True)} | {"br"}
    soup = _soup(text)
    for tag in soup.find_all(True):
        if tag.name == "a" and "id" in tag.attrs:
            number = ids.get(str(tag["id"]))
            if number:
                tag["id"] = number
            else:
                tag.unwrap()
        elif tag.name not in names:
            tag.unwrap()
    return str(soup)


def _soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def _links(text: str) -> dict[str, str]:
    found = (tag for tag in _soup(text).find_all("a") if isinstance(tag, Tag) and "id" in tag.attrs)
    return {str(tag["id"]): tag.get_text().strip().lower() for tag in found}


def _link_ids(old: str, new: str) -> dict[str, str]:
    before, after = _links(old), _links(new)
    if before == after:
        return {number: number for number in before}
    ids: dict[str, str] = {}
    for number, words in before.items():
        same = [other for other, text in after.items() if text == words and other not in ids.values()]
        if same:
            ids[number] = same[0]
    if len(before) == len(after):
        rest = [number for number in after if number not in ids.values()]
        ids |= dict(zip([number for number in before if number not in ids], rest, strict=True))
    return ids
