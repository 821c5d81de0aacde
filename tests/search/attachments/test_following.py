"""The text of attached files is found page by page, and only by those who may open the file and the page."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from portal import outbox
from search import indexing
from search.adapters import documents_of
from search.attachments import following
from search.models import Attachment, Document, Problem, Reading
from search.service import search
from tests.factories import make_home, make_news, make_pattern, make_workshop, translate

from .conftest import link, make_file, name, work
from .pdf import pdf

pytestmark = pytest.mark.django_db


def found(text="aardvark", user=None, language="en"):
    return [hit.url for hit in search(text, language=language, user=user).hits]


def traces(user=None):
    """Everything that a search for the secret word, and for it misspelt, tells."""
    right, near = (search(text, language="en", user=user) for text in ("aardvark", "aardvrak"))
    counts = [counts for counts in [*right.facets.values(), *near.facets.values()] if any(counts.values())]
    return right.hits + near.hits, right.total + near.total, counts, right.did_you_mean + near.did_you_mean


NOTHING = ([], 0, [], "")


def close(collection, kind=CollectionViewRestriction.LOGIN, group=None):
    restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type=kind, password="x")
    if group:
        restriction.groups.add(group)
    return restriction


def test_a_hit_names_the_page_of_the_file_and_the_page_it_hangs_on(report):
    page, file = report
    (hit,) = search("aardvark", language="en").hits
    assert hit.url == f"{file.url}#page=3"
    assert (hit.title, hit.kind) == ("Annual report", "document")
    assert (hit.card["page"], hit.card["on"], hit.card["on_url"]) == (3, "Our evaluation", page.url)
    assert "<mark>aardvark</mark>" in hit.snippet
    html = Client().get("/en/search/?q=aardvark").content.decode()
    assert f'href="{file.url}#page=3"' in html
    assert "page 3" in html
    assert "Our evaluation" in html
    assert Client().get(file.url).status_code == 200


def test_the_report_of_a_workshop_is_found(db):
    file = make_file("The wombat digs", title="Report")
    document = {"document": file, "title": "", "language": ""}
    make_workshop(title="Berlin", report_documents=[("document", document)]).save_revision().publish()
    work()
    assert found("wombat") == [f"{file.url}#page=1"]
    close(file.collection)
    assert found("wombat") == []


def test_one_file_is_one_hit_and_one_in_every_count(report):
    file = make_file(*["The bandicoot digs"] * 5, title="Bandicoots")
    name(make_news(title="Second"), file)
    work()
    results = search("bandicoot", language="en")
    assert results.total == len(results.hits) == 1
    assert results.facets["kind"] == {"document": 1}
    assert search("aardvark", language="en", filters={"kind": ["document"]}).total == 1
    assert search("aardvark", language="en", filters={"kind": ["news"]}).total == 0
    assert search("", language="en", filters={"kind": ["document"]}).total == 2


def test_the_title_finds_the_file_and_pages_of_the_guide_come_first():
    file = make_file("Bandicoot and bandicoot", "More", title="The numbat file")
    page = make_news(title="Other", summary="A word")
    page.body = [("paragraph", link(file)), ("paragraph", f"<p>{'word ' * 300} bandicoot</p>")]
    page.save_revision().publish()
    work()
    assert found("numbat") == [f"{file.url}#page=1"]
    assert set(found("bandicoot")) == {page.url, f"{file.url}#page=1"}


def test_a_file_has_the_language_of_its_text():
    file = make_file("La police et les voisins de la ville se sont réunis dans la salle pour un oryctérope")
    page = make_news(title="Evaluation")
    make_home("fr")
    name(page, file)
    work()
    (hit,) = search("oryctérope", language="en").hits
    assert hit.language == "fr"
    assert hit.card["on"] == "Evaluation"
    french = translate(page, "fr", title="Évaluation")
    name(french, file)
    (hit,) = search("oryctérope", language="fr").hits
    assert hit.card["on"] == "Évaluation"


def test_a_file_is_read_in_the_background_and_once(report):
    page, file = report
    page.save_revision().publish()
    assert outbox.pending(following.TOPIC).count() == 0
    other = make_file("The bilby")
    name(page, file, other)
    assert found("bilby") == []
    assert work() == 1
    assert len(found("bilby")) == 1


def test_what_did_not_change_is_not_written_again(report):
    page, _file = report
    before = set(Document.objects.filter(kind="document").values_list("pk", flat=True))
    page.save_revision().publish()
    assert set(Document.objects.filter(kind="document").values_list("pk", flat=True)) == before
    page.slug = "elsewhere"
    page.save_revision().publish()
    (hit,) = search("aardvark", language="en").hits
    assert hit.card["on_url"] == "/en/news/elsewhere/"


def test_what_cannot_be_read_blocks_nothing_and_is_noted(caplog):
    broken, good = make_file(data=b"no PDF"), make_file("The aardvark")
    name(make_news(title="Both"), broken, good)
    assert work() == 2
    assert len(found()) == 1
    assert Reading.objects.get(file=broken).problem == Problem.BROKEN
    assert str(broken.pk) in caplog.text
    assert outbox.pending(following.TOPIC).count() == 0


def test_other_kinds_of_files_are_left_alone():
    file = make_file("Text")
    file.file.save("notes.txt", ContentFile(b"The aardvark"))
    name(make_news(title="Notes"), file)
    assert work() == 0


def gone_with_its_link(page, file):
    page.body = []
    page.save_revision().publish()


def gone_with_its_page(page, file):
    page.unpublish()


def page_deleted(page, file):
    page.delete()


def file_deleted(page, file):
    file.delete()


def file_replaced(page, file):
    file.file = ContentFile(pdf("The bandicoot"), name="new.pdf")
    file.save()


def page_closed(page, file):
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)


def collection_closed(page, file):
    close(file.collection)


def behind_a_password(page, file):
    close(file.collection, CollectionViewRestriction.PASSWORD)


def collection_moved_below_a_closed_one(page, file):
    open_one = Collection.get_first_root_node().add_child(name="Open")
    closed = Collection.get_first_root_node().add_child(name="Closed")
    file.collection = Collection.objects.get(pk=open_one.pk)
    file.save()
    close(closed, CollectionViewRestriction.GROUPS, Group.objects.create(name="Working group"))
    Collection.objects.get(pk=open_one.pk).move(closed, pos="sorted-child")


@pytest.mark.parametrize(
    "end",
    [
        gone_with_its_link,
        gone_with_its_page,
        page_deleted,
        file_deleted,
        file_replaced,
        page_closed,
        collection_closed,
        behind_a_password,
        collection_moved_below_a_closed_one,
    ],
)
def test_nothing_tells_of_a_file_that_a_visitor_may_not_see(report, end, django_user_model):
    assert len(found()) == 1
    page, file = report
    end(page, type(file).objects.get(pk=file.pk))
    for again in (False, True):
        assert traces() == traces(AnonymousUser()) == NOTHING
        if not again:
            work()
            indexing.rebuild()
    assert b"aardvark" not in Client().get("/en/search/?q=evaluation").content


def test_of_a_replaced_file_the_new_text_is_found(report):
    _page, file = report
    file_replaced(None, file)
    assert work() == 1
    assert found() == []
    assert found("bandicoot") == [f"{file.url}#page=1"]


def test_drafts_name_nothing():
    secret = make_file("The aardvark")
    make_news(title="Never published", live=False)
    page = make_news(title="Published")
    page.body = [("paragraph", link(secret))]
    page.save_revision()
    page.save_revision()
    assert work() == 0
    assert not Attachment.objects.exists()
    assert traces() == NOTHING
    page.get_latest_revision().publish()
    work()
    assert len(found()) == 1


def test_members_find_what_only_they_may_open(report, django_user_model):
    _page, file = report
    group = Group.objects.create(name="Working group")
    member, stranger = (django_user_model.objects.create_user(name) for name in ("member", "stranger"))
    member.groups.add(group)
    restriction = close(file.collection, CollectionViewRestriction.GROUPS, group)
    assert traces(stranger) == NOTHING
    assert len(found(user=member)) == 1
    restriction.delete()
    assert len(found(user=stranger)) == 1


def test_a_file_that_an_open_page_names_too_is_found_there(report):
    page, file = report
    second = make_pattern(title="Second")
    second.context = link(file)
    second.save_revision().publish()
    assert [hit.card["on"] for hit in search("aardvark", language="en").hits] == ["Our evaluation"]
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert [hit.card["on"] for hit in search("aardvark", language="en").hits] == ["Second"]
    restriction.delete()
    page.unpublish()
    assert [hit.card["on"] for hit in search("aardvark", language="en").hits] == ["Second"]
    Page.objects.get(pk=second.pk).delete()
    assert found() == []


def test_a_page_that_is_deleted_leaves_the_file_to_another(report):
    page, file = report
    second = make_news(title="Second")
    name(second, file)
    Page.objects.get(pk=page.pk).delete()
    assert [hit.card["on"] for hit in search("aardvark", language="en").hits] == ["Second"]


def test_a_rebuild_finds_files_named_before_and_has_them_read(report):
    before = {d.key: (d.url, d.body, d.card) for d in Document.objects.filter(kind="document")}
    Attachment.objects.all().delete()
    indexing.rebuild()
    assert {d.key: (d.url, d.body, d.card) for d in Document.objects.filter(kind="document")} == before
    Reading.objects.all().delete()
    indexing.rebuild()
    assert found() == []
    assert work() == 1
    assert len(found()) == 1


def test_editors_see_what_was_read_and_what_was_not(report, admin_client, django_user_model):
    name(make_news(title="Broken"), make_file(data=b"no PDF", title="Broken report"))
    work()
    html = admin_client.get("/admin/reports/attached-files/").content.decode()
    assert html.index("Broken report") < html.index("Annual report")
    assert str(Problem.BROKEN.label) in html
    assert admin_client.get("/admin/reports/attached-files/results/").status_code == 200
    assert Client().get("/admin/reports/attached-files/").status_code == 302


def test_writing_many_files_into_the_index_takes_as_many_queries_as_one(report):
    def queries():
        with CaptureQueriesContext(connection) as context:
            assert all(documents_of(get_document_model().objects.all()).values())
        return len(context)

    queries()
    few = queries()
    for number in range(3):
        name(make_news(title=f"News {number}", language="fr"), make_file(f"Page {number}", "Another"))
    work()
    assert queries() == few
