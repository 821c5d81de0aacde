"""`make run`, as a newcomer meets it: from an empty data folder to the site, stopped, and started again."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from importlib import import_module
from pathlib import Path

import pytest

from .postgres import free_port

pytestmark = [pytest.mark.content, pytest.mark.xdist_group("make-run")]

ROOT = Path(__file__).resolve().parent.parent.parent
FIRST_START_SECONDS = 600  # two minutes on a machine of its own; the tests share theirs
PASSWORD = "given-for-the-test"


class Run:
    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        unset = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "PYTEST_CURRENT_TEST"}
        kept = {name: value for name, value in os.environ.items() if name not in unset}
        own = {"PORT": str(self.port), "PORTAL_DATA_DIR": str(data), "PORTAL_DEMO_PASSWORD": PASSWORD}
        self.env = {**kept, **own}

    def start(self) -> str:
        """What it prints until the site is ready."""
        command = [sys.executable, "bin/portal", "run"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        lines, deadline = [], time.monotonic() + FIRST_START_SECONDS
        while time.monotonic() < deadline:
            line = self.process.stdout.readline()
            lines.append(line)
            if "Ctrl-C" in line:
                return "".join(lines)
            if not line:
                break
        pytest.fail("".join(lines))

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)

    def read(self, path: str) -> str:
        with urllib.request.urlopen(f"{self.address}{path}", timeout=60) as answer:
            return answer.read().decode()


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    site = Run(tmp_path_factory.mktemp("data"))
    yield site
    if site.process.poll() is None:
        site.stop()


def test_two_runs_from_nothing_to_an_edited_site(run):
    said = run.start()
    assert run.address in said
    assert PASSWORD in said
    assert "<h1" in run.read("/en/")
    assert "hreflang" in run.read("/fr/patterns/")
    assert run.stop() == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", run.port)) != 0, "a process was left behind"

    database = run.data / "portal.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE portal_homepage SET lede = 'Edited on the site'")
        connection.execute("UPDATE portal_stamp SET version = version + 1")
    again = run.start()
    seconds = int(re.search(r"ready after (\d+) s", again).group(1))
    assert seconds <= 30
    assert again.count("as it was") >= 4
    assert "Edited on the site" in run.read("/en/")


def test_what_does_not_stop_when_asked_is_killed_with_all_that_it_started(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "bin")
    server = import_module("server")
    monkeypatch.setattr(server, "STOP_SECONDS", 0.5)
    deaf = "trap '' TERM; sleep 300 & echo ready; sleep 300"
    process = subprocess.Popen(["bash", "-c", deaf], stdout=subprocess.PIPE, start_new_session=True)
    assert process.stdout.readline() == b"ready\n"
    start = time.monotonic()
    server.stop([process])
    assert process.stdout.read() == b""  # ends with the last of those who could write to it
    assert time.monotonic() - start < 60


def test_taken_port_is_said_before_anything_else_is_done(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        env = {**os.environ, "PORT": str(port), "PORTAL_DATA_DIR": str(tmp_path / "data")}
        done = subprocess.run(
            [sys.executable, "bin/portal", "run"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert f"PORT={port + 1}" in done.stderr
    assert not (tmp_path / "data").exists()


def test_commands_of_one_process_are_told_apart_and_the_one_that_fails_is_named(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(ROOT / "bin")
    failed = import_module("progress").Failed
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.dev", "PORTAL_DATA_DIR": str(tmp_path)}
    with import_module("manager").Manager(Path(sys.executable), environment) as manager:
        manager.call("diffsettings", "--all")
        manager.call("migrate", "sites", "--noinput", "-v0")
        with pytest.raises(failed) as problem:
            manager.call("migrate", "no_such_app")
    assert "manage.py migrate no_such_app" in str(problem.value)
    assert "No installed app with label 'no_such_app'" in str(problem.value)
    assert "Traceback" not in str(problem.value)
    assert (tmp_path / "portal.sqlite3").exists()
