"""`make test`: every test on SQLite, and the database-bound ones on PostgreSQL first where there is one."""

import os
import subprocess
import sys
import time
from pathlib import Path

import catalogues
import environment
from progress import ROOT, Failed, say

sys.path.append(str(ROOT))

from tests.services import postgres

PROCESSES = "2"
NO_TESTS = 5  # pytest's exit code


def main(arguments: list[str]) -> int:
    python = environment.ensure(dev=True)
    catalogues.compile_changed(python)
    if arguments:  # a part of the tests, in the words of pytest
        return _pytest(python, arguments, os.environ)
    env = {**os.environ, "PORTAL_POSTGRES": "not found"}
    with postgres.server() as url:
        if url:
            env["PORTAL_POSTGRES"] = _on_postgres(python, url)
        elif os.environ.get("REQUIRE_SERVICES") == "1":
            raise Failed(f"REQUIRE_SERVICES=1, but {postgres.MISSING}")
        say("\nEvery test, on SQLite\n")
        # The outcome on PostgreSQL is a test of this run, so that the last line of the output tells all.
        return _pytest(
            python, ["-n", PROCESSES, "--dist", "loadgroup"], env | ({"PORTAL_POSTGRES_URL": url} if url else {})
        )


def _on_postgres(python: Path, url: str) -> str:
    say(f"The database-bound tests, on PostgreSQL {postgres.version(url)}\n")
    start = time.monotonic()
    code = _pytest(
        python,
        ["-n", PROCESSES, "--dist", "loadgroup", "-q", "--database-bound"],
        {**os.environ, "DATABASE_URL": url},
    )
    outcome = "passed" if code in (0, NO_TESTS) else "failed"
    return f"{outcome} in {time.monotonic() - start:.0f} s"


def _pytest(python: Path, arguments: list[str], env: os._Environ[str] | dict[str, str]) -> int:
    command = [str(python), "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
