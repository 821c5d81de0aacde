"""The guard on lines as people write them: `corpus/<language>.jsonl`. Fails when what it finds gets worse."""

import json
from pathlib import Path

import pytest

from portal.guard import languages, measuring, training

CORPUS = Path(__file__).parent / "corpus"
LEAST = {"email": 0.95, "iban": 0.95, "phone": 0.95, "plate": 0.95, "address": 0.8, "accusation": 0.8}
MOST_FALSE_ALARMS = 0.03


def test_no_line_of_the_corpus_was_learnt_from():
    for code in languages.CODES:
        measured = (json.loads(line)["text"] for line in (CORPUS / f"{code}.jsonl").read_text("utf-8").splitlines())
        assert {text for text, _accuses in training.lines(code)}.isdisjoint(measured)


@pytest.mark.parametrize("file", sorted(CORPUS.glob("*.jsonl")), ids=lambda file: file.stem)
def test_the_guard_finds_what_it_must_and_leaves_the_rest_alone(file):
    lines = file.read_text(encoding="utf-8").splitlines()
    score = measuring.score(lines)
    assert len(lines) >= 200
    assert {kind: score.recall(kind) for kind in LEAST if score.recall(kind) < LEAST[kind]} == {}
    assert score.false_alarms <= MOST_FALSE_ALARMS
