"""The vocabularies as linked data (SKOS): every concept with its labels in all languages, at an address that stays.

`/vocab/ethical_risk/` is a scheme and `/vocab/ethical_risk/#vigilantism` a concept in it. Programs get Turtle or
JSON-LD there, people a page. A feature registers a scheme of its own beside those of the portal.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from . import vocabulary as v
from .models import Term
from .structured_data import LICENCE_URL

Texts = dict[str, str]  # by language

PREFIXES = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
}


@dataclass
class Concept:
    code: str
    labels: Texts
    alternatives: dict[str, list[str]] = field(default_factory=dict)
    definitions: Texts = field(default_factory=dict)
    notes: Texts = field(default_factory=dict)
    broader: tuple[str, ...] = ()  # codes in the same scheme
    broader_elsewhere: tuple[tuple[str, str], ...] = ()  # scheme and code
    related: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scheme:
    code: str
    title: Any
    concepts: Callable[[], list[Concept]]


_registered: dict[str, Scheme] = {}


def register(scheme: Scheme) -> None:
    _registered[scheme.code] = scheme


def schemes() -> list[Scheme]:
    return list(_registered.values())


def scheme(code: str) -> Scheme | None:
    return _registered.get(code)


def in_all_languages(text: Any) -> Texts:
    """A text of the interface in every language of the site."""
    found = {}
    for code, __ in settings.LANGUAGES:
        with translation.override(code):
            found[code] = str(text)
    return found


def iri(scheme: str, concept: str = "") -> str:
    """The identity of a scheme or a concept: an address under the site's own name, whoever asks by which."""
    base = f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/vocab/{scheme}/"
    return f"{base}#{concept}" if concept else base


# The portal's own vocabularies

# Titles are words that the pages use for the same things.
ENUMERATIONS: dict[Any, Any] = {
    v.PatternGroup: _("Group"),
    v.InstitutionalUse: _("Use by institutions"),
    v.CitizenUse: _("Use by citizens"),
    v.UseStrength: _("How strongly"),
    v.PlatformKind: _("Channels"),
    v.IncidentPhase: _("Phase"),
    v.CitizenPurpose: _("What citizens want"),
    v.CitizenActivity: _("What citizens do"),
    v.Initiative: _("Who starts it"),
    v.Participation: _("Degree of participation"),
    v.Actor: _("Who is involved"),
    v.RelationType: _("Relation"),
    v.PracticeStatus: _("Status"),
    v.Territory: _("Territory"),
    v.Criterion: _("Criterion"),
    v.ParticipantCategory: _("Who took part"),
    v.FindingKind: _("Finding"),
    v.FindingStrength: _("How many agreed"),
    v.EventKind: _("Event"),
    v.ResourceType: _("Type"),
}
TOOLS_OF = {
    v.TermScheme.INSTITUTIONAL_TOOL: v.InstitutionalUse,
    v.TermScheme.CITIZEN_TOOL: v.CitizenUse,
}


def code_of(enumeration: type) -> str:
    """`InstitutionalUse` is `institutional_use`."""
    name = enumeration.__name__
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _of_enumeration(enumeration: Any) -> Callable[[], list[Concept]]:
    return lambda: [Concept(code, in_all_languages(label)) for code, label in enumeration.choices]


def _of_terms(name: str) -> Callable[[], list[Concept]]:
    def concepts() -> list[Concept]:
        found: dict[str, Concept] = {}
        rows = Term.objects.filter(scheme=name).select_related("locale").order_by("order", "code", "pk")
        for term in rows:
            concept = found.setdefault(term.code, Concept(term.code, {}))
            language = term.locale.language_code
            concept.labels[language] = term.label
            if term.definition:
                concept.definitions[language] = term.definition
            uses = TOOLS_OF.get(v.TermScheme(name))
            if uses is not None and term.parent in uses.values:
                concept.broader_elsewhere = ((code_of(uses), term.parent),)
        return list(found.values())

    return concepts


def register_vocabularies() -> None:
    for enumeration, title in ENUMERATIONS.items():
        register(Scheme(code_of(enumeration), title, _of_enumeration(enumeration)))
    for name, label in v.TermScheme.choices:
        register(Scheme(name, label, _of_terms(name)))


# Statements

Statement = tuple[str, str, Any]  # subject, predicate, and an address, a text, or a text with its language


@dataclass(frozen=True)
class Iri:
    value: str


@dataclass(frozen=True)
class Literal:
    text: str
    language: str = ""


def statements(scheme: Scheme) -> Iterator[Statement]:
    here = iri(scheme.code)
    concepts = scheme.concepts()
    known = {concept.code for concept in concepts}
    yield here, "a", Iri("skos:ConceptScheme")
    for language, text in in_all_languages(scheme.title).items():
        yield here, "dct:title", Literal(text, language)
    yield here, "dct:license", Iri(LICENCE_URL)
    for concept in concepts:
        if not known & set(concept.broader):
            yield here, "skos:hasTopConcept", Iri(iri(scheme.code, concept.code))
    for concept in concepts:
        yield from _of_concept(scheme.code, concept, known)


def _of_concept(scheme: str, concept: Concept, known: set[str]) -> Iterator[Statement]:
    it = iri(scheme, concept.code)
    yield it, "a", Iri("skos:Concept")
    yield it, "skos:inScheme", Iri(iri(scheme))
    yield it, "skos:notation", Literal(concept.code)
    for predicate, texts in (("prefLabel", concept.labels), ("definition", concept.definitions)):
        yield from ((it, f"skos:{predicate}", Literal(text, language)) for language, text in texts.items())
    for language, words in concept.alternatives.items():
        yield from ((it, "skos:altLabel", Literal(word, language)) for word in words)
    yield from ((it, "skos:scopeNote", Literal(text, language)) for language, text in concept.notes.items())
    yield from ((it, "skos:broader", Iri(iri(scheme, code))) for code in concept.broader if code in known)
    yield from ((it, "skos:broadMatch", Iri(iri(*other))) for other in concept.broader_elsewhere)
    beside = (code for code in concept.related if code in known and code not in concept.broader)
    yield from ((it, "skos:related", Iri(iri(scheme, code))) for code in beside)


# Forms


def turtle(*chosen: Scheme) -> str:
    lines = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    for one in chosen:
        lines.append("")
        lines += [
            f"{_turtle_iri(subject)} {predicate} {_turtle(value)} ." for subject, predicate, value in statements(one)
        ]
    return "\n".join(lines) + "\n"


def _turtle_iri(value: str) -> str:
    return value if value.partition(":")[0] in PREFIXES else f"<{value}>"


def _turtle(value: Iri | Literal) -> str:
    if isinstance(value, Iri):
        return _turtle_iri(value.value)
    quoted = json.dumps(value.text, ensure_ascii=False)  # Turtle escapes as JSON does
    return f"{quoted}@{value.language}" if value.language else quoted


def json_ld(scheme: Scheme) -> str:
    nodes: dict[str, dict[str, Any]] = {}
    for subject, predicate, value in statements(scheme):
        node = nodes.setdefault(subject, {"@id": subject})
        if predicate == "a":
            node["@type"] = value.value
        else:
            node.setdefault(predicate, []).append(_json(value))
    return json.dumps({"@context": PREFIXES, "@graph": list(nodes.values())}, ensure_ascii=False, indent=1) + "\n"


def _json(value: Iri | Literal) -> dict[str, str]:
    if isinstance(value, Iri):
        return {"@id": value.value}
    return {"@value": value.text, "@language": value.language} if value.language else {"@value": value.text}
