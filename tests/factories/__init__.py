"""Builders of test pages: the smallest valid page of each type, below a small site in any language.

home = make_home()                      # the English home page, root of the site
pattern = make_pattern(number=8)        # published, below the pattern index of its language
french = translate(pattern, "fr", title="Surveillance")
"""

import itertools
from typing import Any

from django.utils.text import slugify
from wagtail.models import Locale, Page, Site

from library.models import NewsIndexPage, NewsPage, ResourceIndexPage, ResourcePage, TopicIndexPage, TopicPage
from patterns.models import PatternIndexPage, PatternPage
from portal.models import HomePage, PageSource, Platform
from portal.signals import write_facets
from practices.models import PracticeIndexPage, PracticePage
from workshops.models import WorkshopIndexPage, WorkshopPage

_numbers = itertools.count(101)  # above those that tests choose themselves


def locale(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def make_home(language: str = "en") -> HomePage:
    found = HomePage.objects.filter(locale__language_code=language).first()
    if found:
        return found
    if language != "en":
        return translate(make_home(), language, title=f"Home {language}", slug=language)
    root = Page.get_first_root_node()
    Page.objects.filter(depth=2).exclude(pk__in=HomePage.objects.values("pk")).delete()
    root = Page.objects.get(pk=root.pk)
    home = root.add_child(
        instance=HomePage(title="Home", slug="en", code="home", summary="S", lede="Lede", locale=locale("en"))
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": home, "site_name": "Test"}
    )
    return home


def make_index(model: type[Page], slug: str, language: str = "en") -> Page:
    """The index page of a section in a language; made first in English and translated."""
    found = model.objects.filter(locale__language_code=language).first()
    if found:
        return found
    if language != "en":
        make_home(language)
        return translate(make_index(model, slug), language, title=f"{slug} {language}")
    page = model(title=slug.title(), slug=slug, code=slug, summary=f"All {slug}.", locale=locale("en"))
    return _add(make_home(), page, live=True)


def _add(parent: Page, page: Page, live: bool) -> Any:
    page.live = live
    parent.refresh_from_db()
    parent.add_child(instance=page)
    if live:
        page.save_revision().publish()
        page.refresh_from_db()
    return page


def translate(page: Any, language: str, *, live: bool = True, **fields: Any) -> Any:
    """A translation of `page`, made by hand: the same subject in another language."""
    parent = page.get_parent().specific
    target = locale(language)
    if page.depth > 2 and not parent.has_translation(target):
        translate(parent, language, title=f"{parent.title} {language}")
    copy = page.copy_for_translation(target)
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save()
    if live:
        copy.save_revision().publish()
        copy.refresh_from_db()
    return copy


def make_pattern(language: str = "en", *, live: bool = True, sources: bool = False, **fields: Any) -> PatternPage:
    number = fields.pop("number", None) or next(_numbers)
    title = fields.pop("title", f"Pattern {number}")
    values = {
        "title": title,
        "slug": slugify(title),
        "code": slugify(title),
        "number": number,
        "group": "act",
        "summary": f"Summary of {title}.",
        "confidence": 0,
        "confidence_reason": "Seen once.",
        "card_problem": f"Problem of {title}.",
        "card_therefore": f"Therefore of {title}.",
        "context": "<p>Context.</p>",
        "problem": "<p>Problem.</p>",
        "solution": "<p>Solution.</p>",
        "locale": locale(language),
        **fields,
    }
    page = _add(make_index(PatternIndexPage, "patterns", language), PatternPage(**values), live)
    if sources:
        add_source(page)
    return page


def make_practice(language: str = "en", *, live: bool = True, **fields: Any) -> PracticePage:
    title = fields.pop("title", f"Practice {next(_numbers)}")
    values = {
        "title": title,
        "slug": slugify(title),
        "code": slugify(title),
        "summary": f"Summary of {title}.",
        "card_line": "What they do.",
        "place_name": "Town",
        "country": "IT",
        "locale": locale(language),
        **fields,
    }
    return _add(make_index(PracticeIndexPage, "practices", language), PracticePage(**values), live)


def make_workshop(language: str = "en", *, live: bool = True, **fields: Any) -> WorkshopPage:
    title = fields.pop("title", f"Workshop {next(_numbers)}")
    values = {
        "title": title,
        "slug": slugify(title),
        "code": slugify(title),
        "summary": f"Summary of {title}.",
        "date_start": "2017-01-10",
        "country": "DE",
        "locale": locale(language),
        **fields,
    }
    return _add(make_index(WorkshopIndexPage, "workshops", language), WorkshopPage(**values), live)


def make_topic(language: str = "en", *, live: bool = True, **fields: Any) -> TopicPage:
    title = fields.pop("title", f"Topic {next(_numbers)}")
    values = {
        "title": title,
        "slug": slugify(title),
        "code": slugify(title),
        "summary": f"Summary of {title}.",
        "definition": "<p>What it is.</p>",
        "locale": locale(language),
        **fields,
    }
    return _add(make_index(TopicIndexPage, "topics", language), TopicPage(**values), live)


def make_news(language: str = "en", *, live: bool = True, **fields: Any) -> NewsPage:
    title = fields.pop("title", f"News {next(_numbers)}")
    values = {
        "title": title,
        "slug": slugify(title),
        "code": slugify(title),
        "summary": f"Summary of {title}.",
        "date": "2017-01-13",
        "locale": locale(language),
        **fields,
    }
    return _add(make_index(NewsIndexPage, "news", language), NewsPage(**values), live)


def make_resource(language: str = "en", *, live: bool = True, **fields: Any) -> ResourcePage:
    title = fields.pop("title", f"Resource {next(_numbers)}")
    values = {
        "title": title,
        "slug": slugify(title),
        "code": slugify(title),
        "summary": f"Summary of {title}.",
        "csl_type": "report",
        "locale": locale(language),
        **fields,
    }
    return _add(make_index(ResourceIndexPage, "resources", language), ResourcePage(**values), live)


def add_source(page: Page, resource: ResourcePage | None = None) -> PageSource:
    place = PageSource.objects.filter(page_id=page.pk).count()
    row = PageSource.objects.create(
        page_id=page.pk, resource=resource or make_resource(), locale=page.locale, sort_order=place
    )
    write_facets(page)
    return row


def make_platform(code: str = "whatsapp") -> Platform:
    return Platform.objects.get_or_create(code=code, defaults={"name": code.title(), "kind": "messaging_service"})[0]
