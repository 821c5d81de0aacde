"""Test databases copied from a template, since running the migrations takes half a minute, and so does the content.

The template is made once per state of whatever shapes it (migrations, settings, what runs after migrating, package
versions) and kept in pytest's cache folder on SQLite, in the server on PostgreSQL. A fresh clone has none, so CI
always runs the migrations.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

ROOT = Path(__file__).resolve().parent.parent.parent
CACHE = ROOT / ".pytest_cache" / "databases"
KEPT_SECONDS = 24 * 60 * 60
KEPT_CONTENT_SECONDS = 60 * 60  # any change of the code makes another
CONTENT = ("content/**/*.yaml", "content/**/*.po", "[a-z]*/**/*.py")
SHAPING = (
    "*/migrations/*.py",
    "portal/settings/*.py",
    "*/apps.py",
    "*/signals.py",
    "portal/groups.py",
    "requirements.txt",
)


def state() -> str:
    digest = hashlib.sha256()
    paths = {path for pattern in SHAPING for path in ROOT.glob(pattern)}
    paths |= {path for path in ROOT.glob("*/*.py") if b"post_migrate" in path.read_bytes()}
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def content_state() -> str:
    """What the loaded content depends on: the files, and nearly any code, since publishing runs much of it."""
    digest = hashlib.sha256(state().encode())
    for path in sorted({path for pattern in CONTENT for path in ROOT.glob(pattern) if "tests" not in path.parts}):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@contextmanager
def alone(what: str = "lock") -> Iterator[None]:
    """One process at a time makes a template."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / what).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class TestDatabase(ABC):
    """The database of one test process: `restore()` gives it the template's content again."""

    def __init__(self) -> None:
        self.template = self.migrated = f"portal_template_{state()}"
        self.name = f"portal_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"

    def prepare(self) -> None:
        with alone():
            if not self.has_template():
                self.make_template()
        self.restore()

    def prepare_content(self) -> None:
        """From now on, `restore()` gives the database with the whole first content loaded."""
        content = f"portal_content_{content_state()}"
        with alone("content-lock"):
            self.template = content
            if not self.has_template():
                self.leave_content()
                call_command("load_content", verbosity=0)
                self.keep_as(content)
                self.template = content
        self.restore()

    def leave_content(self) -> None:
        self.template = self.migrated
        self.restore()

    def use(self, name: str | Path) -> None:
        connections.close_all()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(name)

    @abstractmethod
    def has_template(self) -> bool: ...

    @abstractmethod
    def make_template(self) -> None: ...

    @abstractmethod
    def keep_as(self, name: str) -> None:
        """Keep a copy of the database of this process as the template `name`."""

    @abstractmethod
    def restore(self) -> None: ...

    @abstractmethod
    def remove(self) -> None: ...


class SQLiteDatabase(TestDatabase):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="portal-test-"))
        self.copies = 0

    @property
    def template_file(self) -> Path:
        return CACHE / f"{self.template}.sqlite3"

    def has_template(self) -> bool:
        return self.template_file.exists()

    def make_template(self) -> None:
        for old in CACHE.glob("portal_template_*"):
            if time.time() - old.stat().st_mtime > KEPT_SECONDS:  # a newer one may serve another run
                old.unlink()
        self.use(self.folder / "template.sqlite3")
        call_command("migrate", verbosity=0)
        self._into_one_file()
        shutil.move(self.folder / "template.sqlite3", self.template_file)

    def keep_as(self, name: str) -> None:
        for old in CACHE.glob("portal_content_*"):
            if time.time() - old.stat().st_mtime > KEPT_CONTENT_SECONDS:
                old.unlink()
        self._into_one_file()
        shutil.copy(connection.settings_dict["NAME"], CACHE / f"{name}.sqlite3")

    def _into_one_file(self) -> None:
        """Stays in WAL mode: to change into it, two connections that open at once would lock each other out."""
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections.close_all()

    def restore(self) -> None:
        """Into a new file: a thread of the live server may still be at work on the one before."""
        for before in self.folder.glob(f"{self.name}_*"):
            before.unlink(missing_ok=True)
        self.copies += 1
        path = self.folder / f"{self.name}_{self.copies}.sqlite3"
        shutil.copy(self.template_file, path)
        self.use(path)

    def remove(self) -> None:
        connections.close_all()
        shutil.rmtree(self.folder, ignore_errors=True)


class PostgresDatabase(TestDatabase):
    def has_template(self) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template])
            return cursor.fetchone() is not None

    def make_template(self) -> None:
        building = f"{self.template}_new"
        self._run(f'DROP DATABASE IF EXISTS "{building}" WITH (FORCE)', f'CREATE DATABASE "{building}"')
        self.use(building)
        call_command("migrate", verbosity=0)
        connections.close_all()
        self._run(f'ALTER DATABASE "{building}" RENAME TO "{self.template}"')

    def keep_as(self, name: str) -> None:
        connections.close_all()
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self.name}"')

    def restore(self) -> None:
        self.use(self.name)
        with alone():  # a template has one reader at a time
            self._run(*self._dropped(), f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}"')

    def remove(self) -> None:
        connections.close_all()
        self._run(*self._dropped())

    def _dropped(self) -> list[str]:
        return [f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)']

    def _run(self, *statements: str) -> None:
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def test_database() -> TestDatabase:
    return SQLiteDatabase() if connection.vendor == "sqlite" else PostgresDatabase()


test_database.__test__ = TestDatabase.__test__ = False  # names pytest would otherwise collect
