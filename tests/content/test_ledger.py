from collections import defaultdict

import pytest
from django.conf import settings

from content.files import read_records

from .ledger import FACTS, LINES, NO_PLACE


@pytest.fixture(scope="module")
def placed():
    """The files that name each line of the sources."""
    found = defaultdict(set)
    for record in read_records(settings.BASE_DIR / "content", []):
        for line in record.ledger:
            found[line].add(record.path.stem)
    return found


def test_every_line_of_the_sources_is_accounted_for():
    lines = {f"{source}:L{number}" for source, numbers in LINES.items() for number in numbers}
    accounted = {fact.line for fact in FACTS} | set(NO_PLACE)
    assert lines == accounted


def test_no_line_both_has_a_place_and_has_none():
    assert not {fact.line for fact in FACTS} & set(NO_PLACE)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.line} {fact.what}")
def test_fact_has_its_places(fact, placed):
    missing = set(fact.places.split()) - placed[fact.line]
    assert not missing, f"{sorted(missing)} should name {fact.line} under `ledger`"


def test_files_name_only_lines_that_exist(placed):
    lines = {f"{source}:L{number}" for source, numbers in LINES.items() for number in numbers}
    assert set(placed) - lines <= {"S4:L5"}  # an empty line that one page mentions
