"""What editors may enter, and what is said beside the field when it cannot work."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from ..models import Pick, Synonym
from ..picks import asked
from ..synonyms import MOST_TERMS, MOST_WORDS, plain_words, tokens_of

LONGEST_LINE = 80


def lines_of(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


class SynonymForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        terms, language = cleaned.get("terms"), cleaned.get("language")
        if terms and language:
            lines = lines_of(terms)
            errors = list(_wrong_terms(lines, language))
            if not errors:
                errors = list(self._already_there(lines, language, cleaned.get("direction")))
            for error in errors:
                self.add_error("terms", error)
            cleaned["terms"] = "\n".join(lines)
        return cleaned

    def _already_there(self, lines: list[str], language: str, direction: str | None) -> Iterator[ValidationError]:
        wanted = _pairs(lines, language, direction)
        for other in Synonym.objects.filter(language=language).exclude(pk=self.instance.pk):
            if wanted <= _pairs(other.lines, language, other.direction):
                yield ValidationError(_("These are synonyms already: “%(terms)s”.") % {"terms": other})
                return


def _pairs(lines: list[str], language: str, direction: str | None) -> set[tuple]:
    keys = [tokens_of(line, language) for line in lines]
    return {(a, b) for a in (keys if direction == Synonym.Direction.BOTH else keys[:1]) for b in keys if a != b}


def _wrong_terms(lines: list[str], language: str) -> Iterator[ValidationError]:
    if len(lines) < 2:
        yield ValidationError(_("Enter at least two terms, each on a line of its own."))
    if len(lines) > MOST_TERMS:
        yield ValidationError(_("At most %(most)d terms make one set.") % {"most": MOST_TERMS})
    yield from useless_lines(lines[:MOST_TERMS], language)
    seen: dict[tuple[str, ...], str] = {}
    for line in lines[:MOST_TERMS]:
        if len(plain_words(line, language)) > MOST_WORDS:
            yield ValidationError(
                _("“%(term)s” is too long: a term has at most %(most)d words.") % {"term": line, "most": MOST_WORDS}
            )
        key = tokens_of(line, language)
        if not key:
            continue
        if key in seen and seen[key].lower() == line.lower():
            yield ValidationError(_("“%(term)s” stands here twice: a word is no synonym of itself.") % {"term": line})
        elif key in seen:
            yield ValidationError(
                _("“%(one)s” and “%(other)s” are the same word to the search already: leave one of them out.")
                % {"one": seen[key], "other": line}
            )
        seen.setdefault(key, line)


def useless_lines(lines: Iterable[str], language: str, longest: int = LONGEST_LINE) -> Iterator[ValidationError]:
    for line in lines:
        if len(line) > longest:
            text = _("“%(line)s…” is too long: a line has at most %(most)d characters.")
            yield ValidationError(text % {"line": line[:30], "most": longest})
        elif not plain_words(line, language):
            yield ValidationError(_("“%(line)s” has no letters or digits.") % {"line": line})
        elif not asked(line, language):
            text = _("“%(line)s” holds only words so common that the search leaves them out.")
            yield ValidationError(text % {"line": line})


def same_searches(lines: Iterable[str], language: str) -> Iterator[ValidationError]:
    seen: dict[frozenset[str], str] = {}
    for line in lines:
        key = asked(line, language)
        if key and key in seen:
            text = _("“%(one)s” and “%(other)s” are the same search: leave one of them out.")
            yield ValidationError(text % {"one": seen[key], "other": line})
        seen.setdefault(key, line)


class PickForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        queries, language = cleaned.get("queries"), cleaned.get("language")
        if queries and language:
            lines = lines_of(queries)
            for error in self._wrong_queries(lines, language, cleaned.get("page")):
                self.add_error("queries", error)
            cleaned["queries"] = "\n".join(lines)
        if cleaned.get("page") and cleaned["page"].depth < 2:
            self.add_error("page", _("Choose a page of the site."))
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day must not be before the first."))
        return cleaned

    def _wrong_queries(self, lines: list[str], language: str, page: Any) -> Iterator[ValidationError]:
        if len(lines) > MOST_TERMS:
            yield ValidationError(_("Enter at most %(most)d searches.") % {"most": MOST_TERMS})
        lines = lines[:MOST_TERMS]
        yield from useless_lines(lines, language)
        yield from same_searches(lines, language)
        others = Pick.objects.filter(language=language, page=page).exclude(pk=self.instance.pk) if page else []
        taken = {asked(line, language) for other in others for line in other.lines}
        for line in lines:
            if asked(line, language) in taken - {frozenset()}:
                yield ValidationError(_("This page is picked for “%(query)s” already.") % {"query": line})
