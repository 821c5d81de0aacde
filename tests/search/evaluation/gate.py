from search.evaluation import baseline, running
from search.service import engine_named


def worse_than_stored(engine: str) -> str:
    """What became significantly worse in the test half; fails when the baseline says nothing of many questions."""
    found = running.own([], engine_named(engine), running.Options(half="test"))
    changes = baseline.compare(engine, found, baseline.read())
    for change in changes:
        known = change.compared / (change.compared + change.new)
        assert known >= 0.8, f"{change.language}: many questions are new; run `{baseline.RENEW} --engine {engine}`"
    return baseline.complaint(changes)
