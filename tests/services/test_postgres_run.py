import os

from .plugin import missing


def test_the_database_bound_tests_passed_on_postgresql():
    """`make test` runs them before this run; here the outcome joins the result."""
    outcome = os.environ.get("PORTAL_POSTGRES", "not found")
    if outcome == "not found":
        missing("PostgreSQL was not found or not asked for")
    assert outcome.startswith("passed"), f"on PostgreSQL the tests {outcome}: see the first run above"
