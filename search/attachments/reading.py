"""Has a file read by a process of its own, within bounds of size, time and memory."""

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from portal.words.guessing import language_of

from ..models import Problem
from . import reader

MOST_BYTES = 50 * 1024 * 1024
SECONDS = reader.SECONDS + 20  # of one file, less than the lease of a task
SAMPLE = 20_000  # characters that tell the language


@dataclass
class Outcome:
    problem: str = ""
    page_count: int = 0
    pages: dict[int, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return language_of(" ".join(self.pages.values())[:SAMPLE])


def read(file: Any) -> Outcome:
    """The text of a document's file, or why there is none. A storage that does not answer raises."""
    try:
        with file.file.storage.open(file.file.name, "rb") as stored, tempfile.TemporaryFile() as copy:
            if stored.size > MOST_BYTES:
                return Outcome(Problem.TOO_LARGE)
            shutil.copyfileobj(stored, copy)
            copy.seek(0)
            return _read(copy)
    except FileNotFoundError:
        return Outcome(Problem.MISSING)


def _read(source: IO[bytes]) -> Outcome:
    command = [sys.executable, "-I", str(Path(reader.__file__))]  # nothing of the file is in it
    try:
        done = subprocess.run(command, stdin=source, capture_output=True, timeout=SECONDS, env={})  # noqa: S603 - no shell
    except subprocess.TimeoutExpired:
        return Outcome(Problem.TOO_SLOW)
    outcome = Outcome(Problem.BROKEN if done.returncode >= 0 else Problem.TOO_SLOW)  # it was killed: its time was up
    for line in done.stdout.splitlines():
        said = json.loads(line)
        if "number" in said:
            outcome.pages[said["number"]] = said["text"]
        outcome.page_count = said.get("pages", outcome.page_count)
        outcome.problem = said.get("problem", outcome.problem)
    if outcome.problem not in ("", Problem.SHORTENED):
        outcome.pages = {}
    return outcome
