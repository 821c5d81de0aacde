"""What must hold before a pattern is published, in words that say what to do."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.vocabulary import INVERSE_RELATION, PatternStatus, RelationType

if TYPE_CHECKING:
    from portal.models.pages import Problem, Rows

    from .models import PatternPage, PatternRelation

MIN_TENSION_REASON = 40


def problems(page: "PatternPage", rows: "Rows") -> list["Problem"]:
    relations = [row for row in rows("relations") if row.target_id]
    return [
        *missing_parts(page, rows),
        *relation_problems(page, relations),
        *confidence_problems(page),
    ]


def missing_parts(page: "PatternPage", rows: "Rows") -> list["Problem"]:
    kinds = Counter(block.block_type for block in page.considerations)
    found: list[Problem] = []
    if len(page.forces) < 2:
        found.append(("forces", _("Give at least two forces: pairs that pull against each other.")))
    if not kinds["opportunity"]:
        found.append(("considerations", _("Add at least one opportunity.")))
    if not kinds["threat"]:
        found.append(("considerations", _("Add at least one threat.")))
    if not kinds["ethical_risk"]:
        found.append(("considerations", _("Add at least one ethical risk: every pattern has one.")))
    if not rows("relations") and not inverse_relations(page).exists():
        found.append(("relations", _("Relate the pattern to at least one other pattern.")))
    if not rows("portal_sources"):
        found.append(("portal_sources", _("Name at least one source.")))
    if page.diagram and not page.diagram_text:
        found.append(("diagram_text", _("Describe the diagram in words for people who cannot see it.")))
    if page.status == PatternStatus.SUPERSEDED and page.superseded_by_id is None:
        found.append(("superseded_by", _("Choose the pattern that takes its place.")))
    return found


def inverse_relations(page: "PatternPage") -> Any:
    """Relations that other patterns store towards this one, in the language of the page."""
    from .models import PatternRelation

    return PatternRelation.objects.filter(
        target__translation_key=page.translation_key, page__locale_id=page.locale_id
    ).exclude(page__translation_key=page.translation_key)


def relation_problems(page: "PatternPage", relations: Iterable["PatternRelation"]) -> list["Problem"]:
    """R2: no relation to itself and none twice, whichever page or language of the other pattern says it."""
    related = [(row, row.target.translation_key) for row in relations]
    found: list[Problem] = []
    if any(key == page.translation_key for _row, key in related):
        found.append(("relations", _("A pattern cannot be related to itself or to its own translation.")))
    own = Counter((row.type, key) for row, key in related)
    inverse = said_by_others(page)
    for (kind, key), times in own.items():
        if times > 1 or (kind, key) in inverse:
            message = _("“%(kind)s” is listed twice for the same pattern. Keep one.")
            found.append(("relations", message % {"kind": label(kind)}))
    stored = [(row, row.page.translation_key) for row in inverse_relations(page).select_related("page")]
    found += pair_problems([*related, *stored])
    found += cycle_problems(page, {key for row, key in related if row.type == RelationType.LARGER})
    return found


def said_by_others(page: "PatternPage") -> set[tuple[str, Any]]:
    """What the published pages of other patterns say of this one, as this page would say it."""
    from . import relations

    key = page.translation_key
    pairs = relations.versions(relations.stored_rows(page), page.locale.language_code)
    return {(INVERSE_RELATION[row.type], row.page_key) for row, _shown in pairs if row.page_key != key}


def pair_problems(related: list[tuple[Any, Any]]) -> list["Problem"]:
    """R4: what one pair of patterns may not be at the same time, whichever page stores it."""
    found: list[Problem] = []
    pairs: dict[Any, list[Any]] = {}
    for row, key in related:
        pairs.setdefault(key, []).append(row)
    for rows in pairs.values():
        kinds = {row.type for row in rows}
        both = [row for row in rows if row.type in {RelationType.COMPLEMENTS, RelationType.CONFLICTS}]
        is_tense = {RelationType.COMPLEMENTS, RelationType.CONFLICTS} <= kinds
        if is_tense and any(len(row.reason) < MIN_TENSION_REASON for row in both):
            message = _("These two both complement and strain each other: explain each in 40 characters or more.")
            found.append(("relations", message))
        if RelationType.ALTERNATIVE in kinds and kinds & {RelationType.PRECEDES, RelationType.LARGER}:
            message = _("An alternative cannot also come before or be larger. Choose one relation for the pair.")
            found.append(("relations", message))
    return found


def cycle_problems(page: "PatternPage", larger_than: set[Any]) -> list["Problem"]:
    """R3: nothing is larger than itself, by way of others."""
    if not goes_in_a_circle(page, RelationType.LARGER, larger_than):
        return []
    return [("relations", _("“Larger than” leads in a circle through other patterns back here. Remove one link."))]


def warnings(page: "PatternPage") -> list[str]:
    """R3: an order of patterns that leads back to its start is odd, but may be what was observed."""
    targets = {row.target.translation_key for row in page.relations.all() if row.type == RelationType.PRECEDES}
    if not goes_in_a_circle(page, RelationType.PRECEDES, targets):
        return []
    return [_("“Comes before” leads in a circle through other patterns back to this one. Check that this is meant.")]


def goes_in_a_circle(page: "PatternPage", kind: str, targets: set[Any]) -> bool:
    """Whether `page` comes back to itself along relations of one kind, `targets` being its own."""
    from .models import PatternRelation

    rows = PatternRelation.objects.filter(~Q(page__translation_key=page.translation_key), type=kind)
    edges: dict[Any, set[Any]] = {page.translation_key: targets}
    for start, end in rows.values_list("page__translation_key", "target__translation_key"):
        edges.setdefault(start, set()).add(end)
    return reaches_itself(page.translation_key, edges)


def reaches_itself(start: Any, edges: dict[Any, set[Any]]) -> bool:
    seen: set[Any] = set()
    waiting = list(edges.get(start, ()))
    while waiting:
        node = waiting.pop()
        if node == start:
            return True
        if node not in seen:
            seen.add(node)
            waiting.extend(edges.get(node, ()))
    return False


def confidence_problems(page: "PatternPage") -> list["Problem"]:
    """R8: two stars need practices from two countries and evidence."""
    if page.confidence < 2:
        return []
    from .examples import countries_of_examples

    countries = countries_of_examples(page)
    has_evidence = any(block.block_type == "evidence" for block in page.considerations)
    if len(countries) >= 2 and has_evidence:
        return []
    return [
        (
            "confidence",
            _("Two stars need practices from two countries and one line of evidence. Choose one star until then."),
        )
    ]


def label(kind: str) -> str:
    return str(RelationType(kind).label)
