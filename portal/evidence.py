"""Lines of evidence and their balance, for every page type that carries the evidence block."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .geography import country_name
from .streams import values
from .vocabulary import EvidenceDesign, EvidenceDimension, EvidenceDirection, label

if TYPE_CHECKING:
    from .reading import Reading


@dataclass(frozen=True)
class EvidenceLine:
    direction: str
    direction_label: str
    finding: str
    meta: tuple[str, ...]
    mark: SafeString


def evidence_lines(stream: Any, reading: "Reading") -> list[EvidenceLine]:
    return [_line(value, reading) for value in values(stream, "evidence")]


def _line(value: Any, reading: "Reading") -> EvidenceLine:
    country = country_name(value["country"]) if value.get("country") else ""
    where = ", ".join(filter(None, [country, str(value.get("year") or _("no year in source"))]))
    dimension, design = label(EvidenceDimension, value["dimension"]), label(EvidenceDesign, value["design"])
    return EvidenceLine(
        direction=value["direction"],
        direction_label=label(EvidenceDirection, value["direction"]),
        finding=value["finding"],
        meta=(dimension, design, where),
        mark=reading.source_list.mark(value),
    )


def balance(lines: Iterable[EvidenceLine]) -> list[tuple[str, int, str]]:
    """How many lines point which way: code, number, label."""
    lines = list(lines)
    counted = ((way, sum(line.direction == way for line in lines)) for way in EvidenceDirection)
    return [(str(way.value), number, str(way.label)) for way, number in counted if number]
