"""What a report says, ready to print: its facts in the reader's language, its words in their own."""

from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.fields import span
from portal.geography import country_name, region_name
from portal.reported import NOT_TRIED, OUTCOMES
from portal.templatetags.portal_tags import icon

from .. import text
from ..models import Outcome, PracticeEvidence


class Sign(NamedTuple):
    drawing: str
    name: str


# The sign beside the word, so that no colour tells an outcome.
SIGNS: dict[str, Sign] = {
    Outcome.WORKED: Sign("ok", "o-ok"),
    Outcome.PARTLY: Sign("part", "o-part"),
    Outcome.FAILED: Sign("fail", "o-fail"),
    Outcome.HARM: Sign("tension", "o-harm"),
    Outcome.EARLY: Sign("part-o", "o-early"),
    "": Sign("minus", "o-not"),  # decided not to
}


class Fact(NamedTuple):
    label: str
    value: SafeString | str
    language: str = ""  # where it is not the reader's


def outcome_label(outcome: str) -> str:
    return str(OUTCOMES[outcome or NOT_TRIED])


def outcome_tag(outcome: str) -> SafeString:
    sign = SIGNS[outcome]
    return format_html('<span class="outcome {}">{}{}</span>', sign.name, icon(sign.drawing), outcome_label(outcome))


def facts_of(report: PracticeEvidence, language: str) -> list[Fact]:
    """Everything but the outcome and the main text. `language` is that of the words."""
    facts = [
        Fact(pgettext("report from practice", "What they did"), str(report.get_act_display())),
        Fact(_("Where and when"), ", ".join(filter(None, [where(report), scale(report), when(report)]))),
        Fact(_("Run by"), str(report.get_organisation_display())),
    ]
    for label, words in ((_("What changed"), report.changed), (_("How they know"), report.known_by)):
        if words:
            facts.append(Fact(label, text.as_html(words), language))
    return facts


def where(report: PracticeEvidence) -> str:
    """Somebody is found more easily the smaller the place, so nothing below the region is ever asked for."""
    region = region_name(report.region) if report.region else ""
    return ", ".join(filter(None, [region, country_name(str(report.country))]))


def scale(report: PracticeEvidence) -> str:
    label = str(report.get_scale_display()) if report.scale else ""
    return label[:1].lower() + label[1:]


def when(report: PracticeEvidence) -> str:
    if not report.began:
        return report.ended.display() if report.ended else ""
    if report.ended:
        return span(report.began, report.ended)
    return _("since %(date)s") % {"date": report.began.display()}
