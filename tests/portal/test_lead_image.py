"""A lead image in words: in each language its own, and none taken for another language's."""

import pytest
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from portal.models import PortalImage
from tests.factories import make_home, make_practice, make_topic, translate
from tests.factories.sections import make_consent
from tests.translation.walking import make_trees, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def make_image(name="Lantern", **fields):
    rights = {"description": f"{name} & pole", "credit": "C", "licence": "L", **fields}
    return PortalImage.objects.create(title=name, file=get_test_image_file(f"{name}.png"), **rights)


@pytest.fixture
def image():
    return make_image()


@pytest.fixture
def page(image):
    make_home("fr")
    return make_topic(slug="light", image=image, image_alt="A lantern above a door")


def shown(client, path):
    return client.get(path).content.decode().partition('<figure class="picture lead">')[2].partition("</figure>")[0]


def test_each_language_says_it_in_its_own_words(client, page):
    translate(page, "fr", slug="lumiere", image_alt="Une lanterne")
    assert 'alt="A lantern above a door">' in shown(client, "/en/topics/light/")
    assert 'alt="Une lanterne">' in shown(client, "/fr/topics/lumiere/")


def test_without_words_of_its_own_the_image_is_described_as_it_is_kept(client, page):
    page.image_alt = ""
    page.save_revision().publish()
    translate(page, "fr", slug="lumiere")
    for path in ("/en/topics/light/", "/fr/topics/lumiere/"):
        assert 'alt="Lantern &amp; pole">' in shown(client, path)


def test_a_translation_without_words_says_those_of_the_original_with_their_language(client, page):
    french = translate(page, "fr", slug="lumiere", image_alt="")
    assert 'alt="A lantern above a door" lang="en">' in shown(client, "/fr/topics/lumiere/")
    french.image = make_image("Other")
    french.save_revision().publish()
    assert 'alt="Other &amp; pole">' in shown(client, "/fr/topics/lumiere/")


def test_words_of_an_unpublished_original_are_not_said(client, page):
    translate(page, "fr", slug="lumiere", image_alt="")
    page.unpublish()
    assert 'alt="Lantern &amp; pole">' in shown(client, "/fr/topics/lumiere/")


def test_a_decorative_image_is_silent_unless_the_page_says_something(client, page):
    page.image = make_image("Line", description="", is_decorative=True)
    page.save_revision().publish()
    assert 'alt="A lantern above a door">' in shown(client, "/en/topics/light/")
    page.image_alt = ""
    page.save_revision().publish()
    assert 'alt="">' in shown(client, "/en/topics/light/")


def test_a_page_without_an_image_shows_none(client, page):
    page.image = None
    page.save_revision().publish()
    assert shown(client, "/en/topics/light/") == ""


def test_the_words_are_hidden_with_the_image_and_never_searched(client, image):
    image.consent = make_consent("expired", "photo")
    image.save()
    make_practice(title="Watch", image=image, image_alt="Wolverine")
    assert "Wolverine" not in client.get("/en/practices/watch/").content.decode()
    assert "practices/watch" not in client.get("/en/search/?q=wolverine").content.decode()


def test_translators_are_offered_the_words_and_readers_get_theirs(page, client, admin_client):
    make_trees("fr")
    source = published(page, "fr")
    segment = source.stringsegment_set.get(context__path="image_alt")
    assert f'alt="fr {segment.order}">' in shown(client, "/fr/topics/light/")
    workbench = reverse("translation_workbench", args=["fr", source.translations.get().pk])
    assert "A lantern above a door" in admin_client.get(workbench).content.decode()


def test_editors_are_told_what_the_words_are_for(admin_client, page):
    html = admin_client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert 'name="image_alt"' in html
    assert "For people who do not see it" in html
