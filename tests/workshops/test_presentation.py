import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from portal.fields import PartialDate
from tests.factories import add_source, make_pattern, make_practice, make_resource, make_workshop, translate
from tests.factories.sections import make_consent, make_organisation, make_recommendation, make_series
from workshops.leaf import Leaf
from workshops.models import RecommendationPattern, RecommendationPractice

pytestmark = pytest.mark.django_db
ADDRESS = "/en/workshops/berlin/"


def text(client, address=ADDRESS):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def finding(code, **values):
    return ("finding", {"code": code, "kind": "opportunity", "text": f"Text of {code}.", **values})


@pytest.fixture
def accounts():
    return [
        make_resource(title="News", organisation=make_organisation("Institute", short_name="TNO"), work_title="News"),
        make_resource(title="Article", creators="Forum", language="fr"),
    ]


@pytest.fixture
def berlin(accounts):
    english, french = accounts
    series = make_series(title="Six workshops", planned_count=6)
    page = make_workshop(
        title="Berlin",
        date_start="2017-01-10",
        date_note="No year printed.",
        place_name="Berlin",
        country="DE",
        venue="Institute IAO",
        series=series,
        series_number=1,
        organisers=[("organisation", {"organisation": make_organisation("MEDI"), "role": "organiser"})],
        aim="<p>To find out.</p>",
        participants=[
            ("participant", {"category": "lea", "sources": [english.pk, french.pk], "note": "Police."}),
            ("participant", {"category": "planners", "sources": [english.pk]}),
            ("participant", {"category": "civil_society", "sources": [french.pk]}),
        ],
        guiding_questions=[("question", "What is gained?")],
        programme=[("item", {"time": "9:00", "title": "Welcome", "text": "By the host."})],
        findings=[
            finding("F1", strength="all", source=english.pk, locator="first paragraph"),
            finding("F2", kind="ethics", strength="not_stated"),
        ],
        outcomes=[("item", {"text": "Sketches.", "source": english.pk})],
        outreach=[("item", {"channel": "Twitter", "text": "It trended."})],
        report_status="announced",
        report_note="Never linked.",
        body=[("heading", "Differences"), ("paragraph", "<p>They differ.</p>")],
    )
    for account in accounts:
        add_source(page, account)
    return page


EVERYTHING = [
    "Tuesday", "January 2017", "No year printed.", "Berlin</b>, Germany", "Institute IAO", "MEDI", "To find out.",
    "Police and other law enforcement", "What is gained?", "Welcome", "By the host.", "Text of F1.", "first paragraph",
    "Text of F2.", "Strength not stated", "Sketches.", "It trended.", "Announced", "Never linked.", "They differ.",
    "Six workshops, 1 of 6", "No place, no date",
]  # fmt: skip


def test_a_workshop_prints_everything_it_holds(client, berlin):
    html = text(client)
    assert [words for words in EVERYTHING if words not in html] == []


def test_in_a_language_without_translation_the_whole_text_stands_in_its_own(client, berlin):
    translate(make_workshop(title="Another"), "it")
    html = text(client, "/it/workshops/berlin/")
    main = html[html.index('<div class="other-language" lang="en"') :]
    assert [words for words in EVERYTHING if words not in main] == []


def test_what_is_not_known_is_printed_as_missing(client):
    make_workshop(title="Silent", date_start="", country="")
    html = text(client, "/en/workshops/silent/")
    for words in ("no date in source", "no place in source", "number not published", "none published"):
        assert f'<span class="gap">{words}</span>' in html


def test_sources_that_disagree_on_who_took_part_stand_in_columns(client, berlin):
    rows = client.get(ADDRESS).context["workshop"].participants
    assert [account.short_name for account, _is_named in rows[0].by_account] == ["TNO", "Forum"]
    assert [[is_named for _account, is_named in row.by_account] for row in rows] == [
        [True, True],
        [True, False],
        [False, True],
    ]


def test_dots_say_how_many_agreed_and_none_when_nobody_has_said(client, berlin):
    findings = client.get(ADDRESS).context["workshop"].findings
    assert [sum(found.strength.dots) for found in findings] == [4, 0]


@pytest.mark.parametrize(
    ("start", "end", "large", "small", "until"),
    [
        ("2017-01-10", "", "10", "January 2017", ""),
        ("2017-01-10", "2017-01-12", "10–12", "January 2017", ""),
        ("2017-01-31", "2017-02-01", "31", "January 2017", "1 February 2017"),
        ("2016-07", "", "2016", "July", ""),
        ("2016", "", "2016", "", ""),
        ("", "", "", "", ""),
    ],
)
def test_the_leaf_is_as_exact_as_the_date(start, end, large, small, until):
    leaf = Leaf(PartialDate(start) if start else None, PartialDate(end) if end else None)
    assert (leaf.large, leaf.small, leaf.until) == (large, small, until)


def quote(consent, **values):
    return ("quote", {"text": "Change yourselves.", "attribution": "A participant", "consent": consent, **values})


@pytest.mark.parametrize("state", ["expired", "withdrawn", "future", "none"])
def test_no_quote_without_a_valid_consent(client, berlin, state):
    berlin.quotes = [quote(None if state == "none" else make_consent(state, "quote"), original_text="Ändert euch.")]
    berlin.save_revision().publish()
    html = text(client)
    assert "Change yourselves." not in html
    assert "Ändert euch." not in html
    assert 'id="said"' not in html


def test_a_quote_with_a_valid_consent_says_its_form(client, berlin):
    consent = make_consent("valid", "quote")
    berlin.quotes = [quote(consent, paraphrase=True, original_text="Ändert euch.", original_language="de")]
    berlin.save_revision().publish()
    html = text(client)
    assert "Change yourselves." in html
    assert 'lang="de" dir="auto"><p>Ändert euch.' in html
    assert "Paraphrased by the editors." in html
    assert consent.subject not in html


def test_a_withdrawn_consent_takes_the_quote_off_at_the_next_request(client, berlin, settings):
    settings.PAGE_CACHE_SECONDS = 3600
    consent = make_consent("valid", "quote")
    berlin.quotes = [quote(consent)]
    berlin.save_revision().publish()
    assert "Change yourselves." in text(client)
    consent.withdrawn_on = timezone.localdate()
    consent.save()
    assert "Change yourselves." not in text(client)


@pytest.fixture
def traced(berlin):
    pattern, practice = make_pattern(number=8, title="Watch"), make_practice(title="Faenza", place_name="Faenza")
    advice = [make_recommendation(number=number, title=f"Advise {number}") for number in (3, 1)]
    draft = make_recommendation(number=2, title="Unfinished", live=False)
    RecommendationPattern.objects.create(page=advice[1], pattern=pattern)
    RecommendationPractice.objects.create(page=advice[1], practice=practice, note="In use.", locale=advice[1].locale)
    berlin.findings = [
        finding("F1", patterns=[pattern.pk], recommendations=[advice[0].pk, advice[1].pk, draft.pk]),
        finding("F2", recommendations=[advice[1].pk]),
    ]
    berlin.save_revision().publish()
    return berlin


def test_a_finding_is_traced_to_the_practice_that_follows_it(client, traced):
    traces = client.get(ADDRESS).context["workshop"].traces
    assert [(trace.page.label, [finding.code for finding in trace.findings]) for trace in traces] == [
        ("REC-01", ["F1", "F2"]),
        ("REC-03", ["F1"]),
    ]
    assert [pattern.title for pattern in traces[0].patterns] == ["Watch"]
    assert [(followed.practice.title, followed.note) for followed in traces[0].practices] == [("Faenza", "In use.")]
    html = text(client)
    assert "No practice reports it yet" in html
    assert "Unfinished" not in html


def test_a_quote_leads_to_the_finding_that_it_carries_and_back(client, berlin):
    berlin.quotes = [quote(make_consent("valid", "quote"), findings=["F2", "F8"])]
    berlin.save_revision().publish()
    html = text(client)
    first, second = client.get(ADDRESS).context["workshop"].findings
    assert (first.voices, [voice.attribution for voice in second.voices]) == ([], ["A participant"])
    assert '<figure class="voice" id="voice-1">' in html
    assert '<a href="#voice-1">A participant</a>' in html
    assert 'Finding <a href="#f2">F2</a>.' in html
    assert "F8" not in html


@pytest.mark.parametrize("state", ["expired", "withdrawn", "future", "none"])
def test_a_finding_does_not_name_a_quote_without_a_valid_consent(client, berlin, state):
    hidden = quote(None if state == "none" else make_consent(state, "quote"), findings=["F2"], attribution="Hidden")
    berlin.quotes = [hidden, quote(make_consent("valid", "quote"), findings=["F1"])]
    berlin.save_revision().publish()
    html = text(client)
    assert "Hidden" not in html
    assert html.count('href="#voice-') == 1


def test_what_a_finding_names_leads_to_the_readers_language(client, traced):
    pattern = traced.findings[0].value["patterns"][0]
    from patterns.models import PatternPage

    translate(PatternPage.objects.get(pk=pattern), "fr", title="Veille", slug="veille")
    assert 'href="/fr/patterns/veille/"' in text(client, "/fr/workshops/berlin/")


def test_a_series_shows_known_and_unknown_places(client, berlin):
    make_workshop(title="Third", series=berlin.series, series_number=3, date_start="2017-05")
    make_workshop(title="Draft", series=berlin.series, series_number=2, live=False)
    closed = make_workshop(title="Closed", series=berlin.series, series_number=4)
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    places = client.get(ADDRESS).context["workshop"].series_places
    assert [place.page.title if place.page else None for place in places] == [
        "Berlin", None, "Third", None, None, None,
    ]  # fmt: skip
    assert [place.is_here for place in places] == [True, False, False, False, False, False]


def test_the_page_of_a_series(client, berlin):
    html = text(client, "/en/workshops/six-workshops/")
    assert "6 workshops" in html
    assert 'href="/en/workshops/berlin/"' in html
    assert html.count("No place, no date") == 5


def test_an_event_to_come_says_how_to_register(client):
    make_workshop(title="Next", date_start="2999-01-01", registration="Write to us.")
    html = text(client, "/en/workshops/next/")
    assert "Write to us." in html
    assert "none yet: it is still to come" in html


def queries(client):
    text(client)  # what the process keeps about the site is read anew after a change
    with CaptureQueriesContext(connection) as captured:
        text(client)
    return len(captured)


def test_the_page_takes_at_most_twenty_queries_however_much_it_names(client, traced):
    before = queries(client)
    more = []
    for number in range(4, 8):
        advice, pattern, practice = make_recommendation(number=number), make_pattern(), make_practice()
        RecommendationPattern.objects.create(page=advice, pattern=pattern)
        RecommendationPractice.objects.create(page=advice, practice=practice, locale=advice.locale)
        make_workshop(series=traced.series, series_number=number - 2)
        more.append(finding(f"F{number}", patterns=[pattern.pk], recommendations=[advice.pk]))
        add_source(traced)
    traced.findings.extend(more)
    traced.save_revision().publish()
    assert queries(client) == before <= 20
