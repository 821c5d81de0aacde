"""Words that a page explains: the first of each in its text leads to its meaning at the end of the page.

Features say which words there are: the glossary registers itself here. The meaning stands on the page itself, so that
it is there without a script and on paper; with one it opens beside the word.
"""

import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from .navigation import once

if TYPE_CHECKING:
    from .reading import Reading

TAG = re.compile(r"(<[^>]*>)")
OPENS = re.compile(r"<(/?)(a|h[1-6]|code|abbr|q|blockquote)\b", re.I)  # in these a text keeps its own links and words
# What the languages add to a word for the plural.
PLURALS = {
    "en": "(?:e?s)?",
    "fr": "[sx]?",
    "nl": "(?:en|s|’s)?",
    "de": "(?:e?n|e?s|er?)?",
    "it": "",  # which changes the last vowel instead
    "es": "(?:e?s)?",
    "ca": "s?",
}


@dataclass(frozen=True)
class Explanation:
    """A word with its meaning. `forms` are what texts write; those all in capitals count in capitals only."""

    code: str
    word: str
    meaning: str
    url: str  # where more is said
    forms: tuple[str, ...]


Provider = Callable[[str, HttpRequest], Iterable[Explanation]]  # the words of a language
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    if provider not in _providers:
        _providers.append(provider)


class Known:
    """The words of one language and how to find them in a text."""

    def __init__(self, language: str, explanations: Iterable[Explanation]) -> None:
        self.by_form: dict[str, Explanation] = {}
        self._ending = PLURALS.get(language, "")
        self._changes_vowel = language == "it"
        for explanation in explanations:
            for form in explanation.forms:
                self.by_form.setdefault(_key(form), explanation)
        longest_first = sorted(self.by_form, key=lambda form: (-len(form), form))
        self.pattern = re.compile(
            r"(?<![\w&])(?:"
            + "|".join(f"(?P<w{n}>{self._written(form)})" for n, form in enumerate(longest_first))
            + r")(?!\w)"
        )
        self.in_order = [self.by_form[form] for form in longest_first]
        self._hints = [(*self._hint(form), explanation.code) for form, explanation in self.by_form.items()]

    def is_hinted_at(self, html: str, found: Container[str]) -> bool:
        """Whether the text may hold a word that is not among `found`: much quicker than looking for all of them."""
        text = html.casefold()
        for rarest, words, code in self._hints:
            if rarest in text and code not in found and all(word in text for word in words):
                return True
        return False

    def _hint(self, form: str) -> tuple[str, list[str]]:
        """What every text with this form holds: the longest of its words, up to what changes, and all of them."""
        words = [escape(word, quote=False).casefold() for word in (form[:-1] if self._changes_vowel else form).split()]
        return max(words, key=len), words

    def _written(self, form: str) -> str:
        words = r"\s+".join(re.escape(escape(word, quote=False)) for word in form.split())
        if form.isupper():
            return words
        if self._changes_vowel and form[-1] in "aeio":
            return f"(?i:{words[:-1]}[aeiou])"
        return f"(?i:{words}{self._ending})"

    def meant(self, match: re.Match[str]) -> Explanation:
        return self.in_order[int(str(match.lastgroup)[1:])]


class Explained:
    """What one page has explained so far."""

    def __init__(self, known: Known, without: Iterable[str]) -> None:
        self.known = known
        self.found: dict[str, Explanation] = {}
        self._without = {_key(name) for name in without}

    def mark(self, html: str) -> str:
        """The text with a link on the first of each word that the page has not explained yet."""
        if not self.known.is_hinted_at(html, self.found):
            return html
        parts, inside = TAG.split(html), 0
        for place, part in enumerate(parts):
            if place % 2:
                if found := OPENS.match(part):
                    inside = max(0, inside - 1) if found[1] else inside + 1
            elif part and not inside:
                parts[place] = self.known.pattern.sub(self._marked, part)
        return "".join(parts)

    def _marked(self, match: re.Match[str]) -> str:
        explanation = self.known.meant(match)
        if explanation.code in self.found or self._is_the_page(explanation):
            return match[0]
        self.found[explanation.code] = explanation
        return f'<a class="explained" href="#word-{explanation.code}">{match[0]}</a>'

    def _is_the_page(self, explanation: Explanation) -> bool:
        """A page explains its own subject at length."""
        return bool(self._without & {_key(explanation.code), *map(_key, explanation.forms)})


def explained(reading: "Reading") -> Explained:
    page = reading.page
    names = [page.code, page.title, *getattr(page, "also_called", "").splitlines()]
    return Explained(_known(reading.page_language, reading.request), names)


def _known(language: str, request: HttpRequest) -> Known:
    def read() -> Known:
        return Known(language, [one for provider in _providers for one in provider(language, request)])

    known: Known = once(request, ("explained", language), read)
    return known


def _key(form: Any) -> str:
    text = " ".join(unescape(str(form)).replace("'", "’").split())
    return text if text.isupper() else text.casefold()
