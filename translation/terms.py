"""The terms of the glossary in a text to be translated, and whether its translation keeps to them.

Words are compared by their stems, so that a term is found in all its forms. A stem may be of another word, and a
sentence may do without a term: what is said here is advice, and never blocks a text.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from portal.wording import wordings
from portal.words.analysis import token
from portal.words.folding import fold

from . import languages
from .checks.pair import Problem, plain, warning
from .models import TermUse

WORD = re.compile(r"[^\W_]+")
PARENTHESES = re.compile(r"[()]")
APART = re.compile(r"[^\s’'·•‐‑-]")  # between two words that do not belong to one term
SHORTEST_PART = 5  # letters of a stem that tell it within a compound
ENDING = 3  # letters in which two forms of a word may differ


@dataclass(frozen=True)
class Name:
    """What a notion is called in one language, and what translators are told of it."""

    approved: str  # empty as long as nobody has decided
    others: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    kept: bool = False
    note: str = ""
    meaning: str = ""
    entry: Any = None  # of the glossary, which calls it so:
    entry_name: str = ""

    @property
    def accepted(self) -> tuple[str, ...]:
        """With both parts of a name such as “production participative (crowdsourcing)”."""
        names = [self.approved, *self.others, *self.forms]
        parts = [part.strip() for name in names if "(" in name for part in PARENTHESES.split(name)]
        return tuple(filter(None, dict.fromkeys([*names, *parts])))


@dataclass
class Notion:
    """One term in all its languages."""

    key: UUID
    names: dict[str, Name] = field(default_factory=dict)

    @property
    def entry(self) -> Any:
        """Any of the glossary's: rights are those on its model."""
        return next(name.entry for name in self.names.values() if name.entry)


@dataclass(frozen=True)
class Hit:
    """A term in a text."""

    notion: Notion
    words: str
    start: int  # in what readers see of the text
    end: int
    source: Name
    target: Name | None

    @property
    def wanted(self) -> str:
        """What the translation is to say; empty as long as nobody has decided."""
        if self.target and self.target.kept:
            return self.words
        return self.target.approved if self.target else ""


def notions(languages: Collection[str] | None = None) -> list[Notion]:
    """Every term with what it is called in these languages, or in all. Two queries."""
    codes = [code for code, _name in settings.LANGUAGES] if languages is None else list(languages)
    rows = TermUse.objects.filter(locale__language_code__in=codes).select_related("locale")
    uses = {(row.translation_key, row.locale.language_code): row for row in rows}
    found: dict[UUID, Notion] = {}
    for wording in wordings(codes):
        notion = found.setdefault(wording.entry.translation_key, Notion(wording.entry.translation_key))
        use = uses.pop((notion.key, wording.language), None)
        about = {"meaning": wording.meaning, "entry": wording.entry, "entry_name": wording.name}
        name = Name(wording.name, wording.others, **about)
        notion.names[wording.language] = _used(name, use)
    for (key, language), use in uses.items():
        if key in found:
            found[key].names[language] = _used(Name(""), use)
    return list(found.values())


def _used(name: Name, use: TermUse | None) -> Name:
    if use is None:
        return name
    instead = (name.approved,) if use.rendering else ()
    return replace(
        name,
        approved=use.rendering or name.approved,
        others=name.others + instead,
        forms=lines(use.forms),
        forbidden=lines(use.forbidden),
        kept=use.kept,
        note=use.note,
    )


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


@dataclass(frozen=True)
class Word:
    text: str
    start: int
    end: int
    stem: str  # without accents; of a word too common to be stemmed, the word
    begins: bool  # a mark such as a comma parts it from the word before


def words(text: str, language: str) -> list[Word]:
    found, done = [], 0
    for match in WORD.finditer(text):
        begins = bool(APART.search(text, done, match.start()))
        found.append(Word(match[0], *match.span(), _stem(match[0], language), begins))
        done = match.end()
    return found


def _stem(word: str, language: str) -> str:
    return token(word.lower(), language).removeprefix(language) or fold(word.lower())


class Index:
    """Finds forms of terms in texts of one language: the longest that begins at a word."""

    def __init__(self, language: str, forms: Iterable[tuple[str, Any]]) -> None:
        self.language = language
        self._by_stem: dict[str, list[tuple[list[Word], Any]]] = defaultdict(list)
        for form, meant in forms:
            if its_words := words(form, language):
                self._by_stem[its_words[0].stem].append((its_words, meant))
        for several in self._by_stem.values():
            several.sort(key=lambda one: -len(one[0]))

    def find(self, text: str) -> Iterator[tuple[Any, int, int]]:
        found = words(text, self.language)
        place = 0
        while place < len(found):
            match = self._at(found, place)
            if match is None:
                place += 1
                continue
            length, meant = match
            yield meant, found[place].start, found[place + length - 1].end
            place += length

    def _at(self, found: list[Word], place: int) -> tuple[int, Any] | None:
        for form, meant in self._by_stem.get(found[place].stem, ()):
            stands = found[place : place + len(form)]
            is_one = len(stands) == len(form) and not any(word.begins for word in stands[1:])
            if is_one and all(map(_may_be, stands, form)):
                return len(form), meant
        return None


def _may_be(typed: Word, word: Word) -> bool:
    """An abbreviation counts in capitals only; of other words a stem alone does not tell enough."""
    if typed.stem != word.stem:
        return False
    if word.text.isupper() and len(word.text) > 1:
        return typed.text == word.text
    same = max(ENDING, min(len(typed.text), len(word.text)) - ENDING)
    if len(word.stem) >= same:  # which took little off
        return True
    return fold(typed.text.lower())[:same] == fold(word.text.lower())[:same]


class Glossary:
    """The terms for one pair of languages, read once for a page of texts."""

    def __init__(self, found: Iterable[Notion], source_language: str, language: str, own: UUID | None = None) -> None:
        self.source_language, self.language, self.own = source_language, language, own
        self.notions = [notion for notion in found if source_language in notion.names]
        self._index = Index(
            source_language,
            ((form, notion) for notion in self.notions for form in notion.names[source_language].accepted),
        )

    def hits(self, source: str) -> list[Hit]:
        """The terms in a text as wagtail-localize keeps it, in their order."""
        text = plain(source)
        return [
            Hit(
                notion, text[start:end], start, end, notion.names[self.source_language], notion.names.get(self.language)
            )
            for notion, start, end in self._index.find(text)
        ]

    def problems(self, source: str, text: str) -> list[Problem]:
        """At most two warnings: what is missing, and what is not to be used."""
        found = {hit.notion.key: hit for hit in self.hits(source) if hit.notion.key != self.own}
        hits, typed = list(found.values()), plain(text)
        missing = [f"{hit.words} → {hit.wanted}" for hit in hits if hit.wanted and not self._is_said(hit, typed)]
        problems = []
        if missing:
            message = _("The glossary has other words here: %(terms)s.")
            problems.append(warning("term", message % {"terms": "; ".join(missing)}))
        if avoided := self._avoided(hits, typed):
            message = _("The glossary asks not to say: %(words)s.")
            problems.append(warning("term_avoided", message % {"words": ", ".join(avoided)}))
        return problems

    def _is_said(self, hit: Hit, text: str) -> bool:
        if hit.target and hit.target.kept and hit.words.casefold() in text.casefold():
            return True
        said = words(text, self.language)
        accepted = hit.target.accepted if hit.target else ()
        return any(_has(said, words(form, self.language), self.language) for form in accepted)

    def _avoided(self, hits: Sequence[Hit], text: str) -> list[str]:
        """A word to avoid within an approved name is part of the name."""
        names = [hit.target for hit in hits if hit.target]
        forms = [(form, False) for name in names for form in name.accepted]
        forms += [(form, True) for name in names for form in name.forbidden]
        found = Index(self.language, forms).find(text)
        return list(dict.fromkeys(text[start:end] for is_avoided, start, end in found if is_avoided))


def _has(said: list[Word], form: list[Word], language: str) -> bool:
    """Whether all words of the form stand in the text, in any order: a sentence inflects and parts them."""
    weighty = [word for word in form if token(word.text.lower(), language)] or form
    return bool(form) and all(any(_is_in(word, typed, language) for typed in said) for word in weighty)


def _is_in(word: Word, typed: Word, language: str) -> bool:
    if _may_be(typed, word):
        return True
    known = languages.language(language)
    is_part = known is not None and known.compounds and len(word.stem) >= SHORTEST_PART
    return is_part and word.stem in fold(typed.text.lower())


def glossary(source_language: str, language: str, own: UUID | None = None) -> Glossary:
    """`own` is the term whose entry is translated: what it is called is decided there."""
    return Glossary(notions({source_language, language}), source_language, language, own)
