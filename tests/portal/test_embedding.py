"""Cards on other sites: only they may be framed, and they say only what everybody may read."""

import html
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import PageViewRestriction

from patterns.models import PatternPage
from tests.factories import make_home, make_pattern, make_practice, make_workshop, translate

pytestmark = pytest.mark.django_db


def directives(response) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


def is_framed(response) -> bool:
    allowed = directives(response)["frame-ancestors"]
    refused = "X-Frame-Options" in response.headers
    assert (allowed == "*") is not refused, "both headers say the same"
    return allowed == "*"


@pytest.fixture
def watch():
    make_home("fr")
    return make_pattern(
        number=8,
        title="Watch",
        group="prevent",
        card_problem="Too many eyes.",
        card_therefore="Agree on rules.",
        diagram='<circle cx="60" cy="40" r="8"/>',
        diagram_text="One dot",
    )


def test_the_card_says_what_the_pattern_is_and_leads_back(client, watch):
    response = client.get("/en/embed/pattern/watch/")
    found = response.content.decode()
    assert response.status_code == 200
    for words in ("Watch", "Too many eyes.", "Agree on rules.", "One dot", "CC BY 4.0", "DIY policing: a field guide"):
        assert words in found
    assert 'href="http://testserver/en/patterns/watch/"' in found
    assert '<base target="_top">' in found
    assert "<h1" in found


def test_the_card_of_a_practice_says_what_they_do(client):
    make_practice(title="Tam", card_line="Groups talk.", summary="Forty groups.", place_name="Faenza")
    found = client.get("/en/embed/practice/tam/").content.decode()
    for words in ("Tam", "Groups talk.", "Forty groups.", "Faenza, Italy"):
        assert words in found


def test_only_cards_may_be_framed(client, watch):
    make_practice(title="Tam")
    framed = ["/en/embed/pattern/watch/", "/fr/embed/practice/tam/", "/en/embed/pattern/nothing/"]
    refused = [
        *("/en/", "/en/patterns/", "/en/patterns/watch/", "/en/practices/tam/", "/en/patterns/map/", "/en/cards/"),
        *("/en/embed/", "/en/embed/pattern/", "/en/embed/pattern/watch/more/", "/en/embed/pattern/watch/oembed/"),
        *("/accounts/login/", "/admin/login/", "/en/search/", "/p/DIY-08", "/en/no-such-page/", "/robots.txt"),
    ]
    assert all(is_framed(client.get(address)) for address in framed)
    assert [address for address in refused if is_framed(client.get(address))] == []


def test_a_kept_card_may_be_framed_too(client, watch, settings):
    settings.PAGE_CACHE_SECONDS = 60
    first, second = (client.get("/en/embed/pattern/watch/") for _time in range(2))
    assert first.headers["ETag"] == second.headers["ETag"]
    assert is_framed(first)
    assert is_framed(second)
    assert not is_framed(client.get("/en/patterns/watch/"))
    watch.card_problem = "Too few eyes."
    watch.save_revision().publish()
    assert "Too few eyes." in client.get("/en/embed/pattern/watch/").content.decode()
    watch.unpublish()
    assert client.get("/en/embed/pattern/watch/").status_code == 404


def test_a_card_runs_nothing_sends_nothing_and_sets_no_cookie(client, watch):
    response = client.get("/en/embed/pattern/watch/")
    policy = directives(response)
    assert policy["default-src"] == policy["form-action"] == "'none'"
    assert "script-src" not in policy
    assert "connect-src" not in policy
    found = response.content.decode()
    assert "<script" not in found
    assert "<form" not in found
    assert response.cookies == {}
    loaded = re.findall(r'<(?:link|img)[^>]+(?:href|src)="([^"]+)"', found)
    assert all(url.startswith("/static/") for url in loaded if url != "http://testserver/en/patterns/watch/")


def hidden_subjects():
    past, future = timezone.now() - timedelta(days=1), timezone.now() + timedelta(days=1)
    make_pattern(title="Draft", live=False)
    make_pattern(title="Later", live=False)
    PatternPage.objects.filter(code="later").update(live=True, go_live_at=future)
    make_pattern(title="Ended")
    PatternPage.objects.filter(code="ended").update(expire_at=past)
    make_pattern(title="Withdrawn").unpublish()
    for title, kind in (("Members", "login"), ("Secret", "password")):
        page = make_pattern(title=title)
        PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    make_workshop(title="Meeting")  # has no card
    return ["draft", "later", "ended", "withdrawn", "members", "secret"]


def test_what_is_not_for_everybody_answers_with_one_plain_card(client):
    make_home("fr")
    addresses = [f"/fr/embed/pattern/{code}/" for code in hidden_subjects()]
    addresses += ["/fr/embed/workshop/meeting/", "/fr/embed/person/anybody/", "/fr/embed/pattern/nothing/"]
    User.objects.create_superuser("chief", password="x")
    for signed_in in (False, True):
        answers = [client.get(address) for address in addresses]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1, "none says why"
        assert all(is_framed(answer) for answer in answers)
        assert {client.get(f"{address}oembed/").status_code for address in addresses} == {404}
        if not signed_in:
            client.login(username="chief", password="x")
    assert '<html lang="fr"' in answers[0].content.decode()


def test_a_card_is_in_the_readers_language_or_says_which_it_is_in(client, watch):
    translate(watch, "fr", title="Veille", card_problem="Trop d’yeux.")
    french = client.get("/fr/embed/pattern/watch/").content.decode()
    assert "Trop d’yeux." in french
    assert "http://testserver/fr/patterns" in french
    fallback = client.get("/de/embed/pattern/watch/").content.decode()
    assert '<html lang="de"' in fallback
    assert '<div class="card-body" lang="en">' in fallback


def test_a_draft_translation_does_not_reach_a_card(client, watch):
    translate(watch, "fr", live=False, title="Brouillon")
    found = client.get("/fr/embed/pattern/watch/").content.decode()
    assert "Brouillon" not in found
    assert "Watch" in found


def test_what_editors_write_stays_text(client, watch):
    watch.title = 'A "quoted" <b>title</b>'
    watch.save_revision().publish()
    assert "<b>title" not in client.get("/en/embed/pattern/watch/").content.decode()
    code = offered(client.get("/en/patterns/watch/").content.decode())
    assert code.count('"') == 12, "six attributes, and none of them ended early"


def offered(page: str) -> str:
    field = re.search(r'<textarea id="embed-code"[^>]*readonly[^>]*>(.*?)</textarea>', page, re.S)
    assert field, "a field to copy from"
    return html.unescape(field[1])


def test_the_page_offers_code_that_works(client, watch):
    translate(watch, "fr", title="Veille")
    for address in ("/en/patterns/watch/", "/fr/patterns/watch/", "/de/patterns/watch/"):
        code = offered(client.get(address, follow=True).content.decode())
        url = re.search(r'src="http://testserver([^"]+)"', code)[1]
        assert url == f"{address[:3]}/embed/pattern/watch/"
        assert client.get(url).status_code == 200
    assert 'title="Veille"' in offered(client.get("/fr/patterns/watch/", follow=True).content.decode())


def test_pages_without_a_card_offer_none(client):
    make_workshop(title="Meeting")
    assert "embed-code" not in client.get("/en/workshops/meeting/").content.decode()


def test_sites_find_the_card_by_the_address_of_the_page(client, watch):
    found = client.get("/en/patterns/watch/").content.decode()
    url = re.search(r'<link rel="alternate" type="application/json\+oembed" href="http://testserver([^"]+)"', found)[1]
    data = client.get(url).json()
    assert (data["version"], data["type"], data["title"]) == ("1.0", "rich", "Watch")
    assert data["provider_name"] == settings.SITE_NAME
    assert data["html"] == offered(found)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_card_can_only_be_read(client, watch, method):
    assert getattr(client, method)("/en/embed/pattern/watch/").status_code == 405


def test_a_card_takes_few_queries(client, watch, django_assert_max_num_queries):
    for number in range(20, 30):
        make_pattern(number=number)
    client.get("/en/embed/pattern/watch/")
    with django_assert_max_num_queries(8):
        client.get("/en/embed/pattern/watch/")
