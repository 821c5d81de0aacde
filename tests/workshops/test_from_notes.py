"""The round trip: what a facilitator noted becomes the draft of a page about the workshop."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import PageViewRestriction

from portal import drafts
from tests.factories import make_home, make_index, make_pattern, make_practice, make_workshop, translate
from tests.factories.editing import make_user, signed_in
from workshops.models import WorkshopIndexPage, WorkshopPage

pytestmark = pytest.mark.django_db

NOTES = """Neighbours meet
November 22, 2026
http://localhost/en/patterns/facilitate/?card=3

08 Watch
Hands up: 7
It works here.

Only by day.

IT Faenza
Far away.

02 Justice
Nobody wants it.
"""


@pytest.fixture
def index():
    make_home()
    make_pattern(number=8, title="Watch")
    make_pattern(number=2, title="Justice")
    make_practice(title="Faenza", country="IT")
    return make_index(WorkshopIndexPage, "workshops")


@pytest.fixture
def editor(index):
    return signed_in("Editors")


def address(index):
    return reverse("workshops_from_notes", args=[index.pk])


def file(text, name="workshop-notes.txt"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode(), "text/plain")


def findings(page):
    from wagtail.models import Page

    titles = dict(Page.objects.values_list("pk", "title"))
    values = [block.value for block in page.findings]
    return [(value["code"], value["text"], [titles[pk] for pk in value["patterns"]]) for value in values]


FOUND = [
    ("F1", "Hands up: 7\nIt works here.", ["Watch"]),
    ("F2", "Only by day.", ["Watch"]),
    ("F3", "Far away.", []),
    ("F4", "Nobody wants it.", ["Justice"]),
]


def test_the_file_of_the_facilitator_becomes_a_draft(editor, index):
    answer = editor.post(address(index), {"file": file(NOTES), "date_start": "2026-11-22"})
    page = WorkshopPage.objects.get()
    assert answer.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.title, page.live, page.get_parent().pk) == ("Neighbours meet", False, index.pk)
    assert (page.date_start, page.date_note) == ("2026-11-22", "November 22, 2026")
    assert findings(page) == FOUND
    edit = editor.get(answer.headers["Location"])
    html = edit.content.decode()
    assert edit.status_code == 200
    assert "A draft has been started. Nobody but editors sees it." in html
    assert reverse("wagtailadmin_explore", args=[index.pk]) in html
    assert editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200


def test_the_form_leads_back_to_the_list(editor, index):
    html = editor.get(address(index)).content.decode()
    assert f'href="{reverse("wagtailadmin_explore", args=[index.pk])}"' in html


def test_notes_with_the_line_ends_of_another_system_read_the_same(editor, index):
    editor.post(address(index), {"file": file(b"\xef\xbb\xbf" + NOTES.replace("\n", "\r\n").encode())})
    assert findings(WorkshopPage.objects.get()) == FOUND


def test_readers_do_not_see_the_draft(editor, client, index):
    editor.post(address(index), {"file": file(NOTES)})
    assert "Neighbours meet" not in client.get("/en/workshops/").content.decode()
    assert client.get("/en/workshops/neighbours-meet/").status_code == 404


def test_cards_in_another_language_lead_to_their_pattern(editor, index):
    watch = make_pattern(number=9, title="Court")
    translate(watch, "fr", title="Tribunal", slug="tribunal")
    editor.post(address(index), {"notes": "09 Tribunal\nOui.", "title": "Soir"})
    assert findings(WorkshopPage.objects.get()) == [("F1", "Oui.", ["Tribunal"])]


def test_a_card_of_a_closed_or_unpublished_page_names_nothing(editor, index):
    closed = make_pattern(number=5, title="Closed")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.PASSWORD, password="x")
    make_pattern(number=6, title="Draft", live=False)
    editor.post(address(index), {"notes": "05 Closed\nA.\n\n06 Draft\nB.", "title": "Evening"})
    assert [patterns for _code, _text, patterns in findings(WorkshopPage.objects.get())] == [[], []]


def test_long_notes_are_cut_into_findings_that_can_be_saved(editor, index):
    words = " ".join(["neighbour"] * 150)
    editor.post(address(index), {"notes": f"08 Watch\n{words}", "title": "Long"})
    found = findings(WorkshopPage.objects.get())
    assert len(found) == 3
    assert all(len(text) <= 600 and patterns == ["Watch"] for _code, text, patterns in found)
    assert " ".join(text for _code, text, _patterns in found) == words


def test_a_title_that_is_taken_gets_another_address(editor, index):
    make_workshop(title="Neighbours meet")
    editor.post(address(index), {"file": file(NOTES)})
    assert set(WorkshopPage.objects.values_list("slug", flat=True)) == {"neighbours-meet", "neighbours-meet-2"}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "notes"),
        ({"notes": "Something.", "title": ""}, "title"),
        ({"notes": NOTES, "date_start": "yesterday"}, "date_start"),
        ({"file": b"\xff\xfe\x00binary"}, "file"),
        ({"file": b"a" * 200_001}, "file"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_the_field_and_kept(editor, index, sent, field):
    if "file" in sent:
        sent = {**sent, "file": file(sent["file"]), "notes": "Kept."}
    answer = editor.post(address(index), sent)
    assert list(answer.context["form"].errors) == [field]
    if "notes" in sent:
        assert sent["notes"].split("\n")[0] in answer.content.decode()
    assert not WorkshopPage.objects.exists()


@pytest.mark.parametrize("group", ["Moderators", ""])
def test_only_who_may_add_workshops_may_begin_one(client, index, group):
    client.force_login(make_user(group or "Moderators", name="somebody"))
    if not group:
        client.logout()
    for answer in (client.get(address(index)), client.post(address(index), {"file": file(NOTES)})):
        assert answer.status_code in (302, 403)
    assert not WorkshopPage.objects.exists()
    facts = drafts.Facts(title="T", notes=NOTES, language="en")
    assert drafts.start("workshop", facts, make_user("Moderators", name="other")) is None


def test_the_list_of_workshops_offers_it_to_those_who_may(editor, index):
    explore = reverse("wagtailadmin_explore", args=[index.pk])
    assert address(index) in editor.get(explore).content.decode()
    assert (
        address(index) not in editor.get(reverse("wagtailadmin_explore", args=[index.get_parent().pk])).content.decode()
    )


def test_there_is_no_form_for_another_page(editor, index):
    address_of_home = reverse("workshops_from_notes", args=[index.get_parent().pk])
    assert editor.get(address_of_home, follow=True).status_code == 404


def test_a_line_alone_at_the_beginning_is_the_title_unless_it_names_a_card(editor, index):
    editor.post(address(index), {"notes": "Evening in the library\n\n08 Watch\nOne person answers."})
    page = WorkshopPage.objects.get(title="Evening in the library")
    assert [block.value["text"] for block in page.findings] == ["One person answers."]

    answer = editor.post(address(index), {"notes": "08 Watch\n\nOne person answers."})
    assert "Give the workshop a title" in answer.content.decode()
    assert WorkshopPage.objects.count() == 1
