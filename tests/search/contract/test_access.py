"""Only what the asking visitor may see is found, counted, offered as a filter or hinted at, whichever engine answers.

The secret word stands nowhere else, so any trace of it is a leak.
"""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.factories import make_home, make_news, make_pattern, make_practice, make_topic

from .asking import search

pytestmark = pytest.mark.django_db

SECRET = "numbat"
MISSPELT = "numbta"


def close(page, kind, group=None):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    if group:
        restriction.groups.add(group)


def draft(people):
    page = make_pattern(title=f"{SECRET} draft")
    page.unpublish()
    page.summary = SECRET
    page.save_revision()


def never_published(people):
    make_pattern(title=f"{SECRET} unpublished", live=False)


def expired(people):
    page = make_news(title=f"{SECRET} expired")
    page.expire_at = timezone.now() - datetime.timedelta(minutes=1)
    page.save()


def not_yet_begun(people):
    page = make_news(title=f"{SECRET} to come")
    page.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    page.save()


def behind_a_password(people):
    close(make_practice(title=f"{SECRET} behind a password"), PageViewRestriction.PASSWORD)


def for_a_group(people):
    close(make_practice(title=f"{SECRET} for a group").get_parent(), PageViewRestriction.GROUPS, people["group"])


def deleted(people):
    make_pattern(title=f"{SECRET} deleted").delete()


def moved_below_a_closed_page(people):
    closed = make_practice(title="Closed").get_parent()
    close(closed, PageViewRestriction.GROUPS, people["group"])
    make_topic(title=f"{SECRET} moved").move(closed, pos="first-child")


def closed_beside_reordered_neighbours(people):
    """The paths in the tree of all that comes after change, and nobody is told."""
    first, second, third = (make_practice(title=title) for title in ("First", "Second", f"{SECRET} last"))
    close(third, PageViewRestriction.GROUPS, people["group"])
    first.refresh_from_db()
    second.refresh_from_db()
    second.move(first, pos="left")


PLANTED = [
    draft,
    never_published,
    expired,
    not_yet_begun,
    behind_a_password,
    for_a_group,
    deleted,
    moved_below_a_closed_page,
    closed_beside_reordered_neighbours,
]


def traces(user, language="en"):
    """Everything that a search for the secret word, and for it misspelt, tells this user."""
    found, near = (search(text, language=language, user=user) for text in (SECRET, MISSPELT))
    return {
        "hits": [hit.url for hit in [*found.hits, *near.hits]],
        "totals": (found.total, near.total),
        "counts": [counts for counts in [*found.facets.values(), *near.facets.values()] if any(counts.values())],
        "did you mean": (found.did_you_mean, near.did_you_mean),
    }


NOTHING = {"hits": [], "totals": (0, 0), "counts": [], "did you mean": ("", "")}


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_nothing_tells_of_what_a_visitor_may_not_see(engine_name, people, plant):
    make_home()
    make_pattern(title="Something else")
    plant(people)
    for name in ("nobody", "stranger"):
        assert traces(people[name]) == NOTHING, name
    assert traces(None) == NOTHING


def test_hidden_texts_do_not_count_beside_shown_ones(engine_name, people):
    make_home()
    make_pattern(title=f"Wombat and {SECRET}", summary="In public")
    for plant in PLANTED:
        plant(people)
    for user in (None, people["nobody"], people["stranger"]):
        found = search(SECRET, language="en", user=user)
        assert found.total == len(found.hits) == 1
        assert found.facets["kind"] == {"pattern": 1}
        assert found.facets["language"] == {"en": 1}


def test_who_may_read_a_page_finds_it_and_is_told_of_it(engine_name, people):
    make_home()
    for_a_group(people)
    found = traces(people["member"])
    assert len(found["hits"]) == 2  # also for the word misspelt
    assert found["totals"] == (1, 1)
    assert found["did you mean"] == ("", SECRET)


def test_texts_whose_consent_ended_are_gone_though_nobody_wrote_the_index_anew(put):
    today = timezone.localdate()
    put(title="Interview", key="ended:part", owner="ended", body=SECRET, shown_until=today)
    assert traces(None) == NOTHING
    put(title="Interview", key="holds:part", owner="holds", body=SECRET, shown_until=today + datetime.timedelta(days=1))
    assert search(SECRET, language="en").total == 1
