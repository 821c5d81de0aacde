"""One address of each page type and of each view that readers meet."""

from django.urls import reverse
from django.utils import translation
from wagtail.models import get_page_models

from patterns.models import PatternPage
from portal.addresses import address
from portal.querysets import visible

NOWHERE = "nothing-here/"


def page_types() -> list[type]:
    """The portal's own types: Wagtail lists its base page among them, and aliases of the translation app."""
    return [model for model in get_page_models() if not model.__module__.startswith("wagtail")]


def longest_of_each_type(language: str = "en") -> list[str]:
    paths = []
    for model in page_types():
        pages = visible(model.objects.filter(locale__language_code=language))
        page = max(pages, key=lambda page: len(str(page.serializable_data())), default=None)
        assert page is not None, f"the content has no {model.__name__} in {language}"
        paths.append(address(page, language))
    return paths


def comment_form(language: str = "en", slug: str = "neighbourhood-watch") -> str:
    pattern = PatternPage.objects.get(slug=slug, locale__language_code="en")
    with translation.override(language):
        return reverse("community:write", args=[pattern.translation_key])


def views(language: str = "en") -> list[str]:
    """What is no page of Wagtail: search with and without hits, tags, the comment form, accounts."""
    return [
        f"/{language}/search/",
        f"/{language}/search/?q=police",
        f"/{language}/search/?q=zzzzz",
        f"/{language}/patterns/?group=prevent",
        f"/{language}/patterns/map/",
        f"/{language}/patterns/map/?focus=DIY-08&depth=x",
        f"/{language}/patterns/matrix/",
        f"/{language}/patterns/deck/",
        f"/{language}/patterns/facilitate/?card=8",
        f"/{language}/patterns/kiosk/?card=99&seconds=x",
        f"/{language}/collections/facilitate/?items=faenza-fa-tamtam,DIY-02",
        f"/{language}/collections/kiosk/",
        f"/{language}/collections/build/",
        f"/{language}/collections/build/?items=DIY-02,DIY-08,faenza-fa-tamtam,x&title=Neighbourhood+watch",
        f"/{language}/collections/checklist/?items=DIY-02,DIY-08",
        f"/{language}/collections/pack/?items=DIY-02,DIY-08,faenza-fa-tamtam",
        f"/{language}/patterns/compare/?p=DIY-02&p=DIY-08&p=x",
        f"/{language}/patterns/compare/",
        f"/{language}/practices/?country=IT",
        f"/{language}/practices/compare/?p=faenza-fa-tamtam&p=terrassa-social-media",
        f"/{language}/practices/compare/?p=faenza-fa-tamtam&p=nowhere",
        f"/{language}/practices/timeline/",
        f"/{language}/embed/pattern/neighbourhood-watch/",
        f"/{language}/embed/practice/faenza-fa-tamtam/",
        f"/{language}/follow/",
        f"/{language}/tags/",
        f"/{language}/tags/facebook/",
        f"/{language}/status/",
        f"/{language}/cards/",
        f"/{language}/book/",
        f"/{language}/open-data/",
        f"/{language}/changes/",
        f"/{language}/vocab/",
        f"/{language}/vocab/ethical_risk/",
        comment_form(language),
        f"/accounts/login/?lang={language}",
        f"/accounts/signup/?lang={language}",
        f"/accounts/password/reset/?lang={language}",
    ]
