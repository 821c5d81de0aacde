"""What is kept for readers without an account, for how long, and what never is."""

import gzip
from datetime import datetime

import brotli
import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from portal import navigation, page_cache, stamps
from portal.models import Organisation
from tests.factories import make_home, make_pattern, translate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cache_on(settings):
    settings.PAGE_CACHE_SECONDS = 3600
    caches["pages"].clear()
    navigation.forget()
    yield
    caches["pages"].clear()
    navigation.forget()


@pytest.fixture
def pattern():
    make_home("fr")
    return make_pattern(title="Neighbourhood watch")


ADDRESS = "/en/patterns/neighbourhood-watch/"


def count_kept() -> int:
    return len(caches["pages"]._cache)


def test_second_reader_costs_one_small_query(client, pattern, django_assert_num_queries):
    first = client.get(ADDRESS)
    with django_assert_num_queries(1):
        second = Client().get(ADDRESS)
    assert (first.status_code, second.status_code) == (200, 200)
    assert second.content == first.content
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert second.headers["Cache-Control"] == "no-cache, s-maxage=0"


def test_compressed_copies_are_kept_not_made(client, pattern, monkeypatch):
    plain = client.get(ADDRESS).content
    monkeypatch.setattr(gzip, "compress", None)
    monkeypatch.setattr(brotli, "compress", None)
    zipped = client.get(ADDRESS, headers={"accept-encoding": "gzip"})
    brotlied = client.get(ADDRESS, headers={"accept-encoding": "gzip, deflate, br, zstd"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain
    assert brotlied.headers["Content-Encoding"] == "br"
    assert brotli.decompress(brotlied.content) == plain
    assert "Accept-Encoding" in brotlied.headers["Vary"]
    assert len({zipped.headers["ETag"], brotlied.headers["ETag"], client.get(ADDRESS).headers["ETag"]}) == 3


def test_browser_that_has_the_page_gets_304_without_body(client, pattern):
    etag = client.get(ADDRESS).headers["ETag"]
    again = client.get(ADDRESS, headers={"if-none-match": f'"other", W/{etag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag
    assert client.get(ADDRESS, headers={"if-none-match": '"other"'}).status_code == 200


def test_what_is_published_shows_at_the_next_request(client, pattern):
    client.get(ADDRESS)
    pattern.title = "Street watch"
    pattern.save_revision().publish()
    assert "Street watch" in client.get(ADDRESS).text


def test_page_taken_down_is_gone_at_the_next_request(client, pattern):
    client.get(ADDRESS)
    pattern.unpublish()
    assert client.get(ADDRESS).status_code == 404


def test_a_change_in_the_discussion_purges_the_page_in_every_language_and_no_other(client, pattern):
    translate(pattern, "fr", title="Surveillance", slug="surveillance")
    addresses = [ADDRESS, "/fr/patterns/surveillance/", "/en/"]
    old = {address: client.get(address).headers["ETag"] for address in addresses}
    assert all(kept(address) for address in addresses)
    stamps.touch(stamps.subject(pattern.translation_key))
    assert [kept(address) for address in addresses] == [False, False, True]
    assert old["/en/"] == client.get("/en/").headers["ETag"]


def kept(address: str) -> bool:
    """Whether a request is answered without reaching a view."""
    request = RequestFactory().get(address)
    reached = []
    page_cache.PageCacheMiddleware(lambda _request: reached.append(1) or HttpResponse(status=418))(request)
    return not reached


def test_saving_a_register_entry_that_pages_show_purges_them(client, pattern):
    client.get(ADDRESS)
    Organisation.objects.create(code="town", name="Town")
    assert not kept(ADDRESS)


def test_nothing_is_kept_that_was_touched_while_it_was_made():
    def view(request):
        stamps.touch(stamps.subject("a-comment-was-approved-meanwhile"))
        return HttpResponse("old")

    page_cache.PageCacheMiddleware(view)(RequestFactory().get("/en/somewhere/"))
    assert count_kept() == 0


def answer_of(response: HttpResponse, address: str = "/en/x/", **headers: str) -> None:
    page_cache.PageCacheMiddleware(lambda _request: response)(RequestFactory().get(address, **headers))


def with_cookie() -> HttpResponse:
    response = HttpResponse("x")
    response.set_cookie("csrftoken", "x")
    return response


@pytest.mark.parametrize(
    ("response", "address", "headers"),
    [
        (with_cookie(), "/en/x/", {}),
        (HttpResponse("x", headers={"Cache-Control": "private"}), "/en/x/", {}),
        (HttpResponse("x", headers={"Vary": "Accept-Language"}), "/en/x/", {}),
        (HttpResponse(b"x", content_type="image/png"), "/en/x/", {}),
        (HttpResponse("x", status=404), "/en/x/", {}),
        (HttpResponse("x"), "/en/x/?invented=1", {}),
        (HttpResponse("x"), "/admin/x/", {}),
        (HttpResponse("x"), "/accounts/login/", {}),
        (HttpResponse("x"), "/en/x/", {"HTTP_COOKIE": "csrftoken=abc"}),
        (HttpResponse("x"), "/en/x/", {"HTTP_COOKIE": "sessionid=abc"}),
        (HttpResponse("x"), "/en/x/", {"HTTP_AUTHORIZATION": "Basic x"}),
        (HttpResponse("x"), "/en/x/", {"HTTP_HOST": "evil.example"}),
        (HttpResponse("x" * 1_000_001), "/en/x/", {}),
    ],
)
def test_is_not_kept(response, address, headers):
    answer_of(response, address, **headers)
    assert count_kept() == 0


@pytest.mark.parametrize(
    ("host", "is_kept"),
    [
        ("testserver", True),
        ("testserver:80", True),  # the port on which the server listens
        ("127.0.0.1:8000", True),  # the site's own address
        ("testserver:81", False),
        ("TestServer", False),
        ("testserver.", False),
    ],
)
def test_other_spellings_of_the_host_fill_no_cache(host, is_kept):
    answer_of(HttpResponse("x"), HTTP_HOST=host)
    assert bool(count_kept()) is is_kept


def test_plain_answer_is_kept():
    answer_of(HttpResponse("x"))
    assert count_kept() == 3


def test_signed_in_reader_gets_a_page_of_their_own(client, pattern):
    client.get(ADDRESS)
    client.force_login(User.objects.create_user("reader"))
    response = client.get(ADDRESS)
    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "private, no-store"


def test_head_is_answered_from_the_cache(client, pattern, django_assert_num_queries):
    client.get(ADDRESS)
    with django_assert_num_queries(1):
        assert client.head(ADDRESS).status_code == 200


def test_answers_for_one_reader_are_compressed_cheaply(rf):
    page = "word " * 1000
    middleware = page_cache.PageCacheMiddleware(lambda _request: HttpResponse(page))
    response = middleware(rf.post("/en/search/", headers={"accept-encoding": "br, gzip"}))
    assert gzip.decompress(response.content).decode() == page
    assert response["Content-Length"] == str(len(response.content))
    assert middleware(rf.post("/en/search/")).content.decode() == page


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("GZIP", "gzip"),
        ("identity", ""),
        ("", ""),
        ("gzip;q=0", ""),
    ],
)
def test_best_encoding_the_browser_takes(header, encoding):
    assert page_cache.accepted_encoding(header) == encoding


def test_entries_end_at_local_midnight(monkeypatch):
    """A consent that runs out today must not show tomorrow, though nobody touched anything."""
    zone = timezone.get_current_timezone()
    for moment, seconds in [
        (datetime(2026, 11, 21, 23, 59, 0, tzinfo=zone), 60),
        (datetime(2026, 11, 21, 0, 0, 0, tzinfo=zone), 24 * 3600),
        (datetime(2026, 10, 25, 0, 0, 0, tzinfo=zone), 25 * 3600),  # the clocks go back
    ]:
        monkeypatch.setattr(timezone, "localtime", lambda moment=moment: moment)
        assert page_cache.end_of_what_is_kept(0).timestamp() - moment.timestamp() == seconds


def test_off_means_off(settings):
    settings.PAGE_CACHE_SECONDS = 0
    answer_of(HttpResponse("x"))
    assert count_kept() == 0
