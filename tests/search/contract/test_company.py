"""What refers to the best hits, or is referred to by them, comes before what has the same words: in both engines."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from search import company
from search.models import Document, Pick
from tests.factories import add_source, make_resource, make_topic, translate

from .asking import titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(engine_name):
    """What a search for quokkas finds first."""
    for number in range(6):
        make_topic(title=f"Filler {number}", summary=f"Qq{number}")
    return make_resource(title="Quokka quokka", summary="Quokkas, quokkas and quokkas")


def twins():
    """Two pages that answer alike; what is equal keeps the order in which it was written."""
    return make_topic(title="First walk", summary="With a quokka"), make_topic(title="Second walk", summary="A quokka")


def test_of_two_pages_alike_the_one_that_refers_to_the_best_comes_first(study):
    _first, second = twins()
    assert titles("quokka") == ["Quokka quokka", "First walk", "Second walk"]
    add_source(second, study)
    assert titles("quokka") == ["Quokka quokka", "Second walk", "First walk"]


def test_a_reference_in_one_language_counts_in_every_other(study):
    _first, second = twins()
    add_source(second, study)
    translate(study, "fr", title="Le quokka")
    assert titles("quokka", "fr")[1:] == ["Second walk", "First walk"]


def test_what_a_reader_may_not_see_lends_nothing(study):
    _first, second = twins()
    add_source(second, study)
    PageViewRestriction.objects.create(page=study, restriction_type=PageViewRestriction.LOGIN)
    assert titles("quokka", user=AnonymousUser()) == ["First walk", "Second walk"]


def test_exact_names_and_picks_stay_first(study):
    first, second = twins()
    add_source(second, study)
    assert titles("first walk")[0] == "First walk"
    Pick.objects.create(page=first, queries="quokka", language="en")
    assert titles("quokka") == ["First walk", "Quokka quokka", "Second walk"]


def test_what_editors_put_last_stays_last_and_lends_nothing(study):
    _first, second = twins()
    add_source(second, study)
    Pick.objects.create(page=study, queries="quokka", language="en", effect=Pick.Effect.LAST)
    assert titles("quokka") == ["First walk", "Second walk", "Quokka quokka"]


def test_pages_of_results_hold_each_hit_once(study):
    topics = [make_topic(title=f"Walk {number}", summary="A quokka") for number in range(25)]
    add_source(topics[17], study)
    pages = [titles("quokka", page=page) for page in (1, 2, 3)]
    assert pages[0][:3] == ["Quokka quokka", "Walk 17", "Walk 0"]
    assert sorted([title for page in pages for title in page]) == sorted(
        [study.title, *(topic.title for topic in topics)]
    )
    assert titles("quokka", sort="newest")[0] == "Walk 24"


def test_terms_and_parts_of_pages_have_no_company(put):
    """They stand on a page that they are not."""
    text = put(title="A quokka")
    assert company.company_of([text.subject, str(uuid.uuid4())]) == {}


def test_who_refers_to_whom_takes_two_queries_however_many_there_are(study):
    topics = [make_topic(title=f"Walk {number}") for number in range(6)]
    for topic in topics:
        add_source(topic, study)
    subjects = list(Document.objects.values_list("subject", flat=True))
    company.company_of(subjects)  # content types are remembered
    for several in (subjects[-3:], subjects):
        with CaptureQueriesContext(connection) as queries:
            company.company_of(several)
        assert len(queries) == 2
