"""What a pattern says for and against itself, read from its stored blocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from portal.geography import country_name
from portal.reading import Reading
from portal.streams import day
from portal.vocabulary import TermScheme

LEGAL_NOTE_AGES_AFTER = timedelta(days=548)  # 18 months
Terms = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Statement:
    text: str
    mark: SafeString
    head: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class LegalNote:
    title: str
    text: str
    place: str
    risk: str
    as_of: date | None
    reviewer: str
    next_check: date | None
    is_old: bool


def statement(value: Any, reading: Reading, terms: Terms, scheme: str = "") -> Statement:
    return Statement(
        text=value["text"],
        mark=reading.source_list.mark(value),
        head=terms.get((scheme, value["term"]), value["term"]) if scheme else "",
        remedy=value.get("mitigation") or "",
    )


def country_note(value: Any, reading: Reading) -> Statement:
    return Statement(value["text"], reading.source_list.mark(value), head=country_name(value["country"]))


def legal_note(value: Any, terms: Terms) -> LegalNote:
    as_of = day(value["as_of"])
    return LegalNote(
        title=value["title"],
        text=value["text"],
        place=country_name(value["jurisdiction"]),
        risk=terms.get((TermScheme.LEGAL_RISK, value.get("risk") or ""), ""),
        as_of=as_of,
        reviewer=value.get("reviewer") or "",
        next_check=day(value.get("next_check")),
        is_old=as_of is not None and timezone.localdate() - as_of > LEGAL_NOTE_AGES_AFTER,
    )
