"""The way of a file through the admin: sent, looked at, decided."""

import datetime
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import Translation

from tests.factories.editing import make_user, signed_in
from translation import states
from translation.exchange import archives, formats, outgoing
from translation.exchange.models import Upload
from translation.exchange.planning import Kind
from translation.models import TextEvent

from .pages import data_of, made, write
from .test_planning import NOBODY, TITLE, edited

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db):
    return signed_in("Translators fr")


@pytest.fixture
def lead(db):
    return signed_in("Coordinators")


def of_page(translation):
    return reverse("translation_exchange_page", args=[translation.target_locale.language_code, translation.pk])


def of_language(language="fr"):
    return reverse("translation_exchange", args=[language])


def send(client, address, content, name="a.po"):
    data = content if isinstance(content, bytes) else str(content).encode()
    return client.post(address, {"file": SimpleUploadedFile(name, data)})


def status(client, address, data=None):
    """What the admin does not find it looks for once more, below /en/."""
    return client.get(address, data, follow=True).status_code


def looked_at(client, address, content, name="a.po"):
    response = send(client, address, content, name)
    assert response.status_code == 302, response.content.decode()[:3000]
    response = client.get(response["Location"])
    assert response.status_code == 200
    return response


def choices(response):
    """What a browser sends if nothing is touched."""
    found = {}
    for number, file, _groups in response.context["files"]:
        for row in file.plan.to_choose if file.plan else ():
            if row.chosen:
                found[f"row-{number}-{row.number}"] = f"{row.chosen}:{row.seen}"
    return found


def decide(client, response, **others):
    return client.post(response.request["PATH_INFO"], {**choices(response), **others}, follow=True)


def text_of(response):
    return " ".join(response.content.decode().split())


def zipped(files, way=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", way) as archive:
        for name, content in files:
            archive.writestr(name, content if isinstance(content, bytes) else str(content).encode())
    return packed.getvalue()


@pytest.mark.parametrize("kind", formats.FORMATS)
def test_page_goes_out_in_each_format(client, french, kind):
    """Rows 19 and 20."""
    assert formats.FORMATS[kind].label in client.get(of_page(french)).content.decode()
    response = client.get(reverse("translation_exchange_download", args=["fr", french.pk, kind]))
    assert response["Content-Disposition"].startswith('attachment; filename="lanterns-')
    assert formats.read(response.content)[0].key == str(french.uuid)
    assert status(client, of_page(french) + "download/exe/") == 404


def test_addresses_of_the_shipped_editor_lead_here(client, french):
    response = client.get(reverse("wagtail_localize:download_pofile", args=[french.pk]))
    assert b"portal-state" in response.content
    upload = reverse("wagtail_localize:upload_pofile", args=[french.pk])
    response = send(client, upload, edited(french, Lanterns="Les lanternes"))
    assert data_of(french) == {TITLE: "Lanternes"}
    decide(client, client.get(response["Location"]))
    assert data_of(french) == {TITLE: "Les lanternes"}
    assert "Choose a file first" in text_of(client.post(upload, follow=True))
    assert client.get(upload).status_code == 405


def test_file_is_looked_at_and_then_written(client, french):
    """Row 18: both texts with their difference, and nothing written by looking."""
    file = edited(french, Lanterns="Les lanternes", Nobody="Personne ne décide seul.")
    response = looked_at(client, of_page(french), file)
    shown = text_of(response)
    assert "Nothing has been written yet" in shown
    assert "2 texts are written" in shown
    assert "<ins>Les lanternes</ins>" in shown
    assert "<del>Lanternes</del>" in shown
    assert data_of(french) == {TITLE: "Lanternes"}
    shown = text_of(decide(client, response))
    assert "2 texts were written" in shown
    assert data_of(french) == {TITLE: "Les lanternes", NOBODY: "Personne ne décide seul."}
    assert not Upload.objects.exists()
    event = TextEvent.objects.get(new="Les lanternes")
    assert (event.via, event.user.username) == ("po", "translators fr")


def test_conflict_shows_both_texts_and_is_decided_by_a_person(client, french):
    """Tests 28, 29 and 43."""
    file = edited(french, Lanterns="Les lanternes", Nobody="Personne ne décide seul.")
    write(french, TITLE, "Falots")
    response = looked_at(client, of_page(french), file)
    shown = text_of(response)
    for part in ("Falots", "<ins>Les lanternes</ins>", "1 conflict is to be decided", "Changed here since"):
        assert part in shown
    (row,) = response.context["files"][0][1].plan.of(Kind.CONFLICT)
    response = decide(client, response)
    assert "1 text is to be decided" in text_of(response)
    assert data_of(french) == {TITLE: "Falots", NOBODY: "Personne ne décide seul."}
    decide(client, response, **{f"row-0-{row.number}": f"take:{row.seen}"})
    assert data_of(french)[TITLE] == "Les lanternes"


def test_change_between_look_and_decision_is_a_conflict_again(client, french):
    """Test 29."""
    response = looked_at(client, of_page(french), edited(french, Lanterns="Les lanternes"))
    write(french, TITLE, "Falots")
    response = decide(client, response)
    assert data_of(french) == {TITLE: "Falots"}
    assert "1 conflict is to be decided" in text_of(response)


@pytest.mark.parametrize(
    "value", ["", "take", "take:", "keep:x:y", "destroy:x", "revise:x", "take:' OR 1=1", "take:" + "x" * 5000]
)
def test_decision_that_nobody_could_make_writes_nothing(client, french, value):
    response = looked_at(client, of_page(french), edited(french, Lanterns="Les lanternes"))
    (name,) = choices(response)
    response = client.post(response.request["PATH_INFO"], {name: value, "row-99-1": "take:x", "row-a-b": "take:x"})
    assert response.status_code == 302
    assert data_of(french) == {TITLE: "Lanternes"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty."),
        (b"\x00\x01\x02\x80" * 50, "not a text"),
        (b"/etc/passwd", "cannot be read"),
        (b"x" * (5 * 2**20 + 1), "larger than 5 MB"),
        (b"y" * (20 * 2**20), "larger than 5 MB"),
        (b"<xliff/>", "not an XLIFF"),
        (b"PK\x03\x04", "This is a ZIP file"),
    ],
)
def test_what_cannot_be_used_is_told_and_never_an_error_of_the_site(client, french, content, told):
    """Tests 31 and 32, in the browser."""
    response = send(client, of_page(french), content)
    if response.status_code == 302:
        response = client.get(response["Location"])
        assert "Write what is chosen" not in text_of(response)
        client.post(response.request["PATH_INFO"])
    else:
        assert response.status_code == 400
        assert 'aria-invalid="true"' in text_of(response)
    assert told in text_of(response)
    assert data_of(french) == {TITLE: "Lanternes"}


def test_size_limit_is_said_before(client, lead, french):
    assert "At most 5 MB." in text_of(client.get(of_page(french)))
    assert "At most 20 MB." in text_of(lead.get(of_language()))
    assert "Choose a file first" in text_of(client.post(of_page(french)))
    assert "Choose a file first" in text_of(client.post(of_page(french), {"file": "no file"}))


def test_text_of_a_file_is_no_markup_of_the_page(client, french):
    file = edited(french, Lanterns="<img src=x onerror=alert(1)>")
    file.append(type(file[0])(msgid="<script>x</script>", msgctxt="<b>y", msgstr="<script>z</script>"))
    response = looked_at(client, of_page(french), file, name="<i>n</i>.po")
    shown = response.content.decode()
    for mark in ("<img src=x", "<script>x", "<script>z", "<b>y", "<i>n"):
        assert mark not in shown


def test_upload_is_seen_by_nobody_else_and_not_for_long(client, lead, french):
    """And not with the address of another language or page."""
    response = send(client, of_page(french), edited(french, Lanterns="Les lanternes"))
    address = response["Location"]
    assert status(lead, address) == 404
    assert lead.post(address, follow=True).status_code == 404
    (other,) = made("Whistles", "fr")
    key = Upload.objects.get().key
    assert status(client, f"{of_page(other)}{key}/") == 404
    assert status(client, f"{of_language()}{key}/") == 404
    Upload.objects.update(created_at=timezone.now() - datetime.timedelta(hours=25))
    assert status(client, address) == 404
    Upload.objects.all().forget_old()
    assert not Upload.objects.exists()
    for _number in range(12):
        send(client, of_page(french), edited(french, Lanterns="Les lanternes"))
    assert Upload.objects.count() == 10


def test_rights_are_asked_again_when_it_is_decided(client, french):
    """Tests 1, 5 and 9."""
    response = looked_at(client, of_page(french), edited(french, Lanterns="Les lanternes"))
    page = french.get_target_instance()
    page.get_workflow().start(page, make_user("Coordinators", name="c"))
    answer = client.post(response.request["PATH_INFO"], choices(response), follow=True)
    assert "in review" in text_of(answer)
    assert data_of(french) == {TITLE: "Lanternes"}
    assert send(client, of_page(french), b"x").status_code in (302, 403)
    assert Upload.objects.count() == 1


def test_translator_of_another_language_gets_and_sends_nothing(french):
    client = signed_in("Translators de")
    for address in (of_page(french), of_page(french) + "download/po/", of_language(), of_language() + "download/"):
        response = client.get(address, {"format": "po", "state": "complete"}, follow=True)
        assert "Lanterns" not in text_of(response)
        assert "permission" in text_of(response)
    send(client, of_page(french), edited(french, Lanterns="Gestohlen"))
    assert not Upload.objects.exists()
    german = of_page(french).replace("/fr/", "/de/")
    assert status(signed_in("Translators fr"), german) == 404


def test_page_deleted_meanwhile_is_told(client, french):
    """Test 38."""
    response = looked_at(client, of_page(french), edited(french, Lanterns="Les lanternes"))
    address, chosen = response.request["PATH_INFO"], choices(response)
    french.get_target_instance().delete()
    for answer in (client.get(address, follow=True), client.post(address, chosen, follow=True)):
        assert answer.status_code == 200
        assert "was deleted meanwhile" in text_of(answer)
    upload = reverse("wagtail_localize:upload_pofile", args=[french.pk])
    assert "was deleted meanwhile" in text_of(client.post(upload, follow=True))


# A whole language


@pytest.fixture
def two(french):
    (other,) = made("Whistles", "fr")
    states.rebuild()
    return french, other


@pytest.mark.parametrize("kind", formats.FORMATS)
def test_language_goes_out_and_comes_in_as_one_file(lead, two, kind):
    """Rows 19 and 20: one file for each page of a tab; test 27 for all of them."""
    made("Kettles", "es")
    write(two[1], "Whistles", "Sifflets")
    states.rebuild()
    response = lead.get(of_language() + "download/", {"format": kind, "state": "progress"})
    files = archives.read(response.content)
    keys = {formats.read(data)[0].key for _name, data in files}
    assert keys == {str(one.uuid) for one in two}
    response = looked_at(lead, of_language(), response.content, "all.zip")
    assert len(response.context["files"]) == 2
    assert response.context["to_choose"] == 0


def test_several_files_are_written_together(lead, two):
    files = [
        ("one.po", edited(two[0], Lanterns="Les lanternes")),
        ("sub/two.xlf", formats.FORMATS["xliff"].write(outgoing.document(two[1]))),
        ("three.po", edited(two[1], Whistles="Sifflets")),
    ]
    response = looked_at(lead, of_language(), zipped(files[:2]), "all.zip")
    assert "1 text was written" in text_of(decide(lead, response))
    assert data_of(two[0])[TITLE] == "Les lanternes"
    response = looked_at(lead, of_language(), str(files[2][1]).encode())
    decide(lead, response)
    assert data_of(two[1])["Whistles"] == "Sifflets"


def test_two_files_for_one_page_are_refused(lead, two):
    """Test 37."""
    files = [("a.po", edited(two[0], Lanterns="A")), ("b.po", edited(two[0], Lanterns="B")), ("c.po", edited(two[1]))]
    response = looked_at(lead, of_language(), zipped(files), "all.zip")
    assert text_of(response).count("Several files are for the same page: a.po, b.po.") == 2
    assert response.context["to_choose"] == 0


def test_file_of_a_deleted_page_does_not_hold_up_the_others(lead, two):
    """Test 38."""
    files = [("a.po", edited(two[0], Lanterns="Les lanternes")), ("b.po", edited(two[1], Whistles="Sifflets"))]
    Translation.objects.get(pk=two[1].pk).get_target_instance().delete()
    response = looked_at(lead, of_language(), zipped(files), "all.zip")
    assert "The page of this file was deleted" in text_of(response)
    decide(lead, response)
    assert data_of(two[0])[TITLE] == "Les lanternes"


def test_zip_of_another_language_or_without_a_page(lead, french):
    (spanish,) = made("Whistles", "es")
    file = edited(french, Nobody="Personne ne décide seul.")
    file.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    response = looked_at(lead, of_language(), zipped([("a.po", edited(spanish)), ("b.po", file)]), "all.zip")
    assert "for another language" in text_of(response)
    assert "does not say which page it is for" in text_of(response)


def bomb():
    return zipped([(f"{number}.po", b"0" * (5 * 2**20)) for number in range(13)])


def lying():
    """Says that it is short."""
    data = bytearray(zipped([("a.po", b"0" * (6 * 2**20))]))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (bomb(), "too large when it is unpacked"),
        (lying(), "damaged|too large"),
        (zipped([("a.po", b"0" * 10_000)], zipfile.ZIP_BZIP2), "packed in a way that is not read here"),
        (zipped([("a.po", b"0" * 10_000)], zipfile.ZIP_LZMA), "packed in a way that is not read here"),
        (zipped([(f"{number}.po", b"") for number in range(201)]), "more than 200 files"),
        (zipped([("../../a.po", b"x"), ("/etc/b.po", b"x"), ("__MACOSX/c.po", b"x"), ("..\\d.po", b"x")]), "no files"),
        (zipped([]) + b"", "not a text|damaged|no files|PO file"),
        (zipped([("a.po", b"x")])[:-30], "damaged"),
        (b"PK\x03\x04" + b"\x00" * 500, "damaged"),
    ],
    ids=["bomb", "lying", "bzip2", "lzma", "many", "outside", "empty", "cut off", "nothing"],  # files hold the time
)
def test_zip_that_was_made_to_do_harm(lead, french, content, told):
    """Test 40: bombs, names that lead out of the folder, damage."""
    shown = text_of(looked_at(lead, of_language(), content, "all.zip"))
    assert "Nothing of this file can be used." in shown
    assert any(part in shown for part in told.split("|"))
    assert "/etc/b.po" not in shown


def test_whole_language_is_for_whoever_leads_in_it(client, french):
    shown = text_of(client.get(of_language()))
    assert "Download the memory" in shown
    assert "ZIP" not in shown
    assert "permission" in text_of(client.get(of_language() + "download/", {"format": "po"}, follow=True))
    send(client, of_language(), b"x")
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "query", [{}, {"format": "po"}, {"format": "exe", "state": "progress"}, {"format": "po", "state": "x"}]
)
def test_part_or_format_that_does_not_exist(lead, french, query):
    assert status(lead, of_language() + "download/", query) == 404


def test_nothing_to_download_is_told(lead, french):
    response = lead.get(of_language() + "download/", {"format": "po", "state": "mine"}, follow=True)
    assert "There is nothing to download here." in text_of(response)
