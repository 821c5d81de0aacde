from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from library.models import CallContact
from tests.factories import make_news, translate
from tests.factories.sections import make_call, make_consent, make_organisation, make_person

pytestmark = pytest.mark.django_db


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def titles(response):
    return [page.title for page in response.context["listing"].pages]


def in_days(number):
    return (timezone.localdate() + timedelta(days=number)).isoformat()


@pytest.fixture
def three():
    return [
        make_news(title="Meeting", date="2017-01-13", dateline="Berlin"),
        make_call(title="Join us", opens="2018-06"),
        make_news(title="Before", date="2016-05-01"),
    ]


def test_news_and_calls_stand_together_the_newest_first(client, three):
    make_call(title="Undated")
    assert titles(client.get("/en/news/")) == ["Join us", "Meeting", "Before", "Undated"]


def test_drafts_and_closed_items_are_not_listed(client, three):
    make_news(title="Draft", live=False)
    PageViewRestriction.objects.create(page=three[0], restriction_type=PageViewRestriction.LOGIN)
    assert titles(client.get("/en/news/")) == ["Join us", "Before"]


def test_an_item_whose_original_is_french_is_shown_to_english_readers_and_says_so(client, three):
    make_news("fr", title="Atelier", date="2019-01-01")
    assert titles(client.get("/en/news/"))[0] == "Atelier"
    assert '<a href="/en/news/atelier/" lang="fr">Atelier</a>' in text(client, "/en/news/")


def test_a_subject_is_listed_once(client, three):
    translate(three[0], "fr", title="Rencontre")
    assert titles(client.get("/fr/news/")) == ["Join us", "Rencontre", "Before"]
    assert titles(client.get("/en/news/")) == ["Join us", "Meeting", "Before"]


@pytest.mark.parametrize(
    ("closes", "words"),
    [(0, "Open. You can take part until"), (-1, "Closed since"), (None, "prints no closing date")],
)
def test_a_call_says_in_words_whether_it_is_open(client, closes, words):
    make_call(title="Join us", opens="2018-06", closes="" if closes is None else in_days(closes))
    assert words in text(client, "/en/news/join-us/")


def test_a_call_prints_everything_it_holds(client):
    make_call(
        title="Join us",
        organiser=make_organisation("Efus"),
        what_you_get="<p>A place.</p>",
        questions=[("question", "Do you use it?")],
        body=[("heading", "The setting"), ("paragraph", "<p>From Paris.</p>")],
    )
    html = text(client, "/en/news/join-us/")
    for words in ("Everybody.", "A place.", "Do you use it?", "Write.", "Efus", "The setting", "From Paris."):
        assert words in html
    assert "prints no dates" in html


@pytest.mark.parametrize("state", ["expired", "withdrawn", "future", "none"])
def test_nobody_is_named_in_a_call_without_a_valid_consent(client, state):
    page = make_call(title="Join us")
    person = make_person("Elsa Rossi", None if state == "none" else make_consent(state))
    CallContact.objects.create(page=page, person=person)
    html = text(client, "/en/news/join-us/")
    assert "Elsa" not in html
    assert person.email not in html


def test_a_contact_with_a_valid_consent_is_named_but_never_the_address(client):
    page, person = make_call(title="Join us"), make_person("Elsa Rossi", make_consent())
    CallContact.objects.create(page=page, person=person, role="Coordinates")
    html = text(client, "/en/news/join-us/")
    assert "Elsa Rossi" in html
    assert "Coordinates" in html
    assert person.email not in html


def test_news_stands_whole_in_its_own_language_where_it_is_not_translated(client, three):
    translate(three[2], "de")
    html = text(client, "/de/news/meeting/")
    assert '<div class="other-language" lang="en"' in html
    assert "13 January 2017" in html


def queries(client):
    client.get("/en/news/")  # what the process keeps about the site is read anew after a change
    with CaptureQueriesContext(connection) as captured:
        text(client, "/en/news/")
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_list(client, three):
    before = queries(client)
    for _number in range(4):
        make_news()
        make_call()
    assert queries(client) == before
