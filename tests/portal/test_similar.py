"""The short list of similar pages that an article ends with."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from patterns.models import PatternRelation
from practices.models import PracticePattern
from tests.factories import (
    add_source,
    make_pattern,
    make_practice,
    make_resource,
    make_topic,
    make_workshop,
    translate,
)

pytestmark = pytest.mark.django_db

SUMMARY = "Volunteers unmask catfish cheats"
MAKERS = [make_pattern, make_practice, make_workshop, make_topic, make_resource]


@pytest.fixture(autouse=True)
def others():
    for number in range(8):
        make_topic(title=f"Filler{number} zz{number}", summary=f"Qq{number} ww{number}")


def similar(client, page, language="en"):
    """The links of the section, as title and language, and its whole text."""
    response = client.get(page.get_url().replace("/en/", f"/{language}/", 1))
    assert response.status_code == 200
    _before, found, rest = response.text.partition('<section class="entry" aria-labelledby="similar">')
    section = rest.partition("</section>")[0] if found else ""
    return [link.title for link in response.context["reading"].similar], section


@pytest.mark.parametrize("make", MAKERS)
def test_every_kind_of_article_offers_similar_pages(client, make):
    page = make(title="Trackers", summary=SUMMARY)
    make_practice(title="Elsewhere", summary=SUMMARY)
    titles, section = similar(client, page)
    assert titles == ["Elsewhere"]
    assert "Similar pages" in section
    assert '<span class="kind">Practice</span><a href="/en/practices/elsewhere/">Elsewhere</a>' in section


def test_without_any_there_is_no_section(client):
    assert similar(client, make_pattern(title="Alone")) == ([], "")


def test_nothing_is_offered_that_the_page_relates_to_already(client):
    page = make_pattern(title="Trackers", summary=SUMMARY)
    neighbour = make_pattern(title="Neighbour", summary=SUMMARY)
    PatternRelation.objects.create(page=neighbour, target=page, type="complements", reason="They go together.")
    source = make_resource(title="Source", summary=SUMMARY)
    add_source(page, source)
    practice = make_practice(title="Example", summary=SUMMARY)
    PracticePattern.objects.create(page=practice, pattern=page, strength="main")
    make_topic(title="New to it", summary=SUMMARY)
    page.refresh_from_db()
    page.context = f'<p>See <a linktype="page" id="{make_topic(title="Linked", summary=SUMMARY).pk}">this</a>.</p>'
    page.save_revision().publish()
    assert similar(client, page)[0] == ["New to it"]
    offered = similar(client, practice)[0]
    assert "Source" in offered
    assert "Trackers" not in offered


def test_a_practice_does_not_offer_the_related_practices_once_more(client):
    pattern = make_pattern(title="Pattern")
    one, other = (make_practice(title=title, summary=SUMMARY) for title in ("One", "Other"))
    for practice in (one, other):
        PracticePattern.objects.create(page=practice, pattern=pattern, strength="main")
    make_workshop(title="Workshop", summary=SUMMARY)
    one.save_revision().publish()
    assert similar(client, one)[0] == ["Workshop"]


def test_a_work_does_not_offer_who_cites_it(client):
    source = make_resource(title="Source", summary=SUMMARY)
    topic = make_topic(title="Topic", summary=SUMMARY)
    add_source(topic, source)
    topic.save_revision().publish()
    make_practice(title="Another", summary=SUMMARY)
    assert similar(client, source)[0] == ["Another"]


def test_links_lead_to_the_readers_language_where_there_is_one(client):
    page = make_pattern(title="Trackers", summary=SUMMARY)
    french = translate(page, "fr", title="Pisteurs", slug="pisteurs")
    translate(make_practice(title="Both", summary=SUMMARY), "fr", title="Les deux", slug="les-deux")
    make_practice(title="English alone", summary=SUMMARY)
    titles, section = similar(client, french, "fr")
    assert sorted(titles) == ["English alone", "Les deux"]
    assert 'lang="en" hreflang="en">English alone' in section
    assert 'href="/fr/practices/les-deux/"' in section.replace("practices-fr", "practices")
    assert "Pages similaires" in section
    assert sorted(similar(client, page, "nl")[0]) == ["Both", "English alone"]  # a fallback


def test_who_may_not_see_a_page_is_not_offered_it(client):
    page = make_pattern(title="Trackers", summary=SUMMARY)
    closed = make_practice(title="For the group", summary=SUMMARY)
    make_practice(title="Draft", summary=SUMMARY, live=False)
    restriction = PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.GROUPS)
    group = Group.objects.create(name="Working group")
    restriction.groups.add(group)
    member = User.objects.create_user("member")
    member.groups.add(group)
    for _time in range(2):  # also once it was drawn for the other
        assert similar(client, page) == ([], "")
        client.force_login(member)
        assert similar(client, page)[0] == ["For the group"]
        client.logout()


def test_what_is_published_shows_at_the_next_request_and_what_goes_is_gone(client):
    page = make_pattern(title="Trackers", summary=SUMMARY)
    assert similar(client, page)[0] == []
    other = make_practice(title="Elsewhere", summary=SUMMARY)
    assert similar(client, page)[0] == ["Elsewhere"]
    other.unpublish()
    assert similar(client, page)[0] == []


def test_it_takes_one_query_when_the_page_is_drawn_and_none_afterwards(client):
    page = make_pattern(title="Trackers", summary=SUMMARY)

    def asked():
        with CaptureQueriesContext(connection) as captured:
            client.get(page.get_url())
        return ["search_trait" in query["sql"] for query in captured.captured_queries]

    for number in range(2):
        make_practice(title=f"Elsewhere {number}", summary=SUMMARY)
    few = asked()
    assert sum(few) == 1
    assert sum(asked()) == 0
    for number in range(2, 4):
        make_practice(title=f"Elsewhere {number}", summary=SUMMARY)
    many = asked()
    assert sum(many) == 1
    assert len(many) == len(few)
