"""Finds what a code in a content file stands for."""

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django.apps import apps

from portal.models import Term

from .files import Record
from .kinds import PAGES, ROWS
from .problems import Place

NOT_LOADED = 0  # stands for the id while files are only checked


class Gone(Exception):
    """The code stands for a page or row that is not on this site: deleted by editors, or in a language left out."""


def original_of(record: Record) -> Any:
    """The page or row of a translatable record in the language it was written in, if it is still there."""
    rows = record.kind.model._default_manager.filter(code=record.code, locale__language_code=record.language)
    return (rows.filter(scheme=record.data["scheme"]) if record.kind.type == "term" else rows).first()


class References:
    """Codes of pages, rows and vocabulary terms with their ids.

    A page is found in the language it was written in: readers get it in theirs when it is shown.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self.pages: dict[str, tuple[str, int]] = {}
        self.rows: dict[str, dict[str, int]] = defaultdict(dict)
        self.terms: dict[str, set[str]] = defaultdict(set)
        self.originals: dict[str, str] = {}
        self.complete = False  # once everything is in the database, what has no id never gets one
        for record in records:
            self._add(record)

    def _add(self, record: Record) -> None:
        label = record.kind.model_label
        if record.kind.is_page:
            self.pages[record.code] = (label, NOT_LOADED)
            self.originals[record.code] = record.language
        elif record.kind.type == "term":
            self.terms[str(record.data.get("scheme"))].add(record.code)
        else:
            self.rows[label][record.code] = NOT_LOADED

    def read_database(self) -> None:
        """Fill in the ids of what is there already."""
        for kind in PAGES.values():
            for code, pk, language in kind.model.objects.values_list("code", "pk", "locale__language_code"):
                original = self.originals.setdefault(code, language)
                if language == original or self.pages.get(code, ("", NOT_LOADED))[1] == NOT_LOADED:
                    self.pages[code] = (kind.model_label, pk)
        for kind in ROWS.values():
            if kind.type != "term":
                self.rows[kind.model_label].update(kind.model.objects.values_list("code", "pk"))
        for scheme, code in Term.objects.values_list("scheme", "code"):
            self.terms[scheme].add(code)

    def page(self, code: object, model_label: str, place: Place) -> int:
        """The id of the page with `code`, which must be a `model_label`."""
        label, pk = self.pages.get(str(code), ("", NOT_LOADED))
        if not label:
            place.complain(self._unknown(str(code), "page", self.pages))
        elif not issubclass(apps.get_model(label), apps.get_model(model_label)):
            wanted = apps.get_model(model_label)._meta.verbose_name
            place.complain(f"“{code}” is a {apps.get_model(label)._meta.verbose_name}, and a {wanted} is needed here")
        return self._present(pk)

    def row(self, code: object, model_label: str, place: Place) -> int:
        rows = self.rows[model_label]
        if str(code) not in rows:
            place.complain(self._unknown(str(code), str(apps.get_model(model_label)._meta.verbose_name), rows))
        return self._present(rows.get(str(code), NOT_LOADED))

    def _present(self, pk: int) -> int:
        if self.complete and pk == NOT_LOADED:
            raise Gone
        return pk

    def term(self, scheme: str, code: object, place: Place) -> str:
        if code not in self.terms[scheme]:
            place.complain(self._unknown(str(code), f"term of the vocabulary {scheme}", self.terms[scheme]))
        return str(code)

    def _unknown(self, code: str, what: str, known: Iterable[str]) -> str:
        close = get_close_matches(code, list(known), n=1)
        return f"no {what} has the code “{code}”" + (f"; did you mean “{close[0]}”?" if close else "")
