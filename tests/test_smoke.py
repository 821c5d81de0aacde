"""Every page of every language, as a reader without an account gets it from the first content."""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urldefrag, urljoin, urlsplit

import html5lib
import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Page, Site

from portal.addresses import address
from portal.querysets import in_language, visible
from tests.e2e.pages import views

pytestmark = [pytest.mark.django_db, pytest.mark.content]

LANGUAGES = [code for code, _name in settings.LANGUAGES]
OTHER_PATHS = ["search/", "search/?q=police", "search/?q=zzzz", "tags/"]
NOT_OURS = ("/admin/", "/static/")  # static files are collected, and missed, by another test
XHTML = "{http://www.w3.org/1999/xhtml}"


def paths(language):
    pages = in_language(visible(Page.objects.filter(depth__gt=1)), language).select_related("locale")
    return [address(page, language) for page in pages] + [f"/{language}/{path}" for path in OTHER_PATHS]


class Document:
    """A parsed page: what the checks ask about it."""

    def __init__(self, html):
        parser = html5lib.HTMLParser(namespaceHTMLElements=True)
        self.root = parser.parse(html)
        self.errors = [(position, code) for position, code, _data in parser.errors]

    def all(self, name):
        return list(self.root.iter(f"{XHTML}{name}"))

    @property
    def links(self):
        """What readers follow, and what the head names for their browser and their feed reader."""
        return [link.get("href") for link in [*self.all("a"), *self.all("link")] if link.get("href")]

    @property
    def ids(self):
        return [element.get("id") for element in self.root.iter() if element.get("id")]


@pytest.fixture(scope="module")
def anonymous():
    return Client()


@dataclass
class Answer:
    path: str
    status: int
    cookies: list[str]
    html: str
    document: Document
    language: str  # of the page itself, which is the original where it was not translated


@cache
def answers(language):
    """What a reader gets at every path of a language. Parsing takes longest, and several tests look."""
    client = Client()
    found = []
    for path in paths(language):
        response = client.get(path)
        html = response.content.decode()
        spoken = response.headers["Content-Language"]
        found.append(Answer(path, response.status_code, list(response.cookies), html, Document(html), spoken))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole(loaded_site, language):
    wrong = []
    for answer in answers(language):
        path, document = answer.path, answer.document
        if answer.status != 200:
            wrong.append(f"{path}: {answer.status}")
            continue
        html = document.all("html")[0]
        if html.get("lang") != language:
            wrong.append(f"{path}: lang is {html.get('lang')}")
        if len(document.all("h1")) != 1:
            wrong.append(f"{path}: {len(document.all('h1'))} h1")
        wrong += [f"{path}: HTML {code} at {position}" for position, code in document.errors]
        twice = {name for name in document.ids if document.ids.count(name) > 1}
        if twice:
            wrong.append(f"{path}: the same id twice: {sorted(twice)}")
        if answer.cookies:
            wrong.append(f"{path}: sets a cookie {answer.cookies}")
    assert not wrong, "\n".join(wrong[:40])


@pytest.mark.any_database
def test_every_page_and_view_is_valid_html(loaded_site, html_errors):
    pages = {answer.path: answer.html for language in LANGUAGES for answer in answers(language)}
    client = Client()
    pages |= {path: client.get(path).content.decode() for path in views()}
    wrong = html_errors(pages)
    assert not wrong, "\n".join(wrong[:40])


def test_the_check_of_html_finds_what_a_parser_lets_pass(html_errors):
    html = "<!doctype html><html lang=en><title>Title</title><a href=/ aria-describedby=nothing><button>x</button></a>"
    wrong = html_errors({"/wrong/": html})
    assert not Document(html).errors
    assert all(line.startswith("/wrong/ ") for line in wrong)
    assert any("must not appear as a descendant of the “a” element" in line for line in wrong), wrong
    assert any("not the ID of any element" in line for line in wrong), wrong


@pytest.mark.any_database
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_that_is_not_translated_says_in_which_language_it_is(loaded_site, language):
    wrong = []
    for answer in answers(language):
        marked = [one.get("lang") for one in answer.document.all("div") if one.get("class") == "other-language"]
        if marked != ([answer.language] if answer.language != language else []):
            wrong.append(f"{answer.path} is in {answer.language}, and says {marked}")
    assert not wrong, "\n".join(wrong[:40])


@pytest.mark.any_database
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_internal_link_is_broken(loaded_site, language):
    client = Client()
    seen: dict[str, str] = {}
    anchors: dict[str, set[str]] = {}
    wanted: list[tuple[str, str, str]] = []
    for answer in answers(language):
        path, document = answer.path, answer.document
        anchors[path] = set(document.ids)
        for href in document.links:
            target, fragment = urldefrag(urljoin(f"http://testserver{path}", href))
            parts = urlsplit(target)
            if parts.hostname != "testserver":
                continue
            link = parts.path + (f"?{parts.query}" if parts.query else "")
            seen.setdefault(link, path)
            if fragment:
                wanted.append((path, link, fragment))
    broken = []
    for link, origin in seen.items():
        if link in anchors or link.startswith(NOT_OURS):
            continue
        status = client.get(link).status_code
        if status not in {200, 302}:
            broken.append(f"{origin} -> {link}: {status}")
    broken += [
        f"{origin} -> {link}#{fragment}: no such place"
        for origin, link, fragment in wanted
        if link in anchors and fragment not in anchors[link]
    ]
    assert not broken, "\n".join(broken[:40])


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("section", ["", "patterns/", "practices/", "workshops/", "news/"])
def test_feeds_are_well_formed(loaded_site, client, language, section):
    from defusedxml.ElementTree import fromstring

    response = client.get(f"/{language}/feed/{section}")
    assert response.status_code == 200
    assert fromstring(response.content).tag.endswith("feed")


def test_alternates_are_reciprocal_and_name_a_default(loaded_site, client):
    pages = {}
    for answer in answers("en"):
        pages[answer.path] = {
            link.get("hreflang"): urlsplit(link.get("href")).path
            for link in answer.document.all("link")
            if link.get("rel") == "alternate" and link.get("hreflang")
        }
    with_translations = {path: links for path, links in pages.items() if len(links) > 2}
    assert with_translations
    for path, links in with_translations.items():
        assert "x-default" in links, path
        for language, target in links.items():
            other = Document(client.get(target).content.decode())
            back = {
                urlsplit(link.get("href")).path
                for link in other.all("link")
                if link.get("rel") == "alternate" and link.get("hreflang")
            }
            assert links["x-default"] in back, f"{path} -> {language} {target} does not lead back"


def test_sitemap_lists_every_language_with_alternates(loaded_site, client):
    body = client.get("/sitemap.xml").content.decode()
    for language in LANGUAGES:
        assert f"<loc>{Site.objects.get().root_url}/{language}/</loc>" in body
    assert 'hreflang="x-default"' in body
