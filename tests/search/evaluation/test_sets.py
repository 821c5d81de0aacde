"""Judged files, sets in the form of SQuAD, typos, and the scratch index."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search.evaluation import judged, squad
from search.evaluation.scratch import scratch_index
from search.evaluation.typos import with_typo
from search.models import Document, Word
from search.service import engine_named, search
from tests.factories import make_home, make_pattern

LANGUAGES = ("ca", "de", "en", "es", "fr", "it", "nl")


def set_of(*texts):
    paragraphs = [
        {"context": text, "qas": [{"id": f"question {n}", "question": question}]}
        for n, (text, question) in enumerate(texts)
    ]
    return {"data": [{"title": "An_article", "paragraphs": paragraphs}], "version": "1.1"}


@pytest.fixture
def folder(tmp_path):
    english = [("The quokka lives on an island", "Where does the quokka live?"), ("The wombat digs", "Who is digging?")]
    german = [("Das Beuteltier lebt auf einer Insel", "Wo lebt es?"), ("Ein anderes gräbt", "Wer gräbt?")]
    (tmp_path / "zoo.en.json").write_text(json.dumps(set_of(*english)))
    (tmp_path / "zoo.de.json").write_text(json.dumps(set_of(*german)))
    (tmp_path / "notes.txt").write_text("not a set")
    return tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_judged_sets_are_whole(language):
    cases = judged.read(language)
    assert len(cases) >= 40
    assert len({case.text for case in cases}) == len(cases)
    assert {case.asks for case in cases} == set(judged.ASKS)
    assert abs(len(cases) - 2 * len(judged.read(language, "test"))) <= 4
    assert sum(not case.has_answer for case in cases) <= 2


def test_a_wrong_judgement_says_where(tmp_path, monkeypatch):
    monkeypatch.setattr(judged, "FOLDER", tmp_path)
    (tmp_path / "en.yaml").write_text("- {query: quokka, asks: keywords, half: dev, relevant: {pattern/x: 4}}")
    with pytest.raises(judged.WrongJudgement, match=r"en\.yaml: 'quokka'.*grades from 1 to 3"):
        judged.read("en")


@pytest.mark.django_db
def test_a_grade_for_a_page_that_the_site_does_not_have_is_refused():
    make_home()
    with pytest.raises(CommandError, match=r"The site has no .*pattern/"):
        call_command("search_eval", lang=["en"], stdout=StringIO())


def test_a_typo_changes_the_longest_word_and_never_its_first_letter():
    for text, before in (("where is the neighbourhood", "where is the n"), ("die Nachbarschaftswache", "die N")):
        wrong = with_typo(text)
        assert wrong == with_typo(text) != text
        assert wrong.startswith(before)
        assert abs(len(wrong) - len(text)) <= 1
    assert with_typo("aaaaaaa") != "aaaaaaa"
    assert with_typo("so it is") == "so it is"


def test_sets_are_found_by_language_and_split_alike_in_each(folder):
    files = squad.files(folder)
    assert list(files) == ["de", "en"]
    cases = squad.cases(squad.read(files["en"]), "en")
    assert [case.grades for case in cases] == [{"paragraph 1": 3}, {"paragraph 2": 3}]
    halves = [squad.half_of(f"id {n}") for n in range(400)]
    assert halves == [squad.half_of(f"id {n}") for n in range(400)]
    assert 150 < halves.count("dev") < 250


@pytest.mark.django_db
def test_a_scratch_index_leaves_no_trace():
    make_pattern(title="Quokka")
    documents, words = Document.objects.count(), Word.objects.count()
    with scratch_index(engine_named("embedded")) as scratch:
        scratch.put([scratch.document("k", "s", "en", body="wombat")])
        assert search("quokka", language="en").total == 0
        assert search("wombat", language="en").total == 1
    assert (Document.objects.count(), Word.objects.count()) == (documents, words)
    assert search("quokka", language="en").total == 1
    assert search("wombat", language="en").total == 0
    with pytest.raises(KeyError), scratch_index(engine_named("embedded")):
        raise KeyError
    assert Document.objects.count() == documents


@pytest.mark.django_db
def test_scratch_indices_one_after_the_other_find_their_own_texts():
    make_home()
    for word in ("quokka", "wombat"):
        with scratch_index(engine_named("embedded")) as scratch:
            scratch.put(scratch.document(f"k{n}", f"{word} {n}", "en", body=word) for n in range(3))
            assert {hit.subject for hit in search(word, language="en").hits} == {f"{word} {n}" for n in range(3)}


def measured(*arguments, **options):
    out = StringIO()
    call_command("search_eval", *arguments, json=True, stdout=out, **options)
    return json.loads(out.getvalue())["embedded"]


@pytest.mark.django_db
def test_a_set_in_the_form_of_squad_is_measured(folder):
    make_home()
    figures = measured(folder)
    assert list(figures) == ["de", "en"]
    assert figures["en"]["measures"]["mrr"]["mean"] == 1
    assert figures["en"]["outcomes"][0]["first"][0] == "paragraph 1"


@pytest.mark.django_db
def test_questions_in_another_language_need_a_bridge(folder):
    make_home()
    alone = measured(folder, lang=["de"], cross="en")["de"]
    with_texts = measured(folder, lang=["de"], cross="en", bridge="texts")["de"]
    assert with_texts["measures"]["mrr"]["mean"] == 1 > alone["measures"]["mrr"]["mean"]


@pytest.mark.django_db
def test_a_set_that_cannot_be_read_says_so(folder, tmp_path):
    make_home()
    with pytest.raises(CommandError, match="no set in fr"):
        call_command("search_eval", folder, lang=["fr"], stdout=StringIO())
    broken = tmp_path / "broken.en.json"
    broken.write_text("{}")
    with pytest.raises(CommandError, match="data"):
        call_command("search_eval", broken, stdout=StringIO())
    with pytest.raises(CommandError, match="leave the path out"):
        call_command("search_eval", folder, compare=True, stdout=StringIO())
