"""The embedded index is written anew while editors go on: nobody waits for its end, and nothing they do is lost."""

import threading

import pytest
from django.db import connections, transaction

from search import indexing
from search.models import Document, Word
from search.service import search
from tests.factories import make_home, make_pattern, make_topic

pytestmark = pytest.mark.django_db(transaction=True)

LONGEST_WAIT = 10.0  # seconds, on a busy machine; a rebuild of a large site takes minutes


def titles(text="quokka"):
    return sorted(hit.title.replace("<mark>", "").replace("</mark>", "") for hit in search(text, language="en").hits)


def somebody_else(work):
    """Does it on a connection of its own, as another process would."""
    failures = []

    def run():
        try:
            work()
        except Exception as error:  # told to the test below
            failures.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread, failures


def as_somebody_else(work):
    """The same to its end."""
    thread, failures = somebody_else(work)
    thread.join(LONGEST_WAIT)
    assert not thread.is_alive(), "it has to wait for the end of the rebuild"
    assert not failures, failures


@pytest.fixture
def pages(monkeypatch):
    monkeypatch.setattr("search.adapters.PAGES", 2)
    make_home()
    return [make_pattern(title=f"Quokka {number}") for number in range(8)]


def while_it_is_written(work):
    """Once in its middle, when some texts are written anew and others are not."""
    done = []

    def progress(written):
        if written >= 4 and not done:
            done.append(written)
            work()

    indexing.rebuild(progress)
    assert done


def test_what_editors_do_meanwhile_holds(pages):
    first, last = pages[0], pages[-1]

    def edit():
        for page in (first, last):
            page.title = page.title.replace("Quokka", "Numbat")
            page.save_revision().publish()
        pages[1].unpublish()
        pages[-2].unpublish()
        pages[2].delete()
        pages[-3].delete()
        make_pattern(title="Quokka late")

    while_it_is_written(lambda: as_somebody_else(edit))
    assert titles() == ["Numbat 0", "Numbat 7", "Quokka 3", "Quokka 4", "Quokka late"]  # a code stays
    assert titles("numbat") == ["Numbat 0", "Numbat 7"]
    assert Document.objects.values("key").distinct().count() == Document.objects.count()
    assert search("numbt", language="en").did_you_mean == "numbat"


def test_everything_is_found_meanwhile(pages):
    found = []
    while_it_is_written(lambda: as_somebody_else(lambda: found.append(titles())))
    assert found == [[f"Quokka {number}" for number in range(8)]]


def test_what_is_no_longer_there_goes_with_its_words(pages, put):
    put(title="Xylophone", key="news.gone:1", owner="news.gone:1")
    Document.objects.filter(owner="news.gone:1").update(analyser="older")
    assert titles("xylophone") == ["Xylophone"]
    assert Word.objects.filter(word="xylophone").exists()
    indexing.rebuild()
    assert titles("xylophone") == []
    assert not Word.objects.filter(word="xylophone").exists()
    assert Word.objects.filter(word="quokka").exists()


def test_a_rebuild_that_breaks_leaves_everything_to_be_found(pages):
    make_topic(title="Quokka topic")

    def breaks(written):
        raise KeyboardInterrupt

    before = titles()
    with pytest.raises(KeyboardInterrupt):
        indexing.rebuild(breaks)
    assert titles() == before


def test_two_who_index_the_same_page_at_once_do_not_break_each_other(pages):
    """A page is published while a tag that it carries is renamed."""
    with transaction.atomic():
        indexing.index(pages[0])
        other, failures = somebody_else(lambda: indexing.index(pages[0]))
        other.join(1)
        assert other.is_alive()
    other.join(LONGEST_WAIT)
    assert not failures, failures
    assert titles() == [f"Quokka {number}" for number in range(8)]
