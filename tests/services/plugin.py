"""How the tests meet databases and services: what is found is used, what is missing is said or, if required, fails."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import TestCase, TransactionTestCase
from pytest_django.plugin import blocking_manager_key

from . import chromium, validator, valkey
from .database import TestDatabase, test_database
from .elasticsearch import build as elasticsearch_build
from .elasticsearch.server import Node, server

REQUIRED = os.environ.get("REQUIRE_SERVICES") == "1"
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "admin_client", "admin_user", "django_db_setup"}
ELASTICSEARCH_FIXTURES = {"elasticsearch_node", "elasticsearch_url", "elasticsearch"}
NOT_RUN = "not run: "
database_key = pytest.StashKey[TestDatabase]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-bound", action="store_true", help="only tests that use the database, without browser")


def on_postgres() -> bool:
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def is_database_bound(item: pytest.Item) -> bool:
    uses = DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    django_test = getattr(item, "cls", None) and issubclass(item.cls, TransactionTestCase)  # type: ignore[attr-defined]
    return bool(item.get_closest_marker("django_db") or uses or django_test)


def uses_elasticsearch(item: pytest.Item) -> bool:
    uses = ELASTICSEARCH_FIXTURES & set(getattr(item, "fixturenames", ()))
    return bool(uses or item.get_closest_marker("elasticsearch"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept, dropped = [], []
    for item in items:
        browser, postgres = item.get_closest_marker("browser"), item.get_closest_marker("postgres")
        if browser:  # one worker drives the browser and the site it looks at
            item.add_marker(pytest.mark.xdist_group("browser"))
        on_elasticsearch = uses_elasticsearch(item)
        if on_elasticsearch:  # one node serves them all
            item.add_marker(pytest.mark.xdist_group("elasticsearch"))
        elsewhere = postgres and not on_postgres() and os.environ.get("PORTAL_POSTGRES", "not found") != "not found"
        # The other index is the same beside any database.
        not_bound = (
            browser or on_elasticsearch or item.get_closest_marker("any_database") or not is_database_bound(item)
        )
        wrong = config.getoption("--database-bound") and not_bound
        (dropped if wrong or elsewhere else kept).append(item)
    items[:] = kept
    if dropped:
        config.hook.pytest_deselected(items=dropped)


def missing(what: str) -> None:
    if REQUIRED:
        pytest.fail(f"REQUIRE_SERVICES=1, but {what}", pytrace=False)
    pytest.skip(f"{NOT_RUN}{what}")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("postgres") and not on_postgres():
        missing("this needs PostgreSQL")


# The database


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any) -> Iterator:
    with django_db_blocker.unblock():
        database = test_database()
        database.prepare()
    # Django would empty two hundred tables and fill some again, a moment before the database is replaced.
    TransactionTestCase._fixture_teardown = lambda case: None  # type: ignore[method-assign]
    request.config.stash[database_key] = database
    yield
    with django_db_blocker.unblock():
        database.remove()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator:
    """After a test that really commits, the database is made anew. After the last test of all it is gone already."""
    result = yield
    mark = item.get_closest_marker("django_db")
    committed = bool(mark and mark.kwargs.get("transaction"))
    committed |= bool({"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())))
    cls = getattr(item, "cls", None)
    committed |= bool(cls and issubclass(cls, TransactionTestCase) and not issubclass(cls, TestCase))
    if committed and nextitem is not None and database_key in item.config.stash:
        with item.config.stash[blocking_manager_key].unblock():
            item.config.stash[database_key].restore()
    return result


# The other services


@pytest.fixture(scope="session")
def valkey_url() -> Iterator[str]:
    """The address of an empty Valkey or Redis server."""
    with valkey.server() as url:
        if not url:
            missing("neither valkey-server nor redis-server was found")
        yield url


@pytest.fixture(scope="session")
def elasticsearch_node() -> Iterator[Node]:
    """A node that the test may stop and start again; it leaves it running."""
    if reason := elasticsearch_build.missing():
        missing(reason)
    with server() as node:
        yield node


@pytest.fixture(scope="session")
def elasticsearch_url(request: pytest.FixtureRequest) -> str:
    """The address of a real Elasticsearch: the one named by ELASTICSEARCH_URL_TEST, or a node of this run."""
    return os.environ.get("ELASTICSEARCH_URL_TEST") or request.getfixturevalue("elasticsearch_node").url


@pytest.fixture(scope="session")
def html_errors(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, str]], list[str]]:
    """What the Nu HTML checker finds wrong in pages, given by their addresses."""
    if reason := validator.missing():
        missing(reason)

    def check(pages: dict[str, str]) -> list[str]:
        folder, names = tmp_path_factory.mktemp("html"), {}
        for number, (address, html) in enumerate(pages.items()):
            names[f"{number}.html"] = address
            (folder / f"{number}.html").write_text(html)
        wrong = []
        for line in validator.errors(folder):
            name, _colon, what = line.replace('"', "", 2).partition(":")
            wrong.append(f"{names.get(name, name)} {what}")
        return wrong

    return check


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = chromium.program()
    if not path:
        missing("Chromium was not found")
    return path


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator:
    """A Playwright browser on the system's Chromium."""
    with chromium.browser(chromium_path) as running:
        yield running


# What was not run


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if os.environ.get("DATABASE_URL"):
        return
    skipped = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", ()) if len(report.longrepr) == 3]
    reasons = [text.partition(NOT_RUN)[2] for text in skipped if NOT_RUN in text]
    terminalreporter.section("databases and services")
    found = {
        "SQLite": "used",
        "PostgreSQL": os.environ.get("PORTAL_POSTGRES", "not asked for: `make test` without ARGS runs it"),
        "Valkey or Redis": valkey.program() or "not found",
        "Elasticsearch": elasticsearch_build.missing() or "used by the tests that need it",
        "Chromium": chromium.program() or "not found",
        "gettext": shutil.which("xgettext") or "not found",
        "translate-toolkit": shutil.which("xliff2po") or "not found",
    }
    for name, what in found.items():
        terminalreporter.write_line(f"{name:<18}{what}")
    for reason in sorted(set(reasons)):
        terminalreporter.write_line(f"Not run: {reasons.count(reason)} tests: {reason}")
    if not reasons:
        terminalreporter.write_line("Nothing was left out for want of a service.")
