"""The whole guide as a book: made by the worker, for everybody, until something changes."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from wagtail.models import PageViewRestriction

from patterns.models import PatternRelation
from portal import outbox, periodic
from portal.models import OutboxRow
from practices.models import PracticeContact
from printing import background
from printing import book as book_module
from printing.models import Book
from tests.factories import make_home, make_pattern, make_practice, make_workshop
from tests.factories.editing import make_user
from tests.factories.sections import make_consent, make_glossary, make_person, make_term
from tests.printing.reading import reader, squeezed, structure, text_of

pytestmark = pytest.mark.django_db

FILE = "/en/book/pdf/"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.WAGTAILADMIN_BASE_URL = "http://testserver"


@pytest.fixture
def guide():
    make_home()
    watch = make_pattern(number=8, title="Watch", group="tell", also_called="Street eyes")
    larger = make_pattern(number=9, title="Neighbourhood", group="tell")
    PatternRelation.objects.create(page=larger, target=watch, type="larger", reason="So.", locale=larger.locale)
    make_pattern(number=2, title="Justice", group="act")
    make_practice(title="Faenza")
    make_workshop(title="Berlin")
    make_term("moderator")
    make_glossary()
    return watch


def made(client, address=FILE):
    asked = client.get(address)
    assert asked.status_code == 302
    outbox.drain(background.TOPIC)
    response = client.get(address)
    assert response.status_code == 200
    return response.content


def test_a_reader_asks_waits_and_opens_the_book(client, guide):
    assert "Make the book" in client.get("/en/book/").content.decode()
    answer = client.get(FILE)
    assert answer.url == "/en/book/?wait=1"
    waiting = client.get(answer.url).content.decode()
    assert 'http-equiv="refresh"' in waiting
    assert "The book waits to be made." in waiting
    Book.objects.update(state=Book.MAKING, done=2, total=7)
    assert "2 of 7 steps" in client.get(answer.url).content.decode()
    outbox.drain(background.TOPIC)
    ready = client.get(answer.url).content.decode()
    assert "The book is ready." in ready
    assert 'http-equiv="refresh"' not in ready
    assert client.get(FILE).headers["Content-Type"] == "application/pdf"


def test_the_book_has_all_parts_in_their_order(client, guide):
    content = made(client)
    found = text_of(content)
    outline = [entry.title for entry in flat(reader(content).outline)]
    chapters = ["Justice", "Neighbourhood", "Watch", "Faenza", "Berlin", "Glossary"]
    assert [title for title in outline if title in chapters][:6] == chapters
    assert outline.index("Act") < outline.index("Tell") < outline.index("Practices") < outline.index("Workshops")
    for words in ("Contents", "Names and numbers", "Street eyes", "DIY-08", "Solution."):
        assert squeezed(words) in found
    root = reader(content).trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en", True)
    assert {"/H1", "/H2", "/H3", "/TOC"} <= {element["/S"] for element in structure(content)}


def flat(outline):
    return [one for entry in outline for one in (flat(entry) if isinstance(entry, list) else [entry])]


def test_the_book_holds_what_everybody_may_see_whoever_asks(client, guide):
    make_pattern(title="Hidden draft", live=False)
    closed = make_pattern(title="Closed page")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    make_pattern(title="Over page", expire_at=timezone.now() - timedelta(days=1))
    practice = make_practice(title="Terrassa")
    PracticeContact.objects.create(
        page=practice, person=make_person("Ada Contact", make_consent("expired")), role="Asks"
    )
    client.force_login(make_user("Editors"))
    found = text_of(made(client))
    for words in ("Hidden draft", "Closed page", "Over page", "Ada Contact"):
        assert squeezed(words) not in found


def test_what_changes_takes_the_book_away_at_once_and_its_file_with_the_next(client, guide):
    made(client)
    (first,) = default_storage.listdir("printed")[1]
    PageViewRestriction.objects.create(page=guide, restriction_type=PageViewRestriction.LOGIN)
    assert "The book is ready." not in client.get("/en/book/").content.decode()
    assert "Streeteyes" not in text_of(made(client))
    assert first not in default_storage.listdir("printed")[1]


def test_a_consent_that_is_withdrawn_takes_the_book_away(client, guide):
    consent = make_consent()
    practice = make_practice(title="Terrassa")
    PracticeContact.objects.create(page=practice, person=make_person("Ada Contact", consent), role="Asks")
    assert "AdaContact" in text_of(made(client))
    consent.withdrawn_on = timezone.localdate() - timedelta(days=1)
    consent.save()
    assert client.get(FILE).status_code == 302
    assert "AdaContact" not in text_of(made(client))


def test_the_book_ends_with_the_day_as_consents_do(client, guide):
    made(client)
    assert Book.objects.get().good_until <= timezone.now() + timedelta(days=1)
    Book.objects.update(good_until=timezone.now() - timedelta(seconds=1))
    assert client.get(FILE).status_code == 302


def test_asking_twice_makes_it_once(client, guide):
    client.get(FILE)
    client.get(FILE)
    assert outbox.pending(background.TOPIC).count() == 1
    outbox.drain(background.TOPIC)
    made_at = Book.objects.get().made_at
    outbox.put(background.TOPIC, "en")
    outbox.drain(background.TOPIC)
    assert Book.objects.get().made_at == made_at


def test_every_language_has_its_book(client, guide):
    content = made(client, "/fr/book/pdf/")
    assert reader(content).trailer["/Root"]["/Lang"] == "fr"


def test_the_outbox_ignores_a_language_that_is_no_more(guide):
    outbox.put(background.TOPIC, "xx")
    outbox.drain(background.TOPIC)
    assert not Book.objects.exists()
    assert not outbox.pending(background.TOPIC).exists()


# A book that cannot be made


def no_wait(html):
    return "The book could not be made." in html and 'http-equiv="refresh"' not in html and "Make the book" in html


def test_a_book_that_failed_is_made_as_soon_as_somebody_asks_again(client, guide, monkeypatch):
    client.get(FILE)
    with monkeypatch.context() as patched:
        patched.setattr(book_module.engine, "pdf", lambda *_args: 1 / 0)
        outbox.drain(background.TOPIC)
    assert no_wait(client.get("/en/book/?wait=1").content.decode())
    assert outbox.drain(background.TOPIC) == 0, "its next attempt has not come"
    assert client.get(FILE).url == "/en/book/?wait=1"
    assert "The book waits to be made." in client.get("/en/book/?wait=1").content.decode()
    assert made(client)


def test_readers_do_not_wait_for_a_book_that_was_given_up(client, guide):
    client.get(FILE)
    OutboxRow.objects.filter(topic=background.TOPIC).update(attempts=outbox.ATTEMPTS)
    outbox.drain(background.TOPIC)
    assert outbox.pending(background.TOPIC).parked().exists()
    assert no_wait(client.get("/en/book/?wait=1").content.decode())
    assert made(client)


# A long book, and old files


def test_a_book_that_takes_longer_than_the_lease_is_made_once(client, guide, monkeypatch):
    """Each chapter renews it; while the book is set, which cannot be interrupted, the lease is longer."""
    client.get(FILE)
    seen = []
    data, pdf = book_module.sheets.data, book_module.engine.pdf

    def look():
        row = OutboxRow.objects.get(topic=background.TOPIC)
        seen.append(row.leased_until - timezone.now())
        assert outbox.work_batch(background.TOPIC).taken == 0, "no other worker takes it"

    def slow_data(page, request):
        look()
        return data(page, request)

    def slow_pdf(*args):
        look()
        return pdf(*args)

    monkeypatch.setattr(book_module.sheets, "data", slow_data)
    monkeypatch.setattr(book_module.engine, "pdf", slow_pdf)
    assert outbox.drain(background.TOPIC) == 1
    assert all(left > timedelta(minutes=1) for left in seen)
    assert seen[-1] > timedelta(minutes=20)
    assert client.get(FILE).status_code == 200


def test_a_worker_that_lost_its_lease_stops(client, guide, monkeypatch):
    client.get(FILE)
    data = book_module.sheets.data

    def taken_away(page, request):
        OutboxRow.objects.update(leased_until=timezone.now() + timedelta(hours=1))
        return data(page, request)

    monkeypatch.setattr(book_module.sheets, "data", taken_away)
    assert outbox.drain(background.TOPIC) == 0
    row = OutboxRow.objects.get(topic=background.TOPIC)
    assert row.done_at is None
    assert row.leased_until > timezone.now() + timedelta(minutes=50), "the other worker keeps it"


def files(settings):
    return list(Path(settings.MEDIA_ROOT).rglob("*.pdf"))


def test_the_file_of_an_old_book_goes_with_the_next_round_of_maintenance(client, guide, settings):
    made(client)
    assert book_module.clear() == 0
    assert len(files(settings)) == 1
    guide.title = "Changed"
    guide.save_revision().publish()
    periodic.JOBS["clear_books"].run()
    assert files(settings) == []
    assert "Make the book" in client.get("/en/book/").content.decode()
    assert "Changed" in text_of(made(client))


def test_the_file_of_a_killed_worker_goes_too_but_not_one_that_is_just_written(client, guide, settings):
    made(client)
    folder = files(settings)[0].parent
    for name, age in (("killed.pdf", 7200), ("fresh.pdf", 0)):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (time.time() - age,) * 2)
    assert book_module.clear() == 1
    assert {path.name for path in files(settings)} >= {"fresh.pdf"}
    assert not (folder / "killed.pdf").exists()


def test_clearing_before_any_book_was_made_does_nothing():
    assert book_module.clear() == 0
