import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests.factories import make_news, make_pattern, make_practice, translate

pytestmark = pytest.mark.django_db


def titles(response):
    return [page.title for page in response.context["listing"].pages]


def tagged(page, *names):
    page.tags.add(*names)
    page.save_revision().publish()
    return page


@pytest.fixture
def three():
    return [
        tagged(make_pattern(number=8, title="Watch"), "moderation", "app"),
        tagged(make_practice(title="Faenza"), "moderation"),
        tagged(make_news(title="Meeting"), "berlin"),
    ]


def test_a_tag_page_lists_what_carries_the_tag(client, three):
    response = client.get("/en/tags/moderation/")
    assert titles(response) == ["Faenza", "Watch"]
    assert 'href="/en/patterns/watch/"' in response.content.decode()


def test_drafts_and_closed_pages_are_neither_listed_nor_counted(client, three):
    draft = make_practice(title="Draft", live=False)
    draft.tags.add("moderation")
    draft.save()
    PageViewRestriction.objects.create(page=three[1], restriction_type=PageViewRestriction.LOGIN)
    assert titles(client.get("/en/tags/moderation/")) == ["Watch"]
    counts = {tag.name: number for tag, number in client.get("/en/tags/").context["tags"]}
    assert counts == {"moderation": 1, "app": 1, "berlin": 1}


def test_a_subject_is_listed_once_in_the_readers_language(client, three):
    translate(three[0], "fr", title="Veille", slug="veille")
    response = client.get("/fr/tags/moderation/")
    assert titles(response) == ["Faenza", "Veille"]
    assert 'href="/fr/patterns/veille/"' in response.content.decode()


def test_a_page_leads_to_the_pages_of_its_tags(client, three):
    assert 'href="/en/tags/moderation/"' in client.get("/en/practices/faenza/").content.decode()


def test_a_tag_that_nothing_visible_carries_is_not_found(client, three):
    three[2].unpublish()
    assert client.get("/en/tags/berlin/").status_code == 404
    assert client.get("/en/tags/never/").status_code == 404


def queries(client, address):
    client.get(address)  # what the process keeps about the site is read anew after a change
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_list(client, three):
    before = queries(client, "/en/tags/moderation/"), queries(client, "/en/tags/")
    for number in range(4):
        tagged(make_pattern(), "moderation", f"tag {number}")
        tagged(make_practice(), "moderation")
    assert (queries(client, "/en/tags/moderation/"), queries(client, "/en/tags/")) == before


def test_tags_of_translations_that_are_not_public_do_not_show(client, three):
    page = three[0]
    draft = translate(page, "fr", title="Veille", slug="veille", live=False)
    draft.tags.add("unpublished")
    draft.save()
    closed = translate(page, "de", title="Wache", slug="wache")
    tagged(closed, "closed")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    assert {tag.name for tag, _number in client.get("/en/tags/").context["tags"]} == {"moderation", "app", "berlin"}
    for name in ("unpublished", "closed"):
        assert client.get(f"/en/tags/{name}/").status_code == 404
        assert f"/en/tags/{name}/" not in client.get("/en/patterns/watch/").content.decode()
