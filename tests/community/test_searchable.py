"""Published comments are found in their language; nothing else of a discussion is."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from community import services
from community.models import CommentState, State
from search import indexing
from search.models import Document
from search.service import search
from tests.factories import make_news, translate

from .conftest import posted, send, signed_in
from .test_reading import fill

pytestmark = pytest.mark.django_db


def found(text="quokka", language="en", user=None):
    filters = {"kind": ["comment", "news"]}
    return [hit.url for hit in search(text, language=language, user=user, filters=filters).hits]


def traces(text="quokka", user=None):
    near = search(text[:-2] + text[-1] + text[-2], language="en", user=user)
    right = search(text, language="en", user=user)
    counts = [counts for counts in [*right.facets.values(), *near.facets.values()] if any(counts.values())]
    return right.hits + near.hits, right.total + near.total, counts, right.did_you_mean + near.did_you_mean


NOTHING = ([], 0, [], "")


@pytest.fixture
def writer(joanna):
    return signed_in(joanna)


def test_a_comment_is_found_as_one_and_leads_to_its_place(page, writer):
    row = posted(writer, page, "We saw a quokka near the school.")
    results = search("quokka", language="en", filters={"kind": ["comment"]})
    (hit,) = results.hits
    assert hit.url == f"{page.url}?c={row.public_id}#c-{row.public_id}"
    assert (hit.kind, hit.language, hit.title) == ("comment", "en", page.title)
    assert "<mark>quokka</mark>" in hit.snippet
    assert results.facets["kind"] == {"comment": 1}
    html = Client().get("/en/search/?q=quokka&type=comment").content.decode()
    assert "Comment" in html
    assert hit.url.partition("#")[0] in html
    assert f'id="c-{row.public_id}"' in Client().get(hit.url).content.decode()


def test_a_comment_is_found_in_its_own_language(page, writer):
    french = translate(page, "fr", title="Surveillance de voisinage", slug="surveillance")
    posted(writer, page, "Les quokkas sécurisés", language="fr")
    (hit,) = search("securise", language="fr").hits
    assert (hit.language, hit.title) == ("fr", french.title)
    assert hit.url.startswith(french.url)
    for language in ("en", "nl"):
        (url,) = found("quokkas", language=language)
        assert b"quokkas" in Client().get(url, follow=True).content


def test_neither_names_nor_the_words_of_the_page_find_a_comment(page, writer):
    posted(writer, page, "We saw a quokka.")
    assert traces("joanna") == NOTHING
    assert found("neighbourhood watch") == []
    assert [hit.url for hit in search("neighbourhood watch", language="en").hits] == [page.url]


def test_comments_stay_out_of_a_search_for_pages_which_links_to_them(page, writer):
    news = make_news(title="A quokka")
    row = posted(writer, page, "Another quokka near the school")
    results = search("quokka", language="en")
    assert [hit.url for hit in results.hits] == [news.url]
    assert results.facets["kind"] == {"news": 1}
    html = Client().get("/en/search/?q=quokka&country=IT").content.decode()
    assert '<a href="?q=quokka&amp;country=IT&amp;type=comment">Search the comments</a>' in html
    html = Client().get("/en/search/?q=quokka&type=comment").content.decode()
    assert row.public_id in html
    assert "Search the comments" not in html


def test_where_only_comments_have_the_words_they_are_shown_and_the_page_says_so(page, writer):
    row = posted(writer, page, "We saw a quokka near the school.")
    results = search("quokka", language="en")
    assert ([hit.kind for hit in results.hits], results.step, results.total) == (["comment"], "apart", 1)
    html = Client().get("/en/search/?q=quokka").content.decode()
    assert "Showing what readers wrote about the pages." in html
    assert row.public_id in html


def test_comments_change_nothing_in_a_search_for_pages(page, writer):
    make_news(title="A quokka")
    before = search("quokka school", language="en")
    for number in range(5):
        posted(writer, page, f"The school has a quokka: {number}")
    after = search("quokka school", language="en")
    assert [(hit.url, hit.score) for hit in after.hits] == [(hit.url, hit.score) for hit in before.hits]
    assert (after.total, after.facets) == (before.total, before.facets)


def test_pages_that_have_the_words_come_first(page, writer):
    page = make_news(title="Elsewhere")
    page.body = [("paragraph", f"<p>{'something else, ' * 2000} quokka</p>")]
    page.save_revision().publish()
    for n in range(3):
        posted(writer, page, f"Quokka quokka, quokka {n}!")
    assert found()[0] == page.url
    assert len(found()) == 4


def held(page, writer, moderator):
    send(Client(REMOTE_ADDR="198.51.100.7"), page, "A quokka", name="Visitor")
    assert CommentState.objects.get().state == State.HELD


def hidden(page, writer, moderator):
    row = posted(writer, page, "A quokka")
    services.decide(public_id=row.public_id, moderator=moderator, new=State.HIDDEN, reason="rule-3")


def withdrawn(page, writer, moderator):
    row = posted(writer, page, "A quokka")
    posted(writer, page, "An answer", parent=row)
    services.withdraw(row=CommentState.objects.get(pk=row.pk), author=row.comment.user)


def erased(page, writer, moderator):
    posted(writer, page, "A quokka").comment.user.delete()


def on_an_unpublished_page(page, writer, moderator):
    posted(writer, page, "A quokka")
    page.unpublish()


def on_a_deleted_page(page, writer, moderator):
    posted(writer, page, "A quokka")
    Page.objects.get(pk=page.pk).delete()


def on_a_closed_page(page, writer, moderator):
    posted(writer, page, "A quokka")
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)


def for_a_group(page, writer, moderator):
    posted(writer, page, "A quokka")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.create(name="Working group"))


@pytest.mark.parametrize(
    "plant",
    [held, hidden, withdrawn, erased, on_an_unpublished_page, on_a_deleted_page, on_a_closed_page, for_a_group],
)
def test_nothing_tells_of_comments_that_are_not_shown(page, writer, moderator, plant):
    plant(page, writer, moderator)
    assert traces() == NOTHING
    indexing.rebuild()
    assert traces() == NOTHING


def test_a_comment_comes_and_goes_with_the_decisions_on_it(page, writer, moderator):
    send(Client(REMOTE_ADDR="198.51.100.7"), page, "A quokka", name="Visitor")
    row = CommentState.objects.get()
    for new, count in ((State.PUBLISHED, 1), (State.HIDDEN, 0), (State.PUBLISHED, 1)):
        services.decide(public_id=row.public_id, moderator=moderator, new=new, reason="rule-3")
        assert len(found()) == count, new
    page.unpublish()
    assert found() == []
    page.save_revision().publish()
    assert len(found()) == 1


def test_another_language_of_the_page_takes_over(page, writer):
    french = translate(page, "fr", title="Surveillance", slug="surveillance")
    posted(writer, page, "A quokka")
    Page.objects.get(pk=page.pk).delete()
    assert found()[0].startswith(french.url) or found()[0].startswith("/en/")
    assert Document.objects.get(kind="comment").page_id == french.pk


def test_a_rebuild_gives_the_same(page, writer):
    posted(writer, page, "A quokka")
    before = {d.key: (d.url, d.body, d.card, d.rank) for d in Document.objects.filter(kind="comment")}
    indexing.rebuild()
    assert {d.key: (d.url, d.body, d.card, d.rank) for d in Document.objects.filter(kind="comment")} == before


def queries_of(work):
    with CaptureQueriesContext(connection) as context:
        work()
    return len(context)


def test_a_rebuild_takes_as_many_queries_for_many_comments(page):
    translate(page, "fr", title="Surveillance", slug="surveillance")
    fill(page, 4)
    indexing.rebuild()  # what a process asks once
    few = queries_of(indexing.rebuild)
    fill(page, 4, language="fr")
    assert queries_of(indexing.rebuild) == few


def test_publishing_a_page_takes_as_many_queries_for_many_comments(page):
    def publish_under(title):
        page.title = title
        page.save_revision().publish()

    fill(page, 3)
    publish_under("Watch")
    few = queries_of(lambda: publish_under("Other watch"))
    fill(page, 3)
    assert queries_of(lambda: publish_under("Third watch")) == few
