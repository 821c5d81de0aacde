import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests.factories import make_pattern, make_practice, make_workshop, translate
from tests.factories.sections import make_recommendation
from workshops.models import RecommendationPattern, RecommendationPractice

pytestmark = pytest.mark.django_db


def leads_to(advice, code="F1", **fields):
    finding = {"code": code, "kind": "ethics", "text": f"Text of {code}.", "recommendations": [advice.pk]}
    other = {"code": "F9", "kind": "ethics", "text": "Of something else."}
    return make_workshop(findings=[("finding", finding), ("finding", other)], **fields)


@pytest.fixture
def advice():
    page = make_recommendation(number=1, title="Train whoever answers", addressees=["police"], status="in_use")
    pattern, practice = make_pattern(number=8, title="Watch"), make_practice(title="Faenza", place_name="Faenza")
    RecommendationPattern.objects.create(page=page, pattern=pattern)
    RecommendationPractice.objects.create(page=page, practice=practice, note="In use here.", locale=page.locale)
    return page


ADDRESS = "/en/recommendations/train-whoever-answers/"


def text(client, address=ADDRESS):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_shows_where_it_came_from_and_where_it_is_followed(client, advice):
    leads_to(advice, title="Berlin")
    html = text(client)
    for words in ("REC-01", "Because.", "Police and other law enforcement", "In use", "Text of F1.", "In use here."):
        assert words in html
    assert 'href="/en/workshops/berlin/#f1"' in html
    assert 'href="/en/patterns/watch/"' in html
    assert 'href="/en/practices/faenza/"' in html
    assert "Of something else." not in html


def test_findings_of_drafts_and_closed_workshops_are_not_told(client, advice):
    leads_to(advice, "F2", title="Draft", live=False)
    closed = leads_to(advice, "F3", title="Closed")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    html = text(client)
    assert "Text of F2." not in html
    assert "Text of F3." not in html
    assert "No workshop led to it" in html


def test_a_finding_that_only_a_draft_change_names_is_not_told(client, advice):
    workshop = make_workshop(title="Berlin")
    workshop.findings = [
        ("finding", {"code": "F1", "kind": "legal", "text": "Unseen.", "recommendations": [advice.pk]})
    ]
    workshop.save_revision()
    assert "Unseen." not in text(client)


def test_a_workshop_is_quoted_once_in_the_readers_language(client, advice):
    workshop = leads_to(advice, title="Berlin")
    translate(workshop, "fr", title="Berlin en français", slug="berlin-fr")
    findings = client.get("/fr/recommendations/train-whoever-answers/").context["recommendation"].findings
    assert [finding.workshop.title for finding in findings] == ["Berlin en français"]


def test_a_translation_carries_its_own_notes(client, advice):
    french = translate(advice, "fr", title="Former", slug="former")
    french.practices.all().delete()
    practice = advice.practices.get().practice
    RecommendationPractice.objects.create(page=french, practice=practice, note="Utilisé ici.", locale=french.locale)
    html = text(client, "/fr/recommendations/former/")
    assert "Utilisé ici." in html
    assert "In use here." not in html


def test_a_translation_without_rows_shows_those_of_its_original(client, advice):
    french = translate(advice, "fr", title="Former", slug="former")
    french.practices.all().delete()
    assert "In use here." in text(client, "/fr/recommendations/former/")


def test_the_index_lists_them_in_order_without_drafts(client, advice):
    make_recommendation(number=2, title="Unfinished", live=False)
    closed = make_recommendation(number=3, title="Closed")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    make_recommendation(number=4, title="Settle who answers")
    html = text(client, "/en/recommendations/")
    assert html.index("REC-01") < html.index("REC-04")
    assert "Unfinished" not in html
    assert "Closed" not in html
    assert "No practice reports it yet" in html


def queries(client):
    client.get("/en/recommendations/")  # what the process keeps about the site is read anew after a change
    with CaptureQueriesContext(connection) as captured:
        text(client, "/en/recommendations/")
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_index(client, advice):
    before = queries(client)
    for _number in range(4):
        page = make_recommendation()
        RecommendationPattern.objects.create(page=page, pattern=make_pattern())
        RecommendationPractice.objects.create(page=page, practice=make_practice(), locale=page.locale)
    assert queries(client) == before
