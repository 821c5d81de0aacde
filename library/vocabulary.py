"""The glossary as a scheme of concepts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal import skos
from portal.querysets import visible

from .models import GlossaryPage, GlossaryTerm


def concepts() -> list[skos.Concept]:
    """Every term with its words in each language; none while the glossary is closed to readers."""
    if not visible(GlossaryPage.objects.all()).exists():
        return []
    found: dict[str, skos.Concept] = {}
    for term in GlossaryTerm.objects.select_related("locale").order_by("code", "pk"):
        concept = found.setdefault(term.code, skos.Concept(term.code, {}))
        _add(concept, term, term.locale.language_code)
    return list(found.values())


def _add(concept: skos.Concept, term: Any, language: str) -> None:
    concept.labels[language] = term.term
    concept.definitions[language] = term.definition
    words = list(filter(None, [term.abbreviation, *term.other_words]))
    concept.alternatives[language] = [word for word in dict.fromkeys(words) if word != term.term]
    if term.note:
        concept.notes[language] = term.note
    concept.broader = concept.broader or ((term.broader,) if term.broader else ())
    concept.related = concept.related or tuple(term.see_also)


def register() -> None:
    skos.register(skos.Scheme("glossary", _("Glossary"), concepts))
