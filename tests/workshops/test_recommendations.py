import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from portal.models import Consent
from tests.factories import make_pattern, make_practice, make_workshop, translate
from tests.factories.sections import make_consent, make_recommendation
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
    RecommendationPractice.objects.create(
        page=page, practice=practice, note="In use here.", locale=page.locale, status="tried"
    )
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


@pytest.mark.parametrize("address", [ADDRESS, "/en/recommendations/", "/en/practices/faenza/"])
def test_both_ends_say_how_far_a_practice_has_come(client, advice, address):
    link = advice.practices.get()
    assert "Being tried" in text(client, address)
    RecommendationPractice.objects.filter(pk=link.pk).update(status="not_stated")
    link.page.save_revision().publish()
    html = text(client, address)
    assert "In use here." in html
    assert "Not stated" not in html


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


INDEX, PATTERN = "/en/recommendations/", "/en/patterns/watch/"


def quote(consent, *codes, **fields):
    return (
        "quote",
        {"text": "Change.", "attribution": "Someone", "consent": consent, "findings": list(codes), **fields},
    )


@pytest.mark.parametrize("address", [INDEX, ADDRESS])
def test_a_recommendation_tells_which_finding_and_which_quote_led_to_it(client, advice, address):
    quotes = [quote(make_consent(), "F9", text="Elsewhere."), quote(make_consent(), "F1", "F9")]
    leads_to(advice, title="Berlin", quotes=quotes)
    html = text(client, address)
    assert 'href="/en/workshops/berlin/#f1"' in html
    assert "Text of F1." in html
    assert "Change." in html
    assert 'href="/en/workshops/berlin/#voice-2"' in html
    assert "Of something else." not in html
    assert "Elsewhere." not in html


@pytest.mark.parametrize("address", [INDEX, ADDRESS, PATTERN])
@pytest.mark.parametrize("state", ["expired", "withdrawn", "future", "none"])
def test_no_page_tells_a_quote_without_a_valid_consent(client, advice, address, state):
    consent = None if state == "none" else make_consent(state, "quote")
    leads_to(advice, title="Berlin", quotes=[quote(consent, "F1")])
    html = text(client, address)
    assert "Change." not in html
    assert "Someone" not in html


def test_a_withdrawn_consent_takes_the_quote_off_at_the_next_request(client, advice, settings):
    settings.PAGE_CACHE_SECONDS = 3600
    leads_to(advice, title="Berlin", quotes=[quote(make_consent(), "F1")])
    assert "Change." in text(client, INDEX)
    consent = Consent.objects.get()
    consent.withdrawn_on = timezone.localdate()
    consent.save()
    assert "Change." not in text(client, INDEX)


def test_the_index_does_not_tell_findings_of_drafts_and_closed_workshops(client, advice):
    leads_to(advice, "F2", title="Unfinished", live=False)
    closed = leads_to(advice, "F3", title="Closed", quotes=[quote(make_consent(), "F3")])
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    html = text(client, INDEX)
    for words in ("Text of F2.", "Text of F3.", "Change.", "Closed"):
        assert words not in html
    assert "No workshop led to it" in html


def test_a_pattern_names_the_findings_that_bear_on_it(client, advice):
    pattern = advice.patterns.get().pattern
    values = {"kind": "ethics", "text": "It bears.", "patterns": [pattern.pk]}
    other = {"code": "F2", "kind": "ethics", "text": "It does not."}
    for title, fields in (("Berlin", {}), ("Unfinished", {"live": False})):
        make_workshop(title=title, findings=[("finding", {"code": "F1", **values}), ("finding", other)], **fields)
    html = text(client, PATTERN)
    assert html.count("It bears.") == 1
    assert 'href="/en/workshops/berlin/#f1"' in html
    assert "It does not." not in html
    assert "Unfinished" not in html


def queries(client):
    client.get("/en/recommendations/")  # what the process keeps about the site is read anew after a change
    with CaptureQueriesContext(connection) as captured:
        text(client, "/en/recommendations/")
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_index(client, advice):
    leads_to(advice, quotes=[quote(make_consent(), "F1")])
    before = queries(client)
    for _number in range(4):
        page = make_recommendation()
        RecommendationPattern.objects.create(page=page, pattern=make_pattern())
        RecommendationPractice.objects.create(page=page, practice=make_practice(), locale=page.locale)
        leads_to(page, quotes=[quote(make_consent(), "F1")])
    assert queries(client) == before
