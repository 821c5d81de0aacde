"""The reports of one page, counted: by country and outcome, failures beside successes, and no names."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.safestring import SafeString

from portal import reported
from portal.geography import country_names, region_name
from portal.prepared import Prepared
from portal.reported import Counts
from portal.templatetags.portal_tags import icon

from ..models import DiscussionThread, Outcome, PracticeEvidence, State
from .showing import SIGNS, outcome_label

MOST_CITED = 50  # in what a page says to machines
FEWEST_OF_A_REGION = 3  # below, a figure of a region could tell who reported
# These columns are always there: that nothing failed is as much of an answer as that something did.
ALWAYS = (Outcome.WORKED, Outcome.PARTLY, Outcome.FAILED, Outcome.HARM)
ORDER = (*ALWAYS, Outcome.EARLY, "")


class Cell(NamedTuple):
    label: str
    number: int
    sign: str
    drawing: SafeString


class Line(NamedTuple):
    """A country, or a region of which there are enough reports."""

    name: str
    cells: list[Cell]
    is_region: bool = False


@dataclass(frozen=True)
class Summary:
    counts: Counter[tuple[str, str, str]]  # by country, region, outcome

    @property
    def total(self) -> int:
        return self.counts.total()

    @cached_property
    def outcomes(self) -> list[str]:
        """The columns."""
        used = {outcome for _country, _region, outcome in self.counts}
        return [outcome for outcome in ORDER if outcome in ALWAYS or outcome in used]

    @property
    def heads(self) -> list[str]:
        return [outcome_label(outcome) for outcome in self.outcomes]

    @property
    def lines(self) -> list[Line]:
        """Countries by name, each followed by its regions."""
        lines = []
        for code, name in country_names({country for country, _region, _outcome in self.counts}).items():
            here = [(region, outcome, n) for (country, region, outcome), n in self.counts.items() if country == code]
            lines.append(Line(name, self._cells((outcome, n) for _region, outcome, n in here)))
            lines += self._regions(here)
        return lines

    def _regions(self, here: list[tuple[str, str, int]]) -> list[Line]:
        totals = Counter[str]()
        for region, _outcome, number in here:
            totals[region] += number
        shown = [region for region, number in totals.items() if region and number >= FEWEST_OF_A_REGION]
        return [
            Line(region_name(region), self._cells((outcome, n) for name, outcome, n in here if name == region), True)
            for region in sorted(shown, key=region_name)
        ]

    @property
    def all(self) -> list[Cell]:
        return self._cells((outcome, number) for (_country, _region, outcome), number in self.counts.items())

    def _cells(self, counted: Iterable[tuple[str, int]]) -> list[Cell]:
        totals = Counter[str]()
        for outcome, number in counted:
            totals[outcome] += number
        return [
            Cell(outcome_label(each), totals[each], SIGNS[each].name, icon(SIGNS[each].drawing))
            for each in self.outcomes
        ]


def summary(key: UUID) -> Summary:
    """Of what is published; who may read the page may read this. Takes one query."""
    rows = _published(key).order_by().values_list("country", "region", "outcome").annotate(Count("pk"))
    return Summary(Counter({(str(country), region, outcome): n for country, region, outcome, n in rows}))


def cited(key: UUID) -> list[reported.Cited]:
    """For `portal.reported`, which shows it on the page itself: of what is published, what may be cited."""
    # Sorted here: told to sort by day, databases begin with the days of all comments.
    newest = sorted(_citable(key), key=itemgetter(0), reverse=True)[:MOST_CITED]
    return [
        reported.Cited(str(country), outcome or reported.NOT_TRIED, str(began or ""), str(ended or ""))
        for _posted_at, country, outcome, began, ended in newest
    ]


@Prepared.of(UUID)
def _citable(key: UUID) -> QuerySet:
    found = _published(key).filter(may_be_cited=True).order_by()
    return found.values_list("comment__posted_at", "country", "outcome", "began", "ended")


def _published(key: UUID) -> QuerySet[PracticeEvidence]:
    return PracticeEvidence.objects.filter(
        comment__state=State.PUBLISHED,
        comment__thread__translation_key=key,
        comment__thread__kind=DiscussionThread.Kind.SUBJECT,
    ).exclude(comment__thread__state=DiscussionThread.Condition.HIDDEN)


def counts(key: UUID) -> Counts:
    """For `portal.reported`."""
    found: Counts = Counter()
    for (country, _region, outcome), number in summary(key).counts.items():
        found[country, outcome] += number
    return found
