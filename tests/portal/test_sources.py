"""What the list of sources says of a source whose own page a reader may not see: that there is one."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from portal import stamps
from portal.reading import Reading
from tests.factories import add_source, make_pattern, make_resource, translate

pytestmark = pytest.mark.django_db
ADDRESS = "/en/patterns/watch/"
SECRETS = (
    "Sealed report",
    "M. Hidden",
    "https://sealed.example/r.pdf",
    "10.1/sealed",
    "page nine",
    "lent to us",
    "seal",
)


@pytest.fixture
def sealed():
    return make_resource(
        title="Sealed report", creators="M. Hidden", url="https://sealed.example/r.pdf", doi="10.1/sealed"
    )


@pytest.fixture
def page(sealed):
    claim = {"term": "t", "text": "What it means.", "mitigation": "", "source": sealed.pk, "editorial": False}
    page = make_pattern(title="Watch", considerations=[("ethical_risk", claim)])
    row = add_source(page, sealed)
    row.locator, row.note = "page nine", "lent to us"
    row.save()
    add_source(page, make_resource(title="Open report"))
    return page


def unpublish(resource):
    resource.unpublish()


def expire(resource):
    Page.objects.filter(pk=resource.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    stamps.touch(stamps.SITE)  # as the publication did that set the hour


def restrict(resource):
    PageViewRestriction.objects.create(page=resource, restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.parametrize("hide", [unpublish, expire, restrict])
def test_a_source_that_is_not_public_is_a_number_and_nothing_more(client, page, sealed, hide):
    assert all(secret in client.get(ADDRESS).text for secret in ("Sealed report", "M. Hidden", "Open report"))
    hide(sealed)
    text = client.get(ADDRESS).text
    assert [secret for secret in SECRETS if secret.casefold() in text.casefold()] == []
    assert "This source is not public" in text
    assert 'href="#s1">source 1</a>' in text
    assert '<li id="s2">' in text
    assert "Open report" in text


def test_who_may_read_the_source_sees_it_named(client, page, sealed):
    restrict(sealed)
    client.force_login(User.objects.create_user("reader"))
    assert "Sealed report" in client.get(ADDRESS).text


def test_a_preview_shows_what_readers_will_see(rf, page, sealed):
    sealed.unpublish()
    request = rf.get(ADDRESS)
    request.is_preview, request.user = True, AnonymousUser()
    titles = [source.title for source in Reading(page, request).sources]
    assert titles == ["This source is not public", "Open report"]


def test_a_draft_in_one_language_leaves_the_public_page_in_another(client, page, sealed):
    french = translate(sealed, "fr", title="Rapport", live=False)
    french.unpublish()
    page.portal_sources.filter(resource=sealed).update(resource=french)
    text = client.get(ADDRESS).text
    assert "Sealed report" in text
    assert "Rapport" not in text


def test_number_of_queries_does_not_grow_with_closed_sources(rf, page, sealed, django_assert_num_queries):
    def read():
        request = rf.get(ADDRESS)
        request.user = AnonymousUser()
        return len(Reading(page, request).sources)

    sealed.unpublish()
    read()
    with django_assert_num_queries(3):  # the rows, the restrictions, other languages
        assert read() == 2
    for _number in range(3):
        add_source(page, make_resource(live=False))
    with django_assert_num_queries(3):
        assert read() == 5
