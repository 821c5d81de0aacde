"""`make run`: from a clone to the site in a browser. Each step is skipped when nothing it depends on has changed."""

import hashlib
import json
import os
import secrets
import shutil
import socket
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import catalogues
import environment
import server
from manager import Manager
from progress import ROOT, Failed, run, say, skipped, step

LOCK = ROOT / "requirements.txt"
CONTENT = ("content/**/*.yaml", "content/**/*.po", "content/**/*.py", "content/**/*.svg")


def data_dir() -> Path:
    return Path(os.environ.get("PORTAL_DATA_DIR") or ROOT / ".var").expanduser().resolve()


def port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Failed(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def site_environment() -> dict[str, str]:
    """The environment of the site's processes: development settings, one data folder, one demo password."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE") or "portal.settings.dev",
        "PORTAL_DATA_DIR": str(data_dir()),
        "PORT": str(port()),
        "PORTAL_DEMO_PASSWORD": demo_password(),
        "PYTHONUNBUFFERED": "1",
    }


def demo_password() -> str:
    """The one password of the demo accounts: given, or made once and kept beside the database."""
    kept = data_dir() / "demo-password"
    given = os.environ.get("PORTAL_DEMO_PASSWORD") or (kept.read_text().strip() if kept.exists() else "")
    password = given or secrets.token_urlsafe(12)
    if not kept.exists() or kept.read_text().strip() != password:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(password + "\n")
    return password


def files(*patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file())


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    digest = hashlib.sha256("\0".join(words).encode())
    for path in paths:
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Steps:
    """Runs management commands once per state of what they depend on; the states are kept beside the database."""

    def __init__(self, manager: Manager) -> None:
        self.manager = manager
        self.kept = data_dir() / "prepared.json"
        # Without its database the data folder is a new one, whatever was noted before.
        known = self.kept.exists() and (data_dir() / "portal.sqlite3").exists()
        self.done: dict[str, str] = json.loads(self.kept.read_text()) if known else {}

    def is_due(self, label: str, name: str, state: str) -> bool:
        if self.done.get(name) == state:
            skipped(label, "as it was")
        return self.done.get(name) != state

    def step(self, label: str, *wanted: tuple[str, str, tuple[str, ...]]) -> None:
        """One or several commands, each with its state and options."""
        due = [each for each in wanted if self.done.get(each[0]) != each[1]]
        if not due:
            skipped(label, "as it was")
            return
        with step(label):
            for name, state, options in due:
                self.manager.call(name, *options)
                self.note(name, state)

    def note(self, name: str, state: str) -> None:
        self.done[name] = state
        self.kept.write_text(json.dumps(self.done, indent=1))


def build() -> Path:
    """Everything between a clone and the first request. Content and edits of a site that exists stay as they are."""
    data_dir().mkdir(parents=True, exist_ok=True)
    python = environment.ensure()
    catalogues.compile_changed(python)
    env, code = site_environment(), [LOCK, *files("portal/settings/*.py")]
    with Manager(python, env) as manager, assets_beside(steps := Steps(manager), python, code):
        migrations = fingerprint([*code, *files("*/migrations/*.py")])
        steps.step("Database", ("migrate", migrations, ("--noinput", "-v0")))
        steps.step("Content", ("load_content", fingerprint(files(*CONTENT)), ()))
        steps.step(
            "Demo accounts, groups and search",
            ("create_demo_accounts", fingerprint([], env["PORTAL_DEMO_PASSWORD"]), ()),
            ("create_demo_groups", fingerprint([]), ()),
            ("rebuild_search", fingerprint([LOCK, *files("search/**/*.py")]), ("--if-needed",)),
        )
    return python


@contextmanager
def assets_beside(steps: Steps, python: Path, code: list[Path]) -> Iterator[None]:
    """Collect and compress styles and scripts on another core meanwhile."""
    state = fingerprint([*code, *files("*/static/**/*")])
    if not (data_dir() / "static").exists():
        steps.done.pop("collectstatic", None)
    with ThreadPoolExecutor(1) as beside:
        due = steps.is_due("Styles and scripts", "collectstatic", state)
        collect: list[str | Path] = [python, "manage.py", "collectstatic", "--noinput", "-v0"]
        task = beside.submit(run, collect, site_environment()) if due else None
        yield
        if task:
            with step("Styles and scripts"):
                task.result()
            steps.note("collectstatic", state)


def prepare(arguments: list[str]) -> int:
    build()
    return 0


def load_content(arguments: list[str]) -> int:
    python = environment.ensure()
    say(run([python, "manage.py", "load_content", *arguments], env=site_environment()).rstrip())
    return 0


def shell(arguments: list[str]) -> int:
    python = environment.ensure()
    os.chdir(ROOT)
    os.execve(python, [str(python), "manage.py", "shell", *arguments], site_environment())  # noqa: S606 - our own interpreter, what the person typed
    return 0


def _port_is_free() -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port()))
        except OSError:
            return False
    return True


def serve(arguments: list[str]) -> int:
    start = time.monotonic()
    if not _port_is_free():
        raise Failed(f"Port {port()} is taken. Stop what listens there, or choose another: make run PORT={port() + 1}")
    if shutil.disk_usage(ROOT).free < 500_000_000:
        say("  Less than 500 MB of disk is free: this may not be enough.")
    say("Preparing the portal")
    python = build()
    return server.run(python, port(), site_environment(), started=start)
