"""The build fails when the search answers the judged questions significantly worse than it did."""

import pytest

from search.evaluation import baseline, judged
from search.evaluation.cases import Case, Outcome
from search.service import ENGINES

from .gate import worse_than_stored


def outcomes(*ranks):
    """Questions whose one answer came at these places."""
    cases = [Case(f"question {n}", "en", {"answer": 3}) for n in range(len(ranks))]
    return [Outcome(case, (*("other",) * (rank - 1), "answer"), rank) for case, rank in zip(cases, ranks, strict=True)]


def compared(before, after, tmp_path):
    path = tmp_path / "baseline.json"
    baseline.write({"embedded": {"en": before}}, path)
    return baseline.compare("embedded", {"en": after}, baseline.read(path))


def test_a_real_drop_is_told_with_the_questions_that_lost_and_how_to_renew(tmp_path):
    changes = compared(outcomes(*[1] * 20), outcomes(*[1] * 8, *[4] * 12), tmp_path)
    text = baseline.complaint(changes)
    assert "embedded, en: nDCG@10 -0.3" in text
    assert "-0.57 question 10" in text
    assert "search_eval --renew-baseline" in text


def test_no_change_a_gain_and_chance_are_no_drop(tmp_path):
    same = outcomes(*[1, 2, 3] * 8)
    assert baseline.complaint(compared(same, same, tmp_path)) == ""
    assert baseline.complaint(compared(same, outcomes(*[1] * 24), tmp_path)) == ""
    assert baseline.complaint(compared(same, outcomes(*[2, 1, 3] * 8), tmp_path)) == ""


def test_new_questions_are_not_compared_and_other_engines_keep_their_figures(tmp_path):
    (change,) = compared(outcomes(1, 1), outcomes(1, 1, 9), tmp_path)
    assert (change.compared, change.new, change.gain.mean) == (2, 1, 0)
    path = tmp_path / "baseline.json"
    baseline.write({"elasticsearch": {"en": outcomes(1)}}, path)
    assert set(baseline.read(path)) == {"elasticsearch", "embedded"}


@pytest.mark.content
@pytest.mark.django_db
def test_the_search_answers_the_test_half_as_well_as_the_stored_baseline(loaded_site):
    complaint = worse_than_stored("embedded")
    assert not complaint, complaint


@pytest.mark.parametrize("engine", ENGINES)
def test_the_baseline_holds_every_language(engine):
    assert set(baseline.read()[engine]) == set(judged.languages())
