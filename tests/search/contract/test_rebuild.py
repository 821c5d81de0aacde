"""The indices in Elasticsearch are written anew beside those that answer."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal import outbox
from search.engines.elasticsearch import agreement, notes, rebuild
from search.engines.elasticsearch.connection import alias, indices
from tests.factories import make_home, make_pattern

from .asking import follow, search, titles

pytestmark = pytest.mark.django_db(transaction=True)


def names(client):
    return sorted(name for several in indices(client).values() for name in several)


def differences(client):
    return agreement.differences(client, names(client))


def test_a_rebuild_writes_what_the_catalogue_has_and_leaves_one_index_for_each_language(elasticsearch, capsys):
    make_home()
    for number in range(3):
        make_pattern(title=f"Quokka {number}")
    outbox.pending(notes.TOPIC).delete()  # as if the notes had been lost
    before = names(elasticsearch)
    call_command("rebuild_search", engine="elasticsearch")
    assert "documents in" in capsys.readouterr().out
    after = names(elasticsearch)
    assert len(after) == len(before) == 7
    assert not set(after) & set(before)
    assert differences(elasticsearch) == []
    assert len(titles("quokka")) == 3
    assert rebuild.is_current()


def test_what_is_published_and_deleted_meanwhile_is_in_the_new_indices(elasticsearch):
    make_home()
    kept, gone = make_pattern(title="Quokka kept"), make_pattern(title="Quokka gone")
    late = []

    def meanwhile(written):
        if not late:
            late.append(make_pattern(title="Quokka late"))
            gone.delete()
            kept.title = "Quokka renamed"
            kept.save_revision().publish()
            follow()  # the worker goes on; it was the old indices that answered until now

    rebuild.rebuild(meanwhile)
    assert late
    assert sorted(titles("quokka")) == ["Quokka late", "Quokka renamed"]
    assert differences(elasticsearch) == []


def test_searches_are_answered_while_the_indices_are_written(elasticsearch):
    make_home()
    make_pattern(title="Quokka")
    follow()
    answers = []
    rebuild.rebuild(lambda written: answers.append(titles("quokka")))
    assert answers
    assert all(found == ["Quokka"] for found in answers)


def test_a_rebuild_that_fails_leaves_the_old_indices_answering(elasticsearch, settings):
    make_home()
    make_pattern(title="Quokka")
    follow()
    before = names(elasticsearch)

    def breaks(written):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild.rebuild(breaks)
    assert names(elasticsearch) == before
    assert titles("quokka") == ["Quokka"]


def test_a_rebuild_that_does_not_prove_right_is_taken_back(elasticsearch):
    make_home()
    make_pattern(title="Quokka")
    follow()
    before = names(elasticsearch)

    def spoil(written):
        (new,) = set(indices(elasticsearch)[alias("en")]) - set(before)
        stranger = {"owner": "stranger", "title": "Stranger", "language": "en", "kind": "pattern"}
        elasticsearch.index(index=new, id="stranger", document=stranger)

    with pytest.raises(CommandError, match=r"stay as they were.*pattern in en: 1 and 2"):
        call_command_with(spoil)
    assert names(elasticsearch) == before
    assert titles("quokka") == ["Quokka"]


def call_command_with(meanwhile):
    """The command, with something happening while it writes."""

    class Told(StringIO):
        def write(self, text):
            if "documents" in text and "rebuilt" not in text:
                meanwhile(text)
            return super().write(text)

    call_command("rebuild_search", engine="elasticsearch", stdout=Told())


def test_an_index_of_an_older_definition_is_written_anew_only_if_needed(elasticsearch, capsys):
    make_home()
    call_command("rebuild_search", engine="elasticsearch", if_needed=True)
    assert "up to date" in capsys.readouterr().out
    elasticsearch.indices.put_mapping(index=alias("fr"), meta={"version": "older"})
    call_command("rebuild_search", engine="elasticsearch", if_needed=True)
    assert "rebuilt" in capsys.readouterr().out


def test_without_an_address_the_command_says_so(db):
    with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
        call_command("rebuild_search", engine="elasticsearch")
    assert search("quokka", language="en").engine == "embedded"
