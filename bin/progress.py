"""Steps of a command: said when they start, timed when they end, and their output shown only when they fail."""

import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TAIL = 40  # lines of a failed step that are shown


class Failed(Exception):
    """A step went wrong; the message says what to do."""


@contextmanager
def step(name: str) -> Iterator[None]:
    start = time.monotonic()
    print(f"  {name:<34}", end="", flush=True)
    try:
        yield
    except BaseException:
        print("failed")
        raise
    print(f"{time.monotonic() - start:6.1f} s", flush=True)


def skipped(name: str, reason: str) -> None:
    print(f"  {name:<34}{reason:>8}")


def run(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> str:
    """Run a command to its end; its output is the answer, or part of the error."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise failure(command, done.returncode, done.stdout)
    return done.stdout


def failure(command: Sequence[str | Path], code: int, said: str) -> Failed:
    tail = "\n".join(said.splitlines()[-TAIL:])
    return Failed(f"This command failed ({code}): {' '.join(map(str, command))}\n{tail}")


def say(text: str = "") -> None:
    print(text, flush=True)
