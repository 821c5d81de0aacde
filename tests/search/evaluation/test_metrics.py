"""The measures against values worked out by hand."""

import math

import pytest

from search.evaluation.cases import Case, Outcome
from search.evaluation.metrics import estimate, found_nothing, gain, ndcg, recall, reciprocal_rank, summary

GRADES = {"a": 3, "b": 2, "c": 1}


def outcome(*ranked, grades=GRADES, total=None):
    return Outcome(Case("question", "en", grades), ranked, len(ranked) if total is None else total)


def test_ndcg_is_one_for_the_best_order_and_counts_grades_by_place():
    assert ndcg(outcome("a", "b", "c")) == 1
    best = 7 + 3 / math.log2(3) + 1 / 2
    assert ndcg(outcome("x", "a")) == pytest.approx(7 / math.log2(3) / best)
    assert ndcg(outcome("c", "b", "a")) == pytest.approx((1 + 3 / math.log2(3) + 7 / 2) / best)
    assert ndcg(outcome()) == 0


def test_nothing_counts_beyond_the_tenth_hit():
    late = outcome(*(f"x{n}" for n in range(10)), "a")
    assert (ndcg(late), reciprocal_rank(late), recall(late)) == (0, 0, 0)


def test_reciprocal_rank_and_recall():
    assert reciprocal_rank(outcome("x", "c", "a")) == 1 / 2
    assert recall(outcome("x", "c", "a")) == 2 / 3
    many = {f"s{n}": 1 for n in range(20)}
    assert recall(outcome(*list(many)[:10], grades=many)) == 1


def test_zero_hits_are_those_of_questions_with_an_answer():
    nothing_to_find = outcome(grades={}, total=0)
    assert found_nothing(outcome(total=0)) == 1
    assert summary([outcome("a"), nothing_to_find])["zero"].mean == 0


def test_an_interval_holds_the_mean_narrows_with_more_questions_and_is_the_same_each_time():
    few, many = estimate([0, 1] * 10), estimate([0, 1] * 200)
    assert few.low < few.mean == 0.5 < few.high
    assert many.high - many.low < (few.high - few.low) / 2
    assert estimate([0, 1] * 10) == few
    assert estimate([]).mean == 0


def test_a_gain_is_paired():
    before = [0.1, 0.9] * 20
    assert gain(before, [value + 0.05 for value in before]).low > 0  # though single values differ by far more
    assert gain(before, [value - 0.05 for value in before]).high < 0
    noise = gain([0.2, 0.8] * 20, [0.8, 0.2] * 20)
    assert noise.low < 0 < noise.high
    with pytest.raises(ValueError, match="different questions"):
        gain([1], [1, 1])
