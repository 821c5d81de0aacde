"""The interface catalogues in locale/: collected from the code, compiled, and checked."""

import runpy
import shutil
from pathlib import Path

import environment
from progress import ROOT, Failed, run, say, step

LANGUAGES = [code for code, _name in runpy.run_path(str(ROOT / "portal/settings/languages.py"))["LANGUAGES"]]


def sources() -> list[Path]:
    return sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))


def compile_changed(python: Path) -> None:
    """Compile what is newer than its compiled form, with polib: gettext's tools need not be installed."""
    stale = [po for po in sources() if not po.with_suffix(".mo").exists() or _newer(po, po.with_suffix(".mo"))]
    if not stale:
        return
    with step(f"Catalogues ({len(stale)})"):
        run([python, ROOT / "bin/compile_catalogues.py", *stale])


def _newer(path: Path, other: Path) -> bool:
    return path.stat().st_mtime > other.stat().st_mtime


def main(arguments: list[str]) -> int:
    if not shutil.which("xgettext"):
        raise Failed("Collecting texts needs gettext's tools: sudo apt-get install gettext")
    python = environment.ensure(dev=True)
    (ROOT / "locale").mkdir(exist_ok=True)
    collect = ["makemessages", "--no-obsolete", "--no-wrap", "--add-location", "file"]
    languages = [part for language in LANGUAGES for part in ("--locale", language)]
    ignored = [part for pattern in (".venv/*", "tests/*", "bench/*") for part in ("--ignore", pattern)]
    with step("Texts of the interface"):
        run([python, "manage.py", *collect, *languages, *ignored])
    compile_changed(python)
    say(run([python, ROOT / "bin/check_catalogues.py", "--report"]).rstrip())
    return 0
