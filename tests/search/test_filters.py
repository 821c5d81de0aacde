import re

import pytest

from portal.models import Term
from tests.factories import locale, make_home, make_pattern, make_practice, make_workshop
from tests.search.hidden import SECRET, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    make_home()

    def get(**parameters):
        response = client.get("/en/search/", parameters)
        assert response.status_code == 200
        return response.content.decode()

    return get


def counts(html, name):
    found = re.findall(rf'name="{name}" value="([^"]+)".*?<span>([^<]*)</span> <span class="n">(\d+)</span>', html)
    return {value: (label, int(number)) for value, label, number in found}


def tagged(page, *tags):
    page.tags.add(*tags)
    page.save_revision().publish()


def test_tags_years_uses_risks_and_benefits_narrow(page):
    Term.objects.create(scheme="ethical_risk", code="rumour", label="Rumours spread", locale=locale("en"))
    considerations = [("ethical_risk", {"term": "rumour", "text": "x", "editorial": True})]
    make_pattern(title="Quokka risk", considerations=considerations, uses=[("institutional", {"use": "engagement"})])
    make_workshop(title="Quokka day", date_start="2017-01-10")
    tagged(make_practice(title="Quokka app", started="2015-06"), "Night watch", "Apps")
    html = page(q="quokka")
    assert counts(html, "tag") == {"apps": ("Apps", 1), "night-watch": ("Night watch", 1)}
    assert list(counts(html, "year")) == ["2017", "2015"]
    for name, value, title in (
        ("tag", "night-watch", "app"),
        ("year", "2017", "day"),
        ("risk", "rumour", "risk"),
        ("use", "engagement", "risk"),
    ):
        narrowed = page(q="quokka", **{name: value})
        assert f"<mark>Quokka</mark> {title}" in narrowed
        assert "1 result for" in narrowed
        assert f'name="{name}" value="{value}" checked' in narrowed
    assert counts(page(q="quokka", risk="rumour"), "risk") == {"rumour": ("Rumours spread", 1)}


def test_counts_leave_out_their_own_filter(page):
    for title, tags in (("Quokka a", ["one"]), ("Quokka b", ["one", "two"]), ("Quokka c", ["two"])):
        tagged(make_practice(title=title), *tags)
    assert {v: n for v, (_l, n) in counts(page(q="quokka", tag="one"), "tag").items()} == {"one": 2, "two": 2}


def test_long_lists_are_folded(page):
    tagged(make_practice(title="Quokka"), *(f"tag {n}" for n in range(11)))
    assert '<details class="fold">' in page(q="quokka")
    assert '<details class="fold" open>' in page(q="quokka", tag="tag-3")


def test_filters_alone_show_everything_that_passes(page):
    make_practice(title="Quokka here", country="IT")
    make_practice(title="Quokka there", country="FR")
    html = page(country="IT")
    assert "Quokka here" in html
    assert "Quokka there" not in html
    assert "1 result" in html


def test_the_name_of_a_tag_that_hidden_pages_alone_carry_is_not_told(page):
    draft()
    make_practice(title="Quokka")
    html = page(q="quokka", tag=SECRET)
    assert counts(html, "tag") == {SECRET: (SECRET, 0)}  # as typed, whether it exists or not


def test_odd_values_are_taken_calmly(page):
    make_practice(title="Quokka")
    html = page(q="quokka", tag='"><b>', year="99999", risk="x", benefit="\x00", use="x")
    assert "1 result for" in html
