import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests.factories import add_source, make_pattern, make_practice, make_resource, make_topic, translate
from tests.factories.sections import make_organisation

pytestmark = pytest.mark.django_db


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def titles(response):
    return [page.title for page in response.context["listing"].pages]


def counts(response, name):
    group = next(group for group in response.context["listing"].groups if group.name == name)
    return {option.value: option.count for option in group.options}


def make_work(written_in, **fields):
    page = make_resource(**fields)
    page.language = written_in
    page.save_revision().publish()
    return page


@pytest.fixture
def three():
    return [
        make_work("nl", title="Zeal", csl_type="book", year=2019),
        make_work("en", title="Civic technology", organisation=make_organisation("Efus")),
        make_work("en", title="Article", csl_type="article", year=2021),
    ]


def test_works_stand_in_the_order_of_their_titles(client, three):
    assert titles(client.get("/en/resources/")) == ["Article", "Civic technology", "Zeal"]


def test_the_latest_come_first_on_request_and_the_undated_last(client, three):
    assert titles(client.get("/en/resources/?sort=year")) == ["Article", "Zeal", "Civic technology"]


def test_works_are_filtered_by_type_and_language_with_counts(client, three):
    response = client.get("/en/resources/?language=en")
    assert titles(response) == ["Article", "Civic technology"]
    assert counts(response, "type") == {"report": 1, "article": 1}
    assert counts(response, "language") == {"en": 2, "nl": 1}
    assert "Dutch" in response.content.decode()


def test_drafts_and_closed_works_are_neither_listed_nor_counted(client, three):
    make_resource(title="Draft", live=False)
    PageViewRestriction.objects.create(page=three[0], restriction_type=PageViewRestriction.LOGIN)
    response = client.get("/en/resources/")
    assert titles(response) == ["Article", "Civic technology"]
    assert "nl" not in counts(response, "language")


def test_a_work_is_listed_once_in_the_readers_language(client, three):
    translate(three[1], "fr", title="Technologie civique")
    assert titles(client.get("/fr/resources/")) == ["Article", "Technologie civique", "Zeal"]


@pytest.fixture
def work():
    return make_work(
        "nl",
        title="Effect in Tilburg",
        work_title="Effect van het project",
        creators="Akkermans, M.",
        container="Reeks 4",
        publisher="Universiteit",
        year=2015,
        date_note="October 2015",
        doi="10.1/x",
        url="https://example.org/x",
        annotation="<p>It measures.</p>",
        licence="CC BY",
    )


def test_a_work_shows_its_reference_in_its_own_language(client, work):
    html = text(client, "/en/resources/effect-in-tilburg/")
    assert '<i lang="nl">Effect van het project.</i>' in html
    for words in ("Akkermans, M. ", "Reeks 4.", "Universiteit.", "October 2015", "It measures.", "Dutch", "CC BY"):
        assert words in html
    assert "Akkermans, M.." not in html
    assert 'href="https://doi.org/10.1/x"' in html


def test_what_is_not_known_of_a_work_is_printed_as_missing(client):
    make_resource(title="Bare")
    html = text(client, "/en/resources/bare/")
    for words in ("no date in source", "no address in our sources", "nobody has written this yet", "No page names it"):
        assert words in html


def test_the_pages_that_name_a_work_are_listed_once_by_type_and_hidden_ones_are_not(client, work):
    pattern, topic = make_pattern(title="Watch"), make_topic(title="Civic technology")
    draft, closed = make_practice(title="Draft", live=False), make_practice(title="Closed")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    for page in (pattern, topic, draft, closed):
        add_source(page, work)
        page.refresh_from_db()
        page.save()  # the reference index follows a save
    translate(pattern, "fr", title="Veille", slug="veille")
    html = text(client, "/en/resources/effect-in-tilburg/")
    assert html.count('href="/en/patterns/watch/"') == 1
    assert 'href="/en/topics/civic-technology/"' in html
    assert "Draft" not in html
    assert "Closed" not in html
    assert 'href="/fr/patterns/veille/"' in text(client, "/fr/resources/effect-in-tilburg/")


def test_in_a_language_without_translation_the_text_stands_in_its_own(client, work):
    translate(make_resource(title="Another"), "de")
    html = text(client, "/de/resources/effect-in-tilburg/")
    assert '<div class="other-language" lang="en"' in html
    assert "It measures." in html


def queries(client, address):
    client.get(address)  # what the process keeps about the site is read anew after a change
    with CaptureQueriesContext(connection) as captured:
        text(client, address)
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_list(client, three):
    before = queries(client, "/en/resources/")
    for number in range(4):
        make_resource(organisation=make_organisation(f"Body {number}"))
    assert queries(client, "/en/resources/") == before


def test_the_number_of_queries_does_not_grow_with_the_pages_that_name_a_work(client, work):
    def name_it(page):
        add_source(page, work)
        page.refresh_from_db()
        page.save()

    name_it(make_pattern())
    before = queries(client, "/en/resources/effect-in-tilburg/")
    for page in (make_pattern(), make_topic(), make_practice()):
        name_it(page)
    assert queries(client, "/en/resources/effect-in-tilburg/") == before
