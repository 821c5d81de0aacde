"""Attached files and their closed collections, whichever engine answers."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from wagtail.models import CollectionViewRestriction

from tests.factories import make_home, make_news
from tests.search.attachments.conftest import make_file, name, work

from .asking import search
from .test_access import NOTHING, SECRET, traces

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


def test_nothing_tells_of_a_file_that_was_deleted(attached):
    _page, file = attached
    file.delete()
    assert traces(None) == NOTHING
