"""How good an answer is, and how sure we can be of an average.

Every measure looks at the first ten hits: few readers go further.
"""

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .cases import Outcome

CUT = 10
DRAWS = 1000
SEED = 20171

Measure = Callable[[Outcome], float]


def ndcg(outcome: Outcome) -> float:
    """1 where the best answers come first, in the order of their grades.

    A page of grade g counts 2^g - 1, so that one that answers the question outweighs several worth a look.
    """
    grades = outcome.case.grades
    got = _discounted([grades.get(subject, 0) for subject in outcome.ranked[:CUT]])
    best = _discounted(sorted(grades.values(), reverse=True)[:CUT])
    return got / best if best else 0.0


def _discounted(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))


def reciprocal_rank(outcome: Outcome) -> float:
    """One over the place of the first hit that has any grade; 0 if there is none among ten."""
    for place, subject in enumerate(outcome.ranked[:CUT], start=1):
        if outcome.case.grades.get(subject):
            return 1 / place
    return 0.0


def recall(outcome: Outcome) -> float:
    """The share of the graded subjects that are among the first ten, of which there can be ten at most."""
    grades = outcome.case.grades
    if not grades:
        return 0.0
    found = sum(bool(grades.get(subject)) for subject in outcome.ranked[:CUT])
    return found / min(len(grades), CUT)


def found_nothing(outcome: Outcome) -> float:
    return float(not outcome.total)


MEASURES: Mapping[str, Measure] = {
    "ndcg": ndcg,
    "mrr": reciprocal_rank,
    "recall": recall,
    "zero": found_nothing,
}


@dataclass(frozen=True)
class Estimate:
    """An average and the interval in which it lies with 95 % likelihood, had other questions been asked."""

    mean: float
    low: float
    high: float


def estimate(values: Sequence[float]) -> Estimate:
    if not values:
        return Estimate(0.0, 0.0, 0.0)
    low, high = _interval(values)
    return Estimate(sum(values) / len(values), low, high)


def gain(before: Sequence[float], after: Sequence[float]) -> Estimate:
    """How much better the same questions, in the same order, are answered than before; significant without 0 in it."""
    if len(before) != len(after):
        raise ValueError("The two runs answer different questions.")
    return estimate([new - old for old, new in zip(before, after, strict=True)])


def _interval(values: Sequence[float]) -> tuple[float, float]:
    """Bootstrap: averages of many draws of as many questions, each question as likely to come as any other."""
    chance = random.Random(SEED)  # noqa: S311 - the same draws each time, so that runs can be compared
    count = len(values)
    means = sorted(sum(chance.choices(values, k=count)) / count for _draw in range(DRAWS))
    tail = DRAWS // 40
    return means[tail], means[-tail - 1]


def summary(outcomes: Sequence[Outcome]) -> dict[str, Estimate]:
    """Every measure over the questions that have an answer."""
    answerable = [outcome for outcome in outcomes if outcome.case.has_answer]
    return {name: estimate([measure(outcome) for outcome in answerable]) for name, measure in MEASURES.items()}
