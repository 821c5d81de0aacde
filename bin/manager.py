"""Management commands one after another in one process: Django takes three seconds to start, each time."""

import json
import subprocess
from pathlib import Path

from progress import ROOT, failure

END = "\0\n"  # of what a command says
SERVE = r"""
import json, sys
from django.core.management import call_command
for line in sys.stdin:
    call_command(*json.loads(line))
    print("\0", flush=True)
"""


class Manager:
    """Its process starts with the first command, and ends with the first that fails."""

    def __init__(self, python: Path, env: dict[str, str]) -> None:
        self.python, self.env = python, env
        self.process: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Manager":
        return self

    def __exit__(self, *problem: object) -> None:
        if self.process:
            self.process.communicate()

    def call(self, name: str, *options: str) -> None:
        self.process = process = self.process or self._start()
        lines: list[str] = []
        if process.stdin and process.stdout:  # which it has: both are pipes
            process.stdin.write(json.dumps([name, *options]) + "\n")
            process.stdin.flush()
            for line in process.stdout:
                lines.append(line)
                if line.endswith(END):
                    return
        raise failure(["manage.py", name, *options], process.wait(), "".join(lines))

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self.python), "manage.py", "shell", "--no-imports", "-c", SERVE],
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
