"""The uses matrix of one page: what citizens and institutions do with it, and what is not part of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .streams import stored
from .vocabulary import CitizenUse, InstitutionalUse, TermScheme, UseStrength, label


@dataclass(frozen=True)
class Use:
    label: str
    strength: str  # empty: not part
    strength_label: str
    tools: tuple[str, ...]
    note: str

    @property
    def icon(self) -> str:
        return self.strength or "nil"


Terms = Mapping[tuple[str, str], str]


def uses_of(stream: Any, terms: Terms) -> list[tuple[str, list[Use]]]:
    """Both halves of the matrix, every cell of it: what is not a use is said too."""
    given = {(kind, value["use"]): value for kind, value in stored(stream)}
    halves: list[tuple[str, str, Any, str]] = [
        (_("By citizens"), "citizen", CitizenUse, TermScheme.CITIZEN_TOOL),
        (_("By institutions"), "institutional", InstitutionalUse, TermScheme.INSTITUTIONAL_TOOL),
    ]
    return [
        (heading, [_use(use, given.get((half, use.value)), scheme, terms) for use in uses])
        for heading, half, uses, scheme in halves
    ]


def _use(use: Any, value: Any, scheme: str, terms: Terms) -> Use:
    if value is None:
        return Use(str(use.label), "", _("not part"), (), "")
    tools = tuple(terms.get((scheme, code), code) for code in value.get("tools") or ())
    strength = label(UseStrength, value["strength"])
    return Use(str(use.label), value["strength"], strength, tools, value.get("note") or "")
