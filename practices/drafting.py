"""A practice that begins with facts somebody reported: a draft for editors to write."""

from typing import Any

from django.utils.text import slugify
from wagtail.models import Locale, Page

from portal import drafts
from portal.geography import country_name, region_name
from portal.vocabulary import PracticeExtent, Provenance

from .models import PracticeIndexPage, PracticePage, PracticePattern


def start(facts: drafts.Facts, user: Any) -> Page | None:
    """Below the list in the language of the facts where there is one, else in that of the first list."""
    index = _index(facts.language)
    if index is None or not index.permissions_for_user(user).can_add_subpage():
        return None
    region = region_name(facts.region) if facts.region else ""
    code = _free_code(facts.title)
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


def _index(language: str) -> PracticeIndexPage | None:
    indexes = PracticeIndexPage.objects.order_by("pk")
    locale = Locale.objects.filter(language_code=language).first()
    return indexes.filter(locale=locale).first() or indexes.first()


def _free_code(title: str) -> str:
    base = slugify(title)[:70] or "practice"
    taken = set(PracticePage.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, 1000))) if code not in taken)


def register() -> None:
    drafts.register("practice", start)
