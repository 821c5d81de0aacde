"""`make lint`: every check that needs no test. All run, so that one look shows all there is to mend."""

import time
from pathlib import Path

import environment
from progress import Failed, run, say

CHECKS: dict[str, list[str]] = {
    "style": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy", "."],
    "imports": ["lint-imports", "--no-cache"],
    "templates": ["djlint", "--lint", "--quiet", "."],
    "system": ["python", "manage.py", "check", "--fail-level", "WARNING"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run", "-v1"],
    "catalogues": ["python", "bin/check_catalogues.py"],
}


def main(arguments: list[str]) -> int:
    """Run the checks, or only the named ones."""
    chosen = arguments or list(CHECKS)
    if unknown := set(chosen) - set(CHECKS):
        raise Failed(f"No such check: {', '.join(sorted(unknown))}. There are: {', '.join(CHECKS)}.")
    python = environment.ensure(dev=True)
    failed = [name for name in chosen if not _passes(name, python)]
    if failed:
        raise Failed(f"To mend: {', '.join(failed)}.")
    say("All checks passed.")
    return 0


def _passes(name: str, python: Path) -> bool:
    program, *options = CHECKS[name]
    start = time.monotonic()
    try:
        run([python.parent / program, *options])
    except Failed as failure:
        say(f"  {name:<12} failed\n{failure}\n")
        return False
    say(f"  {name:<12}{time.monotonic() - start:6.1f} s")
    return True
