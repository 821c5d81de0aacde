import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from tests.factories import make_home, make_pattern

pytestmark = pytest.mark.django_db

OURS = ("portal", "patterns", "practices", "workshops", "library", "search", "community", "translation")


def public_templates():
    for app in OURS:
        for path in sorted((Path(settings.BASE_DIR) / app / "templates").rglob("*.html")):
            if "admin" not in str(path.relative_to(settings.BASE_DIR)):
                yield path


def test_no_public_template_holds_inline_style_or_code():
    """The policy of the public site would block it; data that no browser runs is none."""
    inline = re.compile(
        r"\sstyle=|\son[a-z]+=|<style\b|<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))", re.I
    )
    found = [path.name for path in public_templates() if inline.search(path.read_text())]
    assert found == []


def test_the_page_says_its_language_and_lets_keyboards_skip_to_the_text(client):
    make_home("fr")
    html = client.get("/fr/").content.decode()
    assert html.startswith('<!doctype html>\n<html lang="fr" dir="ltr">')
    assert '<a class="skip" href="#main">' in html
    assert '<main id="main"' in html


def test_a_reader_gets_no_cookie(client):
    make_pattern(title="Watch")
    for address in ("/en/", "/en/patterns/", "/en/patterns/watch/", "/en/nowhere/"):
        assert client.get(address).cookies == {}


def test_a_missing_page_helps_in_the_readers_language(client):
    make_home("fr")
    response = client.get("/fr/nulle-part/")
    assert response.status_code == 404
    html = response.content.decode()
    assert '<html lang="fr"' in html
    assert 'action="/fr/search/"' in html


def test_the_error_page_needs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        html = get_template("500.html").render()
    for code, _name in settings.LANGUAGES:
        assert f'lang="{code}"' in html


def test_a_refused_form_says_what_to_do(client):
    make_home()
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert "load the page again" in response.content.decode()
