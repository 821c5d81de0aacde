"""Findings of workshops as other pages tell of them: what they led to, what they bear on, which quotes carry them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal import backlinks
from portal.links import Part, page_links, translations
from portal.models import Consent
from portal.reading import Reading
from portal.streams import items, values

from .findings import Strength, anchor, kind, strength, voice_anchor
from .listing import workshops_without_text
from .models import RecommendationPage, WorkshopPage


@dataclass(frozen=True)
class Said:
    """A quote that carries a finding."""

    text: str
    attribution: str
    is_paraphrase: bool
    anchor: str


@dataclass(frozen=True)
class LeadingFinding:
    """A finding of a workshop that leads to a recommendation."""

    workshop: WorkshopPage
    code: str
    kind: str
    strength: Strength
    text: str
    voices: list[Said]

    @property
    def anchor(self) -> str:
        return anchor(self.code)


def findings_behind(pages: Iterable[RecommendationPage], view: Reading) -> Mapping[UUID, list[LeadingFinding]]:
    """By translation key. Read from the workshops themselves, so that only what is published counts.

    Takes the same number of queries for one recommendation and for many.
    """
    keys = {pk: page.translation_key for page in pages for pk in _ids_of(page, view)}
    links = page_links(backlinks.ids_naming(keys), view.language, view.request, view.user)
    found: dict[UUID, list[LeadingFinding]] = defaultdict(list)
    for workshop, value, voices in _findings({link.pk for link in links.values() if link.model == "workshoppage"}):
        for key in dict.fromkeys(keys[pk] for pk in items(value, "recommendations") if pk in keys):
            found[key].append(_leading(workshop, value, voices))
    return found


def _ids_of(page: RecommendationPage, view: Reading) -> set[int]:
    return {known.pk for known in translations(page.translation_key, view.request, view.user)} | {page.pk}


def _findings(ids: set[int]) -> Iterator[tuple[WorkshopPage, dict[str, Any], list[Said]]]:
    if not ids:
        return
    workshops = workshops_without_text("findings", "quotes").filter(pk__in=ids).select_related("locale")
    pages = list(workshops.order_by("date_start", "pk"))
    consents = {value.get("consent") for page in pages for value in values(page.quotes, "quote")} - {None}
    valid = set(Consent.objects.valid().filter(pk__in=consents).values_list("pk", flat=True)) if consents else set()
    for page in pages:
        shown = [value for value in values(page.quotes, "quote") if value.get("consent") in valid]
        for value in values(page.findings, "finding"):
            said = [_said(place, quote) for place, quote in enumerate(shown, 1) if _carries(quote, value)]
            yield page, value, said


def _carries(quote: dict[str, Any], finding: dict[str, Any]) -> bool:
    return finding["code"] in items(quote, "findings")


def _said(place: int, quote: dict[str, Any]) -> Said:
    return Said(quote["text"], quote["attribution"], bool(quote.get("paraphrase")), voice_anchor(place))


def _leading(workshop: WorkshopPage, value: dict[str, Any], voices: list[Said]) -> LeadingFinding:
    how_many = strength(value.get("strength") or "")
    return LeadingFinding(workshop, value["code"], kind(value["kind"]), how_many, value["text"], voices)


def parts(ids: set[int], subject_ids: set[int]) -> Mapping[int, list[Part]]:
    """The findings of workshops that bear on a subject."""
    found: dict[int, list[Part]] = defaultdict(list)
    for page in workshops_without_text("findings").filter(pk__in=ids):
        for value in values(page.findings, "finding"):
            if subject_ids.intersection(items(value, "patterns")):
                found[page.pk].append(Part(value["code"], value["text"], anchor(value["code"])))
    return found


def register() -> None:
    backlinks.register("workshoppage", parts)
