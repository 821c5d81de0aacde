"""A practice that begins with facts somebody reported: a draft for editors to write."""

from typing import Any

from wagtail.models import Page

from portal import drafts
from portal.geography import country_name, region_name
from portal.vocabulary import PracticeExtent, Provenance

from .models import PracticeIndexPage, PracticePage, PracticePattern


def start(facts: drafts.Facts, user: Any) -> Page | None:
    """Below the list in the language of the facts where there is one, else in that of the first list."""
    index = drafts.list_for(PracticeIndexPage, facts.language, user)
    if index is None:
        return None
    region = region_name(facts.region) if facts.region else ""
    code = drafts.free_code(PracticePage, facts.title, index)
    page = PracticePage(
        title=facts.title,
        slug=code,
        code=code,
        locale=index.locale,
        live=False,
        owner=user,
        extent=PracticeExtent.BRIEF,
        provenance=Provenance.CONTRIBUTOR,
        summary=facts.note[:300],
        card_line=facts.note[:140],
        place_name=region or country_name(facts.country),
        admin_area=region,
        country=facts.country,
        started=facts.began,
        ended=facts.ended,
    )
    if facts.shows is not None and facts.shows._meta.label == "patterns.PatternPage":
        page.patterns = [PracticePattern(pattern_id=facts.shows.pk, locale=index.locale)]
    index.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    return page


def register() -> None:
    drafts.register("practice", start)
