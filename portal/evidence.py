"""Lines of evidence and their balance, for every page type that carries the evidence block."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .geography import country_name
from .vocabulary import EvidenceDirection

if TYPE_CHECKING:
    from .reading import Reading


@dataclass(frozen=True)
class EvidenceLine:
    direction: str
    direction_label: str
    finding: str
    meta: tuple[str, ...]
    mark: SafeString


def evidence_lines(stream: Iterable[Any], reading: "Reading") -> list[EvidenceLine]:
    return [_line(block.block, block.value, reading) for block in stream if block.block_type == "evidence"]


def _line(block: Any, value: Any, reading: "Reading") -> EvidenceLine:
    def label(name: str) -> str:
        return str(block.child_blocks[name].labels.get(value[name], "")) if value[name] else ""

    country = country_name(value["country"]) if value["country"] else ""
    where = ", ".join(filter(None, [country, str(value["year"] or _("no year in source"))]))
    return EvidenceLine(
        direction=value["direction"],
        direction_label=label("direction"),
        finding=value["finding"],
        meta=tuple(filter(None, [label("dimension"), label("design"), where])),
        mark=reading.source_list.mark(value),
    )


def balance(lines: Iterable[EvidenceLine]) -> list[tuple[str, int, str]]:
    """How many lines point which way: code, number, label."""
    lines = list(lines)
    counted = ((way, sum(line.direction == way for line in lines)) for way in EvidenceDirection)
    return [(str(way.value), number, str(way.label)) for way, number in counted if number]
