"""What the embedded engine keeps in the process between searches ends with what it was read from."""

import pytest
from django.db import connection, transaction

from search.engines.embedded import postings
from search.models import Document
from search.service import engine, search

pytestmark = pytest.mark.django_db(transaction=True)


def titles(text):
    return {str(hit.title).replace("<mark>", "").replace("</mark>", "") for hit in search(text, language="en").hits}


@pytest.fixture
def frequent(monkeypatch):
    """Every word is a frequent one."""
    monkeypatch.setattr(postings, "FREQUENT", 1)


def test_where_a_frequent_word_occurs_is_known_until_the_index_changes(put, frequent):
    first = put(title="Quokkas", body="A bilby")
    assert titles("quokka bilby") == {"Quokkas"}
    assert {kept.strip("(')") for kept in postings.current()} == {"enquokka", "enbilbi"}  # PostgreSQL's with its marks
    assert titles("quokka bilby") == {"Quokkas"}
    put(title="Another quokka")
    assert titles("quokka bilby") == {"Quokkas", "Another quokka"}
    engine().delete([first.owner])
    assert titles("quokka bilby") == {"Another quokka"}
    engine().rebuild([], lambda written: None)
    assert titles("quokka bilby") == set()


def test_scores_from_what_is_kept_are_the_same(put, frequent):
    for number in range(5):
        put(title=f"Quokka {number}", body="quokka bilby " * number)
    put(body="A bilby alone")
    fresh = [(hit.subject, hit.score) for hit in search("quokka bilby", language="en").hits]
    assert postings.current()
    assert [(hit.subject, hit.score) for hit in search("quokka bilby", language="en").hits] == fresh


def test_no_more_is_kept_than_the_process_has_room_for(put, frequent, monkeypatch):
    monkeypatch.setattr(postings, "MOST_KEPT", 2)
    put(title="Quokka bilby wombat")
    assert titles("quokka bilby wombat")
    assert len(postings.current()) == 2
    assert titles("quokka bilby wombat")


def test_nothing_stays_of_a_transaction_that_is_rolled_back(put, frequent):
    put(title="Wombat")
    with transaction.atomic():
        put(title="Quokka", subject="taken back")
        assert titles("quokka") == {"Quokka"}
        number = Document.objects.get(subject="taken back").pk
        transaction.set_rollback(True)
    assert titles("quokka") == set()
    kept = put(title="Bilby")
    if connection.vendor == "sqlite":  # which gives the number again
        assert Document.objects.get(subject=kept.subject).pk == number
    assert titles("quokka") == set()
    assert titles("bilby") == {"Bilby"}
    assert [hit.subject for hit in search("bilby", language="en").hits] == [kept.subject]
