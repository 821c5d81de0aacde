"""Tables and JSON of what was measured."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .cases import Outcome
from .judged import ASKS
from .metrics import Estimate, ndcg, reciprocal_rank, summary

Measured = Mapping[str, Mapping[str, Sequence[Outcome]]]  # engine, language
HEADINGS = {"ndcg": "nDCG@10", "mrr": "MRR@10", "recall": "recall@10", "zero": "zero hits"}


def table(measured: Measured) -> Iterator[str]:
    heads = "".join(f"{HEADINGS[name]:>22}" for name in HEADINGS)
    yield f"{'engine':<14}{'language':<10}{'questions':>9}{heads}"
    for engine, languages in measured.items():
        for language, outcomes in languages.items():
            figures = summary(outcomes)
            asked = sum(outcome.case.has_answer for outcome in outcomes)
            cells = "".join(f"{_cell(figures[name]):>22}" for name in HEADINGS)
            yield f"{engine:<14}{language:<10}{asked:>9}{cells}"


def _cell(figure: Estimate) -> str:
    return f"{figure.mean:.3f} [{figure.low:.3f}, {figure.high:.3f}]"


def by_kind(measured: Measured) -> Iterator[str]:
    """nDCG@10 for each kind of question, and which steps answered."""
    for engine, languages in measured.items():
        for language, outcomes in languages.items():
            means = [(asks, _mean(o for o in outcomes if o.case.asks == asks)) for asks in ASKS]
            steps = Counter(outcome.step for outcome in outcomes)
            kinds = "  ".join(f"{asks} {mean:.2f}" for asks, mean in means if mean is not None)
            yield f"{engine:<14}{language:<10}{kinds}"
            yield f"{'':<24}steps: {', '.join(f'{step} {count}' for step, count in steps.most_common())}"


def _mean(outcomes: Iterator[Outcome]) -> float | None:
    values = [ndcg(outcome) for outcome in outcomes if outcome.case.has_answer]
    return sum(values) / len(values) if values else None


def failures(outcomes: Sequence[Outcome], below: float) -> Iterator[str]:
    """The questions answered worst, each with what came first and what was missed: for those who improve the search."""
    answerable = [outcome for outcome in outcomes if outcome.case.has_answer]
    for outcome in sorted(answerable, key=ndcg):
        if ndcg(outcome) >= below:
            return
        case = outcome.case
        first = [f"{subject}({case.grades.get(subject, 0)})" for subject in outcome.ranked[:8]]
        missed = [f"{name}({grade})" for name, grade in case.grades.items() if name not in outcome.ranked]
        yield f"{ndcg(outcome):.2f} {case.language} {case.asks} {outcome.step}: {case.text}"
        yield f"     found: {' '.join(first) or 'nothing'}"
        yield f"     missed: {' '.join(missed) or 'nothing'}"


def as_json(measured: Measured) -> dict[str, Any]:
    return {
        engine: {
            language: {
                "questions": sum(outcome.case.has_answer for outcome in outcomes),
                "measures": {name: vars(figure) for name, figure in summary(outcomes).items()},
                "outcomes": [_outcome(outcome) for outcome in outcomes],
            }
            for language, outcomes in languages.items()
        }
        for engine, languages in measured.items()
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "query": outcome.case.text,
        "asks": outcome.case.asks,
        "half": outcome.case.half,
        "step": outcome.step,
        "total": outcome.total,
        "ndcg": round(ndcg(outcome), 4),
        "mrr": round(reciprocal_rank(outcome), 4),
        "first": list(outcome.ranked),
    }
