"""What only the embedded engine does, on the database of the run; what every engine must do stands in `contract`."""

import uuid

import pytest

from search.documents import SearchDocument
from search.engines.embedded import postgres, ranking
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.embedded.plan import LanguagePlan, Plan, make_plan
from search.engines.embedded.postgres import POSITIONS_PER_WORD, vector
from search.engines.embedded.scoring import cover
from search.engines.embedded.store import Row, documents_by_language
from search.models import Word
from search.parsing import parse
from search.service import engine, search
from search.shown import Shown
from tests.factories import make_home

pytestmark = pytest.mark.django_db


def test_a_rebuild_replaces_everything(put):
    put(title="Old words")
    home = make_home()
    new = SearchDocument("new", "new", home.pk, str(uuid.uuid4()), "page", "en", "/en/new/", "New words")
    seen = []
    assert engine().rebuild([[new]], seen.append) == 1
    assert seen == [1]
    assert [hit.title for hit in search("words", language="en").hits] == ["New <mark>words</mark>"]
    assert set(Word.objects.values_list("word", flat=True)) == {"new", "words"}


def test_long_texts_fit_into_a_vector():
    fields = {"title": ["a"], "labels": [], "summary": [], "headings": [], "asked": [], "body": ["b"] * 30_000 + ["c"]}
    text = vector(fields)
    assert text.startswith("'a':1B 'b':4001,")
    assert text.count(",") == POSITIONS_PER_WORD - 1
    assert "'c'" not in text


def first(text, language="en"):
    return search(text, language=language).hits[0].title


def test_one_text_with_a_rare_word_for_a_common_thing_does_not_come_first_for_it(put):
    for number in range(12):
        put(title=f"Text {number}", body="The police and others")
    put(title="Rare", body="A cop and others")
    put(title="Often", body="The police, the police and once more the police")
    assert first("police") == "Often"


def test_what_the_languages_of_a_subject_say_counts_together(put):
    """The title was translated first; the text has the name that was asked for."""
    for number in range(6):
        put(title=f"Filler {number}", body="Patrols of another kind")
        put("es", f"Relleno {number}", body="Algo distinto")
    both = str(uuid.uuid4())
    put("en", "Patrols", subject=both)
    put("es", "Rondas", subject=both, body="Un texto largo sobre otras cosas y sobre Kwijibo, entre otras muchas cosas")
    put("en", "Patrols elsewhere")
    put("es", "Otro", body="Un texto largo sobre otras cosas y sobre Kwijibo, entre otras muchas cosas")
    found = search("patrols kwijibo", language="en").hits
    assert found[0].subject == both
    assert found[0].title == "<mark>Patrols</mark>"


def test_half_a_question_in_two_languages_is_half_of_it(put):
    both = str(uuid.uuid4())
    put("en", "Patrols", subject=both)
    put("es", "Patrols", subject=both)
    put("en", "Kwijibo")
    query = parse("patrols kwijibo", "en")
    found = EmbeddedEngine().store.match(make_plan(query, documents_by_language()), Shown(None)).rows
    ranking.join_languages(best := ranking.fold_subjects(found, query), found, query)
    assert next(row.covered for row in best if row.subject == both) < 0.7


def test_a_word_that_nothing_has_does_not_make_all_texts_alike():
    rows = [Row(1.0, pk, 1, "", "en", "", 1.0, 0, terms=terms) for pk, terms in enumerate([0b11, 0b01, 0b01])]
    cover(rows, Plan("", [LanguagePlan("en", [("a",), ("b",), ("nowhere",)], [], [])]))
    assert rows[0].covered == 1
    assert rows[1].covered < 0.5


def test_what_is_not_worth_an_exact_score_is_counted_filtered_and_shown_in_its_turn(put, monkeypatch):
    monkeypatch.setattr(postgres, "RESCORED", 3)  # of PostgreSQL alone
    both = str(uuid.uuid4())
    for number in range(14):
        put(
            title=f"Text {number}",
            body="quokka " * number + "bilby",
            facets={"country": ("IT", "ES")[number % 2 :][:1]},
        )
    put("en", "Wombat", subject=both, body="A bilby", facets={"country": ("NL",)})
    put("es", "Uombat", subject=both, body="A bilby", facets={"country": ("NL",)})

    def pages(**filters):
        found = [search("quokka bilby", language="en", filters=filters, page=n, limit=4) for n in (1, 2, 3, 4, 5)]
        assert {result.total for result in found} == {sum(len(result.hits) for result in found)}
        return [hit.subject for result in found for hit in result.hits], found[0]

    subjects, result = pages()
    assert len(subjects) == len(set(subjects)) == 15
    assert subjects[-2:].count(both) == 1  # it holds half of the query, as one other does
    assert result.facets["country"] == {"IT": 7, "ES": 7, "NL": 1}
    subjects, result = pages(country=["ES"])
    assert len(set(subjects)) == 7
    assert result.facets["country"] == {"IT": 7, "ES": 7, "NL": 1}
    newest = search("quokka bilby", language="en", sort="newest")
    assert newest.total == 15
    assert len(newest.hits) == 10
