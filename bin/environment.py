"""The virtual environment .venv, made from the lock files with every package's checksum verified."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from progress import ROOT, Failed, run, step

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MARK = VENV / "portal-lock"  # which lock file is installed
LOCKS = {"run": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}

NO_INSTALLER = """This Python cannot install packages: it has neither pip nor ensurepip, and uv was not found.
Install one of them and try again:

    sudo apt-get install python3-venv      (Debian, Ubuntu)
    or uv, as its own documentation says   (no root needed)
"""


def ensure(dev: bool = False) -> Path:
    """The Python of the environment, which is brought up to date first."""
    with _alone():
        kind = "dev" if dev or _installed().startswith("dev ") else "run"
        if _installed() != _wanted(kind) or not _works(PYTHON):
            with step("Python packages"):
                _install(LOCKS[kind])
                MARK.write_text(_wanted(kind))
    return PYTHON


@contextmanager
def _alone() -> Iterator[None]:
    """Two commands started together must not install over each other."""
    with LOCKS["run"].open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _installed() -> str:
    return MARK.read_text() if MARK.exists() else ""


def _wanted(kind: str) -> str:
    return f"{kind} {hashlib.sha256(LOCKS[kind].read_bytes()).hexdigest()}"


def _works(*command: str | Path) -> bool:
    if not shutil.which(command[0]):
        return False
    arguments = ["-c", ""] if command == (PYTHON,) else []
    return subprocess.run([*command, *arguments], capture_output=True, check=False).returncode == 0


def _install(lock: Path) -> None:
    if VENV.exists() and not _works(PYTHON):  # its Python is gone, as after an upgrade of the system
        shutil.rmtree(VENV)
    problems = []
    for installer in (_with_uv, _with_pip):
        try:
            if installer(lock):
                return
        except Failed as failure:
            problems.append(str(failure))
    raise Failed("\n\n".join(problems) or NO_INSTALLER)


def _with_uv(lock: Path) -> bool:
    if not _works("uv", "--version"):
        return False
    quiet = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}
    if not PYTHON.exists():
        run(["uv", "venv", "--allow-existing", "--python", sys.executable, VENV], env=quiet)
    run(["uv", "pip", "install", "--python", PYTHON, "--require-hashes", "-r", lock], env=quiet)
    return True


def _with_pip(lock: Path) -> bool:
    """By two of them side by side, as each waits for the network or works on one core: half the time."""
    pip = _pip()
    if pip:
        install = [*pip, "install", "--disable-pip-version-check", "--no-deps", "--require-hashes", "-r"]
        with TemporaryDirectory() as folder, ThreadPoolExecutor() as beside:
            parts = [Path(folder, f"part{number}.txt") for number in range(2)]
            for part, text in zip(parts, in_parts(lock.read_text(), len(parts)), strict=True):
                part.write_text(text)
            for _said in beside.map(run, [[*install, part] for part in parts]):
                pass  # what failed is raised here
        run([*pip, "check"])  # that the lock names all: neither of them looks for what another needs
    return bool(pip)


def in_parts(lock: str, parts: int) -> list[str]:
    """The requirements of a lock file, which names all of them, dealt out; an indented line goes with the one above."""
    requirements = re.split(r"\n(?=\S)", lock.strip())
    return ["\n".join(requirements[start::parts]) for start in range(parts)]


def _pip() -> list[str]:
    """The environment's pip, or the system's where Debian's Python comes without ensurepip; empty if neither."""
    own = [str(PYTHON), "-m", "pip"]
    if _works(*own, "--version") or (_works(sys.executable, "-m", "venv", VENV) and _works(*own, "--version")):
        return own
    system = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    bare = _works(sys.executable, "-m", "venv", "--without-pip", VENV)
    return system if bare and _works(*system, "--version") else []
