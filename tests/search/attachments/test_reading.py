"""Files are read within bounds; whatever is wrong with one is said and blocks nothing."""

import pytest

from search.attachments import reader, reading
from search.attachments.reading import language_of, read
from search.models import Problem

from .conftest import make_file
from .pdf import assembled, encrypted, pdf, stream

pytestmark = pytest.mark.django_db


def outcome(*pages, **kwargs):
    return read(make_file(*pages, **kwargs))


def test_the_text_comes_page_by_page():
    found = outcome("Über die Nachbarn", "", "Second neigh-\nbourhood (really)")
    assert found.pages == {1: "Über die Nachbarn", 3: "Second neighbourhood (really)"}
    assert (found.problem, found.page_count) == ("", 3)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", Problem.BROKEN),
        (b"This is no PDF at all", Problem.BROKEN),
        (pdf("Text")[:200], Problem.BROKEN),
        (b"%PDF-1.7\n" + b"\x00\xff" * 5000, Problem.BROKEN),
        (encrypted(pdf("Secret words")), Problem.ENCRYPTED),
        (pdf("", ""), Problem.NO_TEXT),
    ],
    ids=["empty", "not a PDF", "cut off", "garbage", "encrypted", "pictures only"],
)
def test_what_cannot_be_read_is_named(data, problem):
    found = outcome(data=data)
    assert (found.problem, found.pages) == (problem, {})


def test_a_file_locked_against_changes_only_is_read():
    assert outcome(data=encrypted(pdf("Open words"), password="")).pages == {1: "Open words"}


def test_a_tree_of_pages_without_end_ends():
    endless = assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 999999999 >>",
            b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 2 0 R] /Count 999999999 >>",
        ]
    )
    assert outcome(data=endless).problem == Problem.BROKEN


def test_a_file_that_swells_when_unpacked_ends_by_itself():
    import zlib

    packed = zlib.compress(b"(aardvark) Tj " * 30_000_000, 9)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"
    bomb = stream(packed).replace(b"<< ", b"<< /Filter /FlateDecode ", 1)
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    found = outcome(data=assembled([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, bomb]))
    assert found.problem in (Problem.NO_TEXT, Problem.TOO_MUCH_MEMORY, Problem.TOO_SLOW)


def test_reading_stops_when_the_time_is_up(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.01)
    assert outcome("Text").problem == Problem.TOO_SLOW


def test_a_file_that_is_too_large_is_not_even_copied(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    assert outcome("Text").problem == Problem.TOO_LARGE


def test_of_a_very_long_file_the_first_pages_are_kept():
    found = outcome(*[f"Page {n}" for n in range(1, reader.MOST_PAGES + 3)])
    assert found.problem == Problem.SHORTENED
    assert len(found.pages) == reader.MOST_PAGES


def test_a_missing_file_is_named():
    file = make_file("Text")
    file.file.storage.delete(file.file.name)
    assert read(file).problem == Problem.MISSING


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The police and the people of this town have met in the hall and they will do it again with us", "en"),
        ("La police et les habitants de la ville se sont réunis dans la salle et ils vont le refaire pour nous", "fr"),
        ("Die Polizei und die Leute aus dem Viertel haben sich in der Halle getroffen und es ist nicht aus", "de"),
        ("De politie en de mensen van de stad hebben elkaar in de zaal gezien en het is niet voor niets", "nl"),
        ("4711 0815 42", ""),
    ],
)
def test_the_language_is_that_of_the_text(text, language):
    assert language_of(text) == language
