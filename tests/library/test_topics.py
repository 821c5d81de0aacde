import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests.factories import make_pattern, make_practice, make_topic, translate
from tests.factories.sections import make_organisation, make_project

pytestmark = pytest.mark.django_db


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def titles(response):
    return [page.title for page in response.context["listing"].pages]


@pytest.fixture
def topic():
    practice, draft = make_practice(title="Faenza"), make_pattern(title="Unfinished", live=False)
    return make_topic(
        title="Civic technology",
        definition=f'<p>Tools, as in <a linktype="page" id="{practice.pk}">Faenza</a>.</p>',
        body=[
            ("heading", "Uses"),
            ("paragraph", "<p>Many.</p>"),
            ("table", {"caption": "Who", "header": ["Use", "Tool"], "rows": [["Ask", "App"]]}),
            ("callout", {"title": "Note", "text": "<p>Careful.</p>"}),
            ("related", {"title": "See", "pages": [practice.pk, draft.pk]}),
        ],
        key_questions=[("question", "Who answers?")],
        open_questions=[("question", "Which criteria?")],
    )


EVERYTHING = ["Tools, as in", "Uses", "Many.", "Who", "App", "Careful.", "Who answers?", "Which criteria?"]


def test_a_topic_prints_everything_it_holds(client, topic):
    html = text(client, "/en/topics/civic-technology/")
    assert [words for words in EVERYTHING if words not in html] == []
    assert "Unfinished" not in html


def test_in_a_language_without_translation_the_text_stands_in_its_own_and_links_in_the_readers(client, topic):
    translate(make_topic(title="Another"), "it")
    html = text(client, "/it/topics/civic-technology/")
    main = html[html.index('<div class="other-language" lang="en"') :]
    assert [words for words in EVERYTHING if words not in main] == []
    assert 'href="/it/practices/faenza/"' in main


def test_the_index_lists_each_topic_once_and_no_hidden_one(client, topic):
    translate(topic, "fr", title="Technologie civique")
    make_topic(title="Draft", live=False)
    closed = make_topic(title="Closed")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    make_topic(title="Second")
    assert titles(client.get("/en/topics/")) == ["Civic technology", "Second"]
    assert titles(client.get("/fr/topics/")) == ["Technologie civique", "Second"]


def test_an_index_without_translation_speaks_the_readers_language_but_for_its_own_words(client, topic):
    translate(make_practice(title="Another"), "fr")
    html = text(client, "/fr/topics/")
    assert '<h1 lang="en">Topics</h1>' in html
    assert 'class="other-language" lang="fr"' in html


def queries(client, address):
    client.get(address)  # what the process keeps about the site is read anew after a change
    with CaptureQueriesContext(connection) as captured:
        text(client, address)
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_list(client, topic):
    before = queries(client, "/en/topics/")
    for _number in range(4):
        make_topic()
    assert queries(client, "/en/topics/") == before


def test_a_project_prints_partners_tasks_and_funding(client):
    make_project(
        programme="Horizon 2020",
        grant_note="No number.",
        started="2016-07",
        kick_off="2016-07-11",
        duration_months=30,
        end_derived="December 2018",
        research_questions=[("question", "What is allowed?")],
        partners=[
            ("partner", {"organisation": make_organisation("Warwick"), "country": "GB", "coordinator": True}),
            ("partner", {"organisation": make_organisation("Efus"), "role": "local security", "note": "Paris."}),
        ],
        tasks=[("task", {"organisation": make_organisation("Efus"), "text": "Run workshops."})],
        channels=[("channel", {"name": "Twitter", "handle": "@PRJ", "note": "Not checked."})],
    )
    html = text(client, "/en/about/project/")
    for words in (
        "Horizon 2020", "No number.", "July 2016", "11 July 2016", "30 months", "December 2018", "What is allowed?",
        "United Kingdom", "local security", "Paris.", "Run workshops.", "@PRJ", "Not checked.",
    ):  # fmt: skip
        assert words in html
    assert '<span class="gap">not named</span>' in html  # the country of the second partner


def test_the_number_of_queries_does_not_grow_with_the_partners(client):
    project = make_project(partners=[("partner", {"organisation": make_organisation("Warwick")})])
    before = queries(client, "/en/about/project/")
    project.partners = [("partner", {"organisation": make_organisation(f"Body {number}")}) for number in range(6)]
    project.save_revision().publish()
    assert queries(client, "/en/about/project/") == before
