import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search.models import Document
from tests.factories import make_home, make_news, make_pattern, make_practice
from tests.search.hidden import HIDDEN, SECRET, for_a_group, group

pytestmark = pytest.mark.django_db

ATOM, JSON = "/en/search/feed/", "/en/search/feed.json"


@pytest.fixture(autouse=True)
def home():
    make_home()


def titles(response):
    return [item["title"] for item in json.loads(response.content)["items"]]


def test_newest_first_with_plain_titles(client):
    make_pattern(title="Quokka & <b>old</b>")
    make_news(title="Quokka new")
    Document.objects.filter(title__contains="old").update(changed=timezone.now().replace(year=2020))
    response = client.get(JSON, {"q": "quokka"})
    assert response["Content-Type"] == "application/feed+json"
    assert titles(response) == ["Quokka new", "Quokka & <b>old</b>"]
    feed = json.loads(response.content)
    assert feed["title"] == "Search: quokka"
    assert feed["home_page_url"] == "http://testserver/en/search/?q=quokka"
    atom = client.get(ATOM, {"q": "quokka"}).content.decode()
    assert re.findall(r"<title>(.*?)</title>", atom) == [
        "Search: quokka",
        "Quokka new",
        "Quokka &amp; &lt;b&gt;old&lt;/b&gt;",
    ]
    assert '<link href="http://testserver/en/news/quokka-new/" rel="alternate"' in atom


def test_filters_and_operators_narrow_it(client):
    make_practice(title="Quokka here", country="IT")
    make_practice(title="Quokka there", country="FR")
    assert titles(client.get(JSON, {"q": "quokka", "country": "IT"})) == ["Quokka here"]
    assert titles(client.get(JSON, {"q": "quokka country:France"})) == ["Quokka there"]
    assert titles(client.get(JSON, {"country": "FR"})) == ["Quokka there"]


def test_an_unchanged_feed_is_not_sent_again(client):
    make_pattern(title="Quokka")
    first = client.get(ATOM, {"q": "quokka"})
    assert first["Last-Modified"]
    for header in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        assert client.get(ATOM, {"q": "quokka"}, headers=header).status_code == 304
    make_pattern(title="Quokka again")
    assert client.get(ATOM, {"q": "quokka"}, headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert not first.cookies


def test_a_feed_of_nothing_says_what_is_missing(client):
    response = client.get(ATOM)
    assert response.status_code == 400
    assert "Add words" in response.content.decode()


@pytest.mark.parametrize("address", [ATOM, JSON])
@pytest.mark.parametrize("hide", HIDDEN)
def test_what_is_hidden_is_in_no_feed(client, address, hide):
    hide()
    for query in ({"q": SECRET}, {"q": "summary"}, {"type": ["pattern", "practice", "news", "topic"]}):
        content = re.sub(r"q=\w+|Search: \w+", "", client.get(address, query).content.decode())
        assert SECRET not in content


def test_what_stands_behind_an_ended_consent_is_in_no_feed(client, put):
    now = timezone.now()
    put(title=f"{SECRET} ended", shown_until=timezone.localdate(), changed=now)
    put(title="Quokka", changed=now)
    assert titles(client.get(JSON, {"q": f"{SECRET} quokka"})) == ["Quokka"]
    assert titles(client.get(JSON, {"type": "page"})) == ["Quokka"]


def test_the_number_of_queries_of_a_feed_does_not_grow(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(JSON, {"q": "quokka"})
        return len(captured.captured_queries)

    for number in range(3):
        make_practice(title=f"Quokka {number}")
    queries()
    few = queries()
    for number in range(3, 6):
        make_practice(title=f"Quokka {number}")
    queries()
    assert queries() == few


def test_what_has_no_title_is_named_by_its_page(client, put):
    put(
        title="",
        subject="comment:7",
        body="A quokka",
        card={"caption": "Watch"},
        url="/en/x/#c-7",
        changed=timezone.now(),
    )
    (item,) = json.loads(client.get(JSON, {"q": "quokka"}).content)["items"]
    assert (item["title"], item["content_text"]) == ("Watch", "A quokka")
    assert item["id"] == item["url"] == "http://testserver/en/x/#c-7"


def test_a_feed_tells_what_everybody_may_see_whoever_asks(client, django_user_model):
    for_a_group()
    member = django_user_model.objects.create_user("member")
    member.groups.add(group())
    client.force_login(member)
    assert titles(client.get(JSON, {"q": SECRET})) == []


def test_the_result_page_links_its_feeds(client):
    make_practice(title="Quokka", country="IT")
    html = client.get("/en/search/", {"q": "quokka", "country": "IT", "sort": "newest", "page": "1"}).content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in html
    assert 'href="/en/search/feed/?q=quokka&amp;country=IT"' in html
    assert 'href="/en/search/feed.json?q=quokka&amp;country=IT"' in html
