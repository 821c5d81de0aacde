"""The rules and the point of contact, in each language of the site."""

import pytest
from django.test import Client

from community.due_process.checks import rules_and_contact_in_every_language, somebody_can_be_reached
from portal.models import StandardPage
from tests.factories import make_home, translate

from .conftest import url_of

pytestmark = pytest.mark.django_db


def said():
    return " ".join(message.msg for message in rules_and_contact_in_every_language(None, databases=["default"]))


def make_page(code, home):
    page = StandardPage(title=code.title(), slug=code, code=code, summary="About it.", locale=home.locale)
    home.add_child(instance=page)
    return page


def test_what_is_missing_is_named_with_its_language():
    home = make_home("en")
    make_home("fr")
    assert "house-rules (en)" in said()
    assert "contact (en)" in said()
    assert "(nl)" not in said()  # no home page, so not open to readers
    rules, contact = make_page("house-rules", home), make_page("contact", home)
    assert "(en)" not in said()
    assert "house-rules (fr)" in said()
    translate(rules, "fr", title="Règles")
    french = translate(contact, "fr", title="Contact")
    assert said() == ""
    french.unpublish()
    assert "contact (fr)" in said()
    assert "house-rules" not in said().split("language:")[1]


def test_a_site_without_a_point_of_contact_is_warned(settings):
    settings.CONTACT = ""
    assert [message.id for message in somebody_can_be_reached(None)] == ["community.W002"]
    settings.CONTACT = "mailto:us@portal.example"
    assert somebody_can_be_reached(None) == []


@pytest.mark.content
def test_the_content_has_both_in_every_language(loaded_site):
    assert said() == ""
    for language in ["en", "fr", "nl", "de", "it", "es", "ca"]:
        html = Client().get(f"/{language}/").content.decode()
        contact = StandardPage.objects.get(code="contact", locale__language_code=language)
        assert f'href="{contact.url}"' in html
        assert f'href="{url_of("find_comment", language=language)}"' in html
        assert "Digital Services Act" not in Client().get(contact.url).content.decode() or language == "en"
