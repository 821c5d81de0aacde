"""The documents of a workshop: what is said of them, and who may see them."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from tests.factories import make_index, make_workshop
from tests.factories.editing import signed_in
from tests.translation.remembering import finish, submit
from workshops.models import WorkshopIndexPage, WorkshopPage

pytestmark = pytest.mark.django_db
ADDRESS = "/en/workshops/berlin/"


def make_file(title="Annual report", name="report.pdf", **fields):
    content = ContentFile(b"x" * 2048, name=name)
    return get_document_model().objects.create(title=title, file=content, file_size=2048, **fields)


def document(file, title="", language="de"):
    return ("document", {"document": file, "title": title, "language": language})


LINK = ("link", {"url": "https://example.org/r", "title": "Elsewhere", "language": "fr"})


def text(client):
    response = client.get(ADDRESS)
    assert response.status_code == 200
    return response.content.decode()


def test_a_report_is_listed_with_its_type_size_and_language(client):
    file = make_file()
    other = make_file("Slides", "slides.odp")
    make_workshop(title="Berlin", report_documents=[document(file, "What we heard"), document(other, "", ""), LINK])
    html = text(client)
    assert f'<a href="{file.url}" hreflang="de">What we heard</a>' in html
    assert 'PDF, 2.0\xa0KB</span> <span class="muted">(German)' in html
    assert f'<a href="{other.url}">Slides</a> <span class="muted">ODP, 2.0\xa0KB</span></li>' in html
    assert '<a href="https://example.org/r" hreflang="fr" rel="external">Elsewhere</a>' in html


@pytest.fixture
def closed():
    collection = Collection.get_first_root_node().add_child(name="Closed")
    below = collection.add_child(name="Below")
    restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type="groups")
    restriction.groups.add(Group.objects.get_or_create(name="Editors")[0])
    make_workshop(title="Berlin", report_documents=[document(make_file("Secret", collection=below)), LINK])
    return restriction


def test_a_file_of_a_closed_collection_is_shown_to_those_who_may_open_it(client, closed, settings):
    settings.PAGE_CACHE_SECONDS = 3600
    editor, member = signed_in("Editors"), signed_in("Moderators")
    for _time in range(2):  # what one reader was shown is not kept for the next
        assert "Secret" in text(editor)
        for other in (client, member):
            html = text(other)
            assert "Secret" not in html
            assert "Elsewhere" in html


def test_closing_a_collection_takes_its_files_off_at_the_next_request(client, closed, settings):
    settings.PAGE_CACHE_SECONDS = 3600
    restriction_type, collection = closed.restriction_type, closed.collection
    closed.delete()
    assert "Secret" in text(client)
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=restriction_type)
    assert "Secret" not in text(client)


def test_another_title_and_a_deleted_file_show_at_the_next_request(client, settings):
    settings.PAGE_CACHE_SECONDS = 3600
    file = make_file()
    make_workshop(title="Berlin", report_documents=[document(file), LINK])
    assert "Annual report" in text(client)
    file.title = "Final report"
    file.save()
    assert "Final report" in text(client)
    file.delete()
    html = text(client)
    assert "Final report" not in html
    assert "Elsewhere" in html


def test_a_translation_keeps_file_and_language_and_has_a_title_of_its_own():
    make_index(WorkshopIndexPage, "workshops", "fr")
    file = make_file()
    page = make_workshop(title="Berlin", report_documents=[document(file, "What we heard"), LINK])
    translation = submit(page)
    offered = set(translation.source.stringsegment_set.values_list("string__data", flat=True))
    assert {"What we heard", "Elsewhere"} <= offered
    assert not {"de", "fr", "https://example.org/r"} & offered
    french = WorkshopPage.objects.get(pk=finish(translation).pk)
    first, second = (block.value for block in french.report_documents)
    assert (first["document"], first["language"]) == (file, "de")
    assert first["title"].startswith("Mot")
    assert second["url"] == "https://example.org/r"


def queries(client):
    text(client)
    with CaptureQueriesContext(connection) as captured:
        text(client)
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_files(client, closed):
    page = WorkshopPage.objects.get(slug="berlin")
    before = queries(client)
    page.report_documents.extend(document(make_file(f"File {number}")) for number in range(4))
    page.save_revision().publish()
    assert queries(client) == before
