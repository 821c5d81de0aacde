"""A subject is one thing, whatever its texts say in which language."""

import uuid

import pytest

from search.engines.elasticsearch import joining
from search.engines.embedded import ranking

from .asking import search

pytestmark = pytest.mark.django_db


def test_what_a_title_says_in_one_language_and_a_text_in_another_counts_together(put):
    both = str(uuid.uuid4())
    for name in ("Watch", "Patrol and watch"):
        put("en", name)
    put("de", "Wache", body="Ein Text über Kwijibo und über Kwijibo")
    put("en", "Watch", subject=both)
    put("de", "Wache", subject=both, body="Ein langer Text über vieles, unter anderem einmal über Kwijibo")
    (first, *others) = search("watch kwijibo", language="en").hits
    assert (first.subject, len(others)) == (both, 3)


def test_a_word_that_stands_in_every_language_of_a_subject_counts_once(put):
    everywhere = str(uuid.uuid4())
    for language in ("es", "fr", "it"):
        put(language, "Kwijibo", subject=everywhere)
        for number in range(3):
            put(language, f"Bilby {number}")
    put("es", "Kwijibo", body="Quokka")
    assert search("kwijibo quokka", language="en").hits[0].subject != everywhere


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_of_answers_in_several_languages_have_each_subject_once(put, size, monkeypatch):
    for module in (joining, ranking):
        monkeypatch.setattr(module, "JOINED", 4)
    for number in range(7):
        put("en", "Patrol", subject=(subject := str(uuid.uuid4())))
        put("es", f"Kwijibo {number}", subject=subject)
    pages = [search("patrol kwijibo", language="en", page=page, limit=size).hits for page in range(1, 9)]
    assert len({hit.subject for page in pages for hit in page}) == sum(map(len, pages)) == 7
