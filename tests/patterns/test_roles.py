"""Readers start by what they do: the home page leads each role to the collections that editors chose for it."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import PageViewRestriction

from patterns.models import CollectionIndexPage, CollectionPage
from portal.models import Term
from portal.vocabulary import TermScheme
from tests.factories import _add, locale, make_home, make_index, make_pattern, translate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _roles():
    make_home()
    for order, (code, label) in enumerate([("police-officer", "Police officer"), ("citizen", "Resident")]):
        Term.objects.create(
            scheme=TermScheme.READER_ROLE, code=code, label=label, order=order, locale=locale("en")
        ).copy_for_translation(locale("fr")).save()
    Term.objects.filter(code="citizen", locale__language_code="fr").update(label="Habitant")


def make_path(title="Path", roles=("citizen",), live=True, steps=()):
    steps = steps or [make_pattern(), make_pattern()]
    page = CollectionPage(
        title=title,
        slug=title.lower(),
        code=title.lower(),
        summary=f"About {title}.",
        collection_kind="reading",
        for_whom=[("role", role) for role in roles],
        steps=[("step", {"page": step.pk, "note": ""}) for step in steps],
        locale=locale("en"),
    )
    return _add(make_index(CollectionIndexPage, "collections"), page, live)


def entries(client, language="en"):
    html = client.get(f"/{language}/").content.decode()
    found = re.search(r'aria-labelledby="h-roles".*?</section>', html, re.S)
    rows = re.findall(
        r'<li><span>([^<]+)</span><a class="to" href="([^"]+)"([^>]*)>([^<]+)<', found[0] if found else ""
    )
    return [(role, title, url, "lang=" in extra) for role, url, extra, title in rows]


def test_the_home_page_leads_each_role_to_its_paths_in_the_order_of_the_vocabulary(client):
    make_path("Quiet", roles=["citizen"])
    make_path("Loud", roles=["citizen", "police-officer"])
    make_path("Nobody", roles=[])
    assert entries(client) == [
        ("Police officer", "Loud", "/en/collections/loud/", False),
        ("Resident", "Quiet", "/en/collections/quiet/", False),
        ("Resident", "Loud", "/en/collections/loud/", False),
    ]


def test_without_a_path_for_anybody_the_home_page_does_not_ask(client):
    make_path(roles=[])
    assert "h-roles" not in client.get("/en/").content.decode()


def test_hidden_paths_stay_hidden(client):
    make_path("Draft", live=False)
    make_path("Ended")
    CollectionPage.objects.filter(code="ended").update(expire_at=timezone.now() - timedelta(hours=1))
    make_path("Gone").unpublish()
    members = make_path("Members")
    PageViewRestriction.objects.create(page=members, restriction_type=PageViewRestriction.LOGIN)
    secret = make_path("Secret")
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.PASSWORD, password="x")
    make_path("Seen")
    assert [title for _role, title, *_rest in entries(client)] == ["Seen"]
    client.force_login(User.objects.create_user("member"))
    assert [title for _role, title, *_rest in entries(client)] == ["Members", "Seen"]


def test_a_path_is_offered_once_in_the_readers_language_else_in_its_own(client):
    make_home("fr")
    path, _other = make_path("Path"), make_path("English")
    translate(path, "fr", title="Parcours")
    assert [row[:2] + row[3:] for row in entries(client, "fr")] == [
        ("Habitant", "Parcours", False),
        ("Habitant", "English", True),
    ]
    assert [title for _role, title, *_rest in entries(client)] == ["Path", "English"]


def test_the_path_says_for_whom_it_is_and_starts_as_a_tour(client):
    step = make_pattern(title="First")
    make_path("Path", steps=[make_pattern(title="Hidden", live=False), step, make_pattern(title="Second")])
    html = client.get("/en/collections/path/").content.decode()
    assert "Resident" in html
    start = re.search(r'class="btn" href="([^"]+)"', html)[1]
    assert start == "/en/patterns/first/?tour=path"
    assert "Step 1 of 2" in client.get(start).content.decode()
    assert "Resident" in client.get("/en/collections/").content.decode()


def test_a_role_that_was_renamed_is_renamed_at_once(client):
    make_path()
    assert entries(client)[0][0] == "Resident"
    term = Term.objects.get(code="citizen", locale__language_code="en")
    term.label = "Neighbour"
    term.save()
    assert entries(client)[0][0] == "Neighbour"


def test_the_number_of_paths_does_not_change_the_number_of_queries(client, django_assert_max_num_queries):
    def queries():
        client.get("/en/")
        with django_assert_max_num_queries(100) as counted:
            client.get("/en/")
        return len(counted)

    make_path("First")
    few = queries()
    for number in range(5):
        make_path(f"Path{number}", roles=["citizen", "police-officer"])
    assert queries() <= few
