"""What a practice needs before it is published, in words that say what to do."""

from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from wagtail.utils.text import text_from_html

from portal.geography import outside_country
from portal.vocabulary import PracticeExtent, PracticeStatus

if TYPE_CHECKING:
    from portal.models.pages import Problem, Rows

    from .models import PracticePage


def problems(page: "PracticePage", rows: "Rows") -> list["Problem"]:
    found: list[Problem] = date_and_place_problems(page)
    if not rows("portal_sources"):
        found.append(("portal_sources", _("Name at least one source.")))
    if not page.aims:
        found.append(("aims", _("Say what it is for: add at least one aim.")))
    if page.status in {PracticeStatus.ENDED, PracticeStatus.PAUSED} and not page.status_reason:
        found.append(("status_reason", _("Say why it paused or ended: others learn from it.")))
    criteria = Counter(block.value["criterion"] for block in page.criteria)
    if any(times > 1 for times in criteria.values()):
        found.append(("criteria", _("Each criterion is checked once. Remove the second one.")))
    if page.extent == PracticeExtent.FULL:
        found += full_entry_problems(page, rows)
    return found


def date_and_place_problems(page: "PracticePage") -> list["Problem"]:
    found: list[Problem] = []
    if page.started and page.ended and page.ended < page.started[: len(page.ended)]:
        found.append(("ended", _("A practice cannot end before it started.")))
    if (page.latitude is None) != (page.longitude is None):
        missing = "latitude" if page.latitude is None else "longitude"
        found.append((missing, _("A point needs both latitude and longitude.")))
    return found


def full_entry_problems(page: "PracticePage", rows: "Rows") -> list["Problem"]:
    kinds = Counter(block.block_type for block in page.outcomes)
    needed = [
        ("lead_organisation", page.lead_organisation_id is not None, _("A full entry names who leads it.")),
        ("initiative", bool(page.initiative), _("A full entry says who started it.")),
        ("patterns", bool(rows("patterns")), _("A full entry shows at least one pattern.")),
        (
            "problem_addressed",
            bool(text_from_html(page.problem_addressed).strip()),
            _("A full entry says which problem it addresses."),
        ),
        ("steps", bool(page.steps), _("A full entry says how it works, step by step.")),
        ("outcomes", bool(kinds["challenge"]), _("A full entry names at least one challenge.")),
        ("outcomes", bool(kinds["lesson"]), _("A full entry names at least one lesson.")),
        ("latitude", page.latitude is not None, _("A full entry has a point on the map: give latitude and longitude.")),
    ]
    return [(field, message) for field, holds, message in needed if not holds]


def warnings(page: "PracticePage") -> list[str]:
    """What looks wrong but may be right; shown after saving, never in the way."""
    if page.latitude is None or page.longitude is None:
        return []
    if outside_country(float(page.latitude), float(page.longitude), page.country.code):
        return [
            _("The point lies outside %(country)s. Check latitude and longitude; they may be swapped.")
            % {"country": page.country.name}
        ]
    return []
