"""Attached files and their closed collections, whichever engine answers."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from wagtail.models import Collection, CollectionViewRestriction

from search.attachments import naming
from search.suggesting import MOST
from tests.factories import make_home, make_news
from tests.search.attachments.conftest import make_file, name, work

from .asking import search
from .test_access import NOTHING, SECRET, traces
from .test_suggesting import titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def attached(engine_name):
    make_home()
    file = make_file("Preface", f"The {SECRET} at night", f"Another {SECRET}")
    page = make_news(title="Evaluation")
    name(page, file)
    work()
    return page, file


def test_a_file_is_one_hit_on_its_page(attached):
    _page, file = attached
    found = search(SECRET, language="en")
    assert (found.total, found.facets["kind"]) == (1, {"document": 1})
    assert found.hits[0].url in (f"{file.url}#page=2", f"{file.url}#page=3")


def test_nothing_tells_of_files_in_a_closed_collection(attached, django_user_model):
    _page, file = attached
    member = django_user_model.objects.create_user("member")
    group = Group.objects.create(name="Working group")
    member.groups.add(group)
    closed = CollectionViewRestriction.objects.create(collection=file.collection, restriction_type="groups")
    closed.groups.add(group)
    assert traces(None) == traces(AnonymousUser()) == NOTHING
    assert search(SECRET, language="en", user=member).total == 1


def test_closed_files_take_no_place_among_the_suggestions(engine_name):
    page = make_news(title="Preface to an evaluation")
    files = [make_file("Words", title=f"Preface {number}") for number in range(MOST)]
    name(page, *files)
    work()
    assert len(titles("preface")) == MOST
    CollectionViewRestriction.objects.create(collection=files[0].collection, restriction_type="login")
    assert titles("preface") == ["Preface to an evaluation"]


def test_closed_collections_are_asked_for_at_once(attached, django_assert_num_queries):
    for number in range(3):
        collection = Collection.get_first_root_node().add_child(name=f"Closed {number}")
        CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    with django_assert_num_queries(3):  # restrictions, their groups, files
        assert naming.closed_to() == []


def test_nothing_tells_of_a_file_that_was_deleted(attached):
    _page, file = attached
    file.delete()
    assert traces(None) == NOTHING
