import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search.models import Document, Name
from tests.factories import make_home, make_pattern, make_practice, translate
from tests.search.hidden import HIDDEN, SECRET, for_a_group, group

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggest(client):
    make_home()

    def ask(typed, language="en", **headers):
        response = client.get(f"/{language}/search/suggest/", {"q": typed}, **headers)
        assert response.status_code == 200
        return json.loads(response.content)

    return ask


def titles(answer):
    return [option["title"] for option in answer["options"]]


def test_beginnings_of_titles_and_of_words_in_them_are_suggested(suggest):
    make_pattern(title="Quokka watch", number=8)
    make_practice(title="A day with quokkas")
    answer = suggest("quo")
    assert titles(answer) == ["Quokka watch", "A day with quokkas"]
    assert answer["options"][0] == {
        "title": "Quokka watch",
        "name": "",
        "url": "/en/patterns/quokka-watch/",
        "number": "08",
        "kind": "Pattern",
        "language": "",
    }
    assert answer["status"] == "2 suggestions"
    assert titles(suggest("watch")) == ["Quokka watch"]
    assert titles(suggest("kka")) == []


def test_a_phrase_goes_on_with_the_next_word(suggest):
    make_pattern(title="Quokka watch")
    assert titles(suggest("quokka  WAT")) == ["Quokka watch"]
    assert titles(suggest("quokka dance")) == []


def test_accents_do_not_count(suggest):
    make_home("fr")
    make_pattern("fr", title="Sécurité de l’île")
    assert titles(suggest("securite", "fr")) == ["Sécurité de l’île"]
    assert titles(suggest("ÎL", "fr")) == ["Sécurité de l’île"]


def test_other_names_say_what_they_are_names_of(suggest):
    make_pattern(title="Watch", also_called="Quokka patrol\nNight round")
    assert [(o["title"], o["name"]) for o in suggest("quokka")["options"]] == [("Watch", "Quokka patrol")]


def test_one_suggestion_for_each_subject_in_the_readers_language(suggest):
    make_home("fr")
    translate(make_pattern(title="Quokka watch"), "fr", title="Veille des quokkas", slug="veille")
    make_pattern(title="Quokka parade")
    answer = suggest("quokka", "fr")
    assert titles(answer) == ["Veille des quokkas", "Quokka parade"]
    assert [option["language"] for option in answer["options"]] == ["", "en"]


def test_at_most_eight_and_none_for_a_letter(suggest):
    for number in range(12):
        make_practice(title=f"Quokka {number}")
    assert len(suggest("quokka")["options"]) == 8
    assert suggest("q")["options"] == []
    assert suggest("")["status"] == "No suggestions"


@pytest.mark.parametrize("typed", ['"', "%_'; --", "\x00\ud800", "x" * 5000, "日本", "🦘🦘", "שלום", "*:*"])
def test_any_input_is_answered(client, typed):
    make_home()
    assert client.get("/en/search/suggest/", {"q": typed.encode("utf-8", "ignore")}).status_code == 200


@pytest.mark.parametrize("hide", HIDDEN)
def test_what_is_hidden_is_not_suggested(suggest, hide):
    hide()
    assert suggest(SECRET[:3])["options"] == []


def test_names_whose_consent_ended_are_not_suggested(suggest, put):
    today = timezone.localdate()
    put(title=f"{SECRET} ended", shown_until=today)
    put(title=f"{SECRET} holds", shown_until=today + datetime.timedelta(days=1))
    assert titles(suggest(SECRET)) == [f"{SECRET} holds"]


def test_members_get_what_is_for_their_group(suggest, client, django_user_model):
    for_a_group()
    member = django_user_model.objects.create_user("member")
    member.groups.add(group())
    client.force_login(member)
    assert len(suggest(SECRET)["options"]) == 1


def test_a_hidden_text_lends_its_name_to_no_visible_one(suggest):
    make_home("fr")
    french = translate(make_pattern(title="Watch"), "fr", title=SECRET, slug="x")
    french.unpublish()
    assert suggest(SECRET)["options"] == []


def test_names_go_with_their_document():
    make_pattern(title="Quokka watch")
    assert Name.objects.filter(key="quokka watch").exists()
    Document.objects.all().delete()
    assert not Name.objects.exists()


def test_the_readers_browser_may_keep_an_answer_for_a_minute(suggest, client):
    response = client.get("/en/search/suggest/", {"q": "quokka"})
    assert response["Cache-Control"] == "private, max-age=60"
    assert not response.cookies
    again = client.get("/en/search/suggest/", {"q": "quokka"}, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert client.post("/en/search/suggest/").status_code == 405


def test_the_number_of_queries_does_not_grow(suggest):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            suggest("quokka")
        return [q["sql"] for q in captured.captured_queries]

    make_practice(title="Quokka 0")
    few = queries()
    for number in range(1, 8):
        make_practice(title=f"Quokka {number}")
    many = queries()
    assert len(many) == len(few)
    assert sum('FROM "search_' in sql for sql in many) == 2
