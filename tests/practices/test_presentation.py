import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from practices.models import PracticeContact, PracticePattern
from tests.factories import add_source, make_pattern, make_practice, make_resource, translate
from tests.factories.sections import make_consent, make_organisation, make_person, make_recommendation
from workshops.models import RecommendationPractice

pytestmark = pytest.mark.django_db
ADDRESS = "/en/practices/faenza/"


def text(client, address=ADDRESS):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def resource():
    return make_resource(title="Factsheet")


@pytest.fixture
def faenza(resource):
    page = make_practice(
        title="Faenza",
        place_name="Faenza",
        admin_area="Romagna",
        extent="full",
        status="paused",
        status_reason="Money ran out.",
        started="2015",
        ended="2019-06",
        latitude="44.29007",
        longitude="11.87948",
        territory="multi_municipality",
        initiative=["co_produced"],
        participation="involve",
        target_groups="Residents",
        technology=["sms", "mobile_app"],
        service_languages=["it", "xx"],
        lead_organisation=make_organisation("Unione"),
        problem_addressed="<p>Nobody talked.</p>",
        figures=[
            ("figure", {"label": "People", "value": "90000", "unit": "people", "source": resource.pk}),
            ("figure", {"label": "Share", "value": "2.5", "unit": "percent", "qualifier": "about", "as_of": "2016"}),
        ],
        aims=[("item", "Less fear.")],
        steps=[("step", {"title": "The group talks", "text": "First among themselves."})],
        partners=[("partner", {"organisation": make_organisation("Police"), "role": "trains"})],
        rules=[("moderation", "One moderator each.")],
        outcomes=[
            ("result", {"text": "More groups.", "source": resource.pk, "locator": "page 3"}),
            ("side_effect", {"text": "Street parties."}),
            ("challenge", {"text": "Know-how."}),
            ("lesson", {"text": "Begin with texts.", "editorial": True}),
            ("condition", {"text": "Compare density.", "why": "Towns differ."}),
            ("cost", {"item": "training", "text": "No amount."}),
            (
                "evidence",
                {
                    "finding": "Told, not measured.",
                    "direction": "mixed",
                    "dimension": "effect",
                    "design": "anecdotal",
                    "country": "IT",
                },
            ),
        ],
        timeline=[("event", {"date": "2015", "text": "First text messages."})],
        uses=[("institutional", {"use": "engagement", "strength": "core", "note": "A standing line."})],
        criteria=[("criterion", {"criterion": "problem_described", "verdict": "yes", "text": "It is."})],
        criteria_checked_on=datetime.date(2026, 11, 12),
        body=[("heading", "What we do not know"), ("paragraph", "<p>How many there were.</p>")],
    )
    add_source(page, resource)
    return page


EVERYTHING = [
    "Money ran out.", "June 2019", "44.29° north, 11.88° east", "Several municipalities", "Involve", "Residents",
    "Italian, xx", "Unione", "Nobody talked.", "90,000", "about 2.50", "percent", "2016", "Less fear.",
    "The group talks.", "Police", "One moderator each.", "More groups.", "page 3", "Street parties.", "Know-how.",
    "Begin with texts.", "Compare density.", "Towns differ.", "No amount.", "Told, not measured.",
    "First text messages.", "A standing line.", "Meets 1 of 4 criteria.", "12 November 2026", "It is.",
    "What we do not know", "How many there were.", "Factsheet",
]  # fmt: skip


def test_a_full_entry_prints_everything_it_holds(client, faenza):
    html = text(client)
    assert [words for words in EVERYTHING if words not in html] == []


def test_in_a_language_without_translation_the_whole_text_stands_in_its_own(client, faenza):
    translate(make_practice(title="Another"), "fr")
    html = text(client, "/fr/practices/faenza/")
    main = html[html.index('<div class="other-language" lang="en"') :]
    assert [words for words in EVERYTHING if words not in main] == []
    assert '<html lang="fr"' in html


def test_what_the_sources_do_not_say_is_printed_as_missing(client):
    make_practice(title="Silent", extent="full")
    html = text(client, "/en/practices/silent/")
    assert html.count('<span class="gap">not reported</span>') >= 8
    assert '<span class="gap">not checked yet</span>' in html
    assert "no date in source" in html
    assert "No citizen pattern" in html


def test_a_brief_entry_says_so_and_leaves_silent_sections_out(client):
    make_practice(title="Short", aims=[("item", "To try.")])
    html = text(client, "/en/practices/short/")
    assert "A brief entry." in html
    assert 'id="results"' not in html


def test_a_figure_without_a_date_says_so(client, faenza):
    assert "no date in source" in text(client)


@pytest.mark.parametrize("state", ["expired", "withdrawn", "future", "none", "for a photo"])
def test_nobody_is_named_without_a_valid_consent(client, faenza, state):
    consent = {"none": lambda: None, "for a photo": lambda: make_consent(kind="photo")}.get(
        state, lambda: make_consent(state)
    )()
    PracticeContact.objects.create(page=faenza, person=make_person("Monica Rossi", consent), role="Runs it")
    html = text(client)
    assert "Monica" not in html
    assert "Ask the people who run it" not in html


def test_a_contact_with_a_valid_consent_is_named_but_never_the_address(client, faenza):
    person = make_person("Monica Rossi", make_consent())
    PracticeContact.objects.create(page=faenza, person=person, role="Runs it")
    html = text(client)
    assert "Monica Rossi" in html
    assert person.email not in html


def test_a_withdrawn_consent_takes_the_name_off_at_the_next_request(client, faenza, settings):
    settings.PAGE_CACHE_SECONDS = 3600
    consent = make_consent()
    PracticeContact.objects.create(page=faenza, person=make_person("Monica Rossi", consent))
    assert "Monica Rossi" in text(client)
    consent.withdrawn_on = timezone.localdate()
    consent.save()
    assert "Monica Rossi" not in text(client)


def test_patterns_stand_as_cards_in_the_readers_language_the_main_example_first(client, faenza):
    watch, second = make_pattern(number=8, title="Watch"), make_pattern(number=5, title="Intelligence")
    draft = make_pattern(number=9, title="Unfinished", live=False)
    for pattern, strength in ((second, "also"), (watch, "main"), (draft, "also")):
        PracticePattern.objects.create(page=faenza, pattern=pattern, strength=strength, note=f"On {pattern}.",
                                       locale=faenza.locale)  # fmt: skip
    translate(watch, "fr", title="Veille", slug="veille")
    html = text(client)
    assert html.index('href="/en/patterns/watch/"') < html.index('href="/en/patterns/intelligence/"')
    assert "Unfinished" not in html
    assert 'href="/fr/patterns/veille/"' in text(client, "/fr/practices/faenza/")


def test_recommendations_that_name_it_are_listed_with_the_note_and_drafts_are_not(client, faenza):
    for number, live in ((1, True), (2, False)):
        advice = make_recommendation(number=number, title=f"Advise {number}", live=live)
        RecommendationPractice.objects.create(page=advice, practice=faenza, note="In use here.", locale=advice.locale)
    html = text(client)
    assert "REC-01" in html
    assert "In use here." in html
    assert "REC-02" not in html


def test_related_practices_show_one_of_the_same_patterns_and_may_be_seen(client, faenza):
    pattern = make_pattern(title="Watch")
    near, draft, closed = (
        make_practice(title="Near"),
        make_practice(title="Draft", live=False),
        make_practice(title="Closed"),
    )
    make_practice(title="Far")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    for page in (faenza, near, draft, closed):
        PracticePattern.objects.create(page=page, pattern=pattern, locale=page.locale)
    related = client.get(ADDRESS).context["practice"].related
    assert [page.title for page in related] == ["Near"]


def queries(client):
    text(client)  # what the process keeps about the site is read anew after a change
    with CaptureQueriesContext(connection) as captured:
        text(client)
    return len(captured)


def test_the_page_takes_at_most_twenty_queries_however_much_it_names(client, faenza):
    def add(number):
        pattern, advice, other = make_pattern(), make_recommendation(), make_practice()
        PracticePattern.objects.create(page=faenza, pattern=pattern, locale=faenza.locale)
        PracticePattern.objects.create(page=other, pattern=pattern, locale=other.locale)
        RecommendationPractice.objects.create(page=advice, practice=faenza, locale=advice.locale)
        PracticeContact.objects.create(page=faenza, person=make_person(f"P {number}", make_consent()))
        add_source(faenza)

    add(1)
    before = queries(client)
    for number in range(2, 5):
        add(number)
    assert queries(client) == before <= 20
