"""The list of patterns as a deck of cards."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.listing import PER_PAGE
from tests.factories import make_pattern
from tests.patterns.test_showing import place, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    return [make_pattern(number=number, title=title, group=group) for number, title, group in
            ((2, "Justice", "act"), (7, "Investigation", "find"), (8, "Watch", "prevent"))]  # fmt: skip


@pytest.fixture
def hidden(three):
    """What must not be seen: a draft and a page for members, in a group that is chosen."""
    make_pattern(number=20, title="Draft pattern", group="find", live=False)
    make_pattern(number=21, title="Secret pattern", group="find").view_restrictions.create(restriction_type="login")


def test_the_deck_is_what_the_filters_choose_in_the_order_of_the_list(client, three, hidden):
    html = text(client, "/en/patterns/deck/?group=find&group=prevent&sort=title")
    names = re.findall(r'<span class="vh">\d+ </span>(.*?)</a>', html)
    assert names == ["Investigation", "Watch"]
    assert "2 of 3 patterns" in html
    assert 'aria-current="page"' in re.search(r'<nav class="views".*?</nav>', html)[0].partition("Deck")[0][-400:]
    assert "/en/patterns/map/?group=find&amp;group=prevent&amp;sort=title" in html


def test_what_is_chosen_is_printed_and_shown(client, three, hidden):
    html = text(client, "/en/patterns/deck/?group=find&group=prevent")
    for address in ("/en/cards/pdf/?items=DIY-07,DIY-08", "/en/cards/?items=DIY-07,DIY-08"):
        assert f'href="{address}"' in html
    shown = re.search(r'href="(/en/patterns/facilitate/[^"]*)"', html)[1].replace("&amp;", "&")
    assert place(text(client, shown)) == "1 of 2"
    assert 'href="/en/cards/pdf/"' in text(client, "/en/patterns/deck/")


def test_all_that_is_chosen_is_printed_not_this_page_alone(client):
    for number in range(1, PER_PAGE + 2):
        make_pattern(number=number, group="find")
    html = text(client, "/en/patterns/deck/?group=find")
    assert html.count('<li class="dcard"') == PER_PAGE
    assert f"DIY-{PER_PAGE + 1:02d}" in re.search(r'href="/en/cards/pdf/\?items=([^"]*)"', html)[1].split(",")


def test_nothing_chosen_helps(client, three):
    html = text(client, "/en/patterns/deck/?group=tell")
    assert "Make the PDF" not in html
    assert 'href="/en/patterns/deck/"' in html


def test_queries_do_not_grow_with_the_deck(client, three):
    def count():
        client.get("/en/patterns/deck/?group=act")
        with CaptureQueriesContext(connection) as asked:
            text(client, "/en/patterns/deck/?group=act")
        return len(asked)

    few = count()
    for number in range(30, 36):
        make_pattern(number=number, group="act")
    assert count() == few
