"""What only the embedded engine does, on the database of the run; what every engine must do stands in `contract`."""

import uuid

import pytest

from search.documents import SearchDocument
from search.engines.embedded.postgres import LAST_POSITION, POSITIONS_PER_WORD, vector
from search.models import Word
from search.service import engine, search
from tests.factories import make_home

pytestmark = pytest.mark.django_db


def test_a_rebuild_replaces_everything(put):
    put(title="Old words")
    home = make_home()
    new = SearchDocument("new", "new", home.pk, str(uuid.uuid4()), "page", "en", "/en/new/", "New words")
    seen = []
    assert engine().rebuild(iter([new]), seen.append) == 1
    assert seen == [1]
    assert [hit.title for hit in search("words", language="en").hits] == ["New <mark>words</mark>"]
    assert set(Word.objects.values_list("word", flat=True)) == {"new", "words"}


def test_long_texts_fit_into_a_vector():
    fields = {"title": ["a"], "labels": [], "summary": [], "headings": [], "body": ["b"] * 30_000 + ["c"]}
    text = vector(fields)
    assert text.startswith("'a':1B 'b':3001,")
    assert text.count(",") == POSITIONS_PER_WORD - 1
    assert "'c'" not in text or str(LAST_POSITION) in text
