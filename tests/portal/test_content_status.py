"""The public account of what there is in which language."""

import datetime

import pytest

from tests.factories import make_home, make_pattern, make_practice, translate

pytestmark = pytest.mark.django_db


def cells(html, kind):
    """The texts of the row of a kind."""
    import html5lib

    tree = html5lib.parse(html, namespaceHTMLElements=False)
    for row in tree.iter("tr"):
        if row.find("th") is not None and (row.find("th").text or "") == kind:
            return [" ".join("".join(cell.itertext()).split()) for cell in row.iter("td")]
    return None


def test_pages_are_counted_by_kind_and_language(client):
    page = make_pattern(last_verified_on=datetime.date(2025, 3, 1))
    make_pattern(last_verified_on=datetime.date(2026, 3, 1))
    make_pattern()
    translate(page, "fr")
    translate(page, "nl", live=False)
    assert cells(client.get("/en/status/").content.decode(), "Pattern") == [
        "3", "3", "1", "not yet", "not yet", "not yet", "not yet", "not yet", "2 of 3, the oldest on 1 March 2025"
    ]  # fmt: skip


def test_drafts_and_closed_pages_are_not_counted_for_anybody(client, admin_client):
    make_pattern()
    make_pattern(live=False)
    make_pattern().view_restrictions.create(restriction_type="login")
    make_practice(live=False)
    for reader in (client, admin_client):
        html = reader.get("/en/status/").content.decode()
        assert cells(html, "Pattern")[0] == "1"
        assert cells(html, "Practice") is None


def test_a_page_that_is_behind_is_named_so(client):
    page = make_pattern()
    translation = translate(page, "fr")
    from portal.models import TranslationState

    TranslationState.objects.update_or_create(
        page=translation, defaults={"behind_since": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)}
    )
    assert cells(client.get("/en/status/").content.decode(), "Pattern")[2] == "1 1 behind"


def test_an_empty_site_says_so(client):
    make_home()
    assert "Nothing is published yet." in client.get("/en/status/").content.decode()


def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count():
        from portal import navigation

        navigation.forget()
        with CaptureQueriesContext(connection) as asked:
            client.get("/en/status/")
        return len(asked)

    make_pattern()
    count()
    few = count()
    for _ in range(4):
        translate(make_pattern(), "fr")
    assert count() == few
