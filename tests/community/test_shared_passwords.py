"""Pages and documents behind one password for all: the form tells nothing of them and cannot be used to guess."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from portal.settings import base

from .conftest import fields_of

pytestmark = pytest.mark.django_db
PASSWORD = {"restriction_type": "password", "password": "Open, Sesame"}


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS


@pytest.fixture
def closed_page(page):
    page.view_restrictions.create(**PASSWORD)
    return page


@pytest.fixture
def closed_document(db):
    collection = Collection.get_first_root_node().add_child(name="Working group")
    CollectionViewRestriction.objects.create(collection=collection, **PASSWORD)
    return Document.objects.create(title="Minutes", collection=collection, file=ContentFile(b"Minutes", "minutes.txt"))


@pytest.fixture(params=["page", "document"])
def url(request):
    return request.getfixturevalue(f"closed_{request.param}").url


def action(html):
    return html.partition('<form class="say" method="post" action="')[2].partition('"')[0]


def give(client, url, password):
    html = client.get(url).content.decode()
    return client.post(action(html), {**fields_of(html), "return_url": url, "password": password})


def test_the_right_password_opens_what_was_asked_for(client, url):
    wrong = give(client, url, "Open, Barley")
    assert wrong.status_code == 200
    assert "not correct" in wrong.content.decode()
    right = give(client, url, PASSWORD["password"])
    assert right.url == url
    assert action(client.get(url).getvalue().decode()) == ""


def test_guessing_stops_with_a_clear_page_and_others_still_get_in(client, url):
    assert [give(client, url, f"guess {n}").status_code for n in range(11)] == [200] * 10 + [429]
    refused = give(client, url, PASSWORD["password"])
    assert refused.status_code == 429
    assert "Wait a few minutes" in refused.content.decode()
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert give(elsewhere, url, PASSWORD["password"]).status_code == 302


def test_guessing_from_many_addresses_stops_too(url):
    for n in range(100):
        give(Client(REMOTE_ADDR=f"192.0.2.{n}"), url, "guess")
    assert give(Client(REMOTE_ADDR="198.51.100.1"), url, "guess").status_code == 429


def test_a_whole_workshop_gets_in_from_one_address(url):
    assert {give(Client(), url, PASSWORD["password"]).status_code for _ in range(20)} == {302}


def test_another_address_of_the_same_form_is_no_way_round(client, closed_page):
    form = action(client.get(closed_page.get_url()).content.decode())
    others = [form.replace("/en/", f"/{code}/") for code in ("en", "fr", "nl")]
    others += [form.replace(f"/{closed_page.pk}/", f"/{closed_page.get_parent().pk}/")]
    for n in range(10):
        client.post(others[n % 4], {"password": "guess", "return_url": "/"})
    assert client.post(form, {"password": "guess", "return_url": "/"}).status_code == 429


def test_the_form_tells_nothing_of_the_page(client, closed_page):
    html = client.get(closed_page.get_url()).content.decode()
    assert "behind a password" in html
    for words in (closed_page.title, closed_page.summary, closed_page.card_problem):
        assert words not in html


@pytest.mark.parametrize(
    "form", ["en/_util/authenticate_with_password/9/1/", "documents/authenticate_with_password/9/"]
)
def test_an_unknown_restriction_is_not_found(client, form):
    assert client.post(f"/{form}", {"password": "guess"}, follow=True).status_code == 404


def test_too_many_attempts_to_sign_in_are_told_in_the_language_of_the_page(client):
    for _ in range(31):
        answer = client.post("/accounts/login/?lang=fr", {"login": "no@mail.example", "password": "guess"})
    assert answer.status_code == 429
    html = answer.content.decode()
    assert '<html lang="fr"' in html
    assert "trop souvent" in html
