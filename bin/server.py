"""Serves the site: the web server and, beside it, the worker for what must happen after a request."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from progress import ROOT, Failed, say

START_SECONDS = 60
STOP_SECONDS = 10


def granian(python: Path, port: int, workers: int = 2, threads: int = 4) -> list[str]:
    return [
        str(python.parent / "granian"), "portal.wsgi:application", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", str(workers), "--blocking-threads", str(threads), "--no-ws", "--http", "1",
        "--log-level", "warning", "--respawn-failed-workers",
    ]  # fmt: skip


def run(python: Path, port: int, env: dict[str, str], started: float) -> int:
    # Processes of their own group: Ctrl-C reaches this one alone, which then stops them in order.
    commands = [granian(python, port), [str(python), "manage.py", "worker"]]
    for stop_signal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # a closed terminal stops it too
        signal.signal(stop_signal, signal.default_int_handler)
    processes = [subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True) for command in commands]
    try:
        wait_until_ready(processes[0], port)
        say(f"\n  The portal is ready after {time.monotonic() - started:.0f} s:  http://127.0.0.1:{port}/")
        say(f"  Editors sign in at                http://127.0.0.1:{port}/admin/")
        say("  as admin, editor, moderator, translator-fr or member")
        say(f"  with the password                 {env['PORTAL_DEMO_PASSWORD']}")
        say("  Ctrl-C stops it.\n")
        return wait_for_one(processes)
    except KeyboardInterrupt:
        say("\n  Stopping.")
        return 0
    finally:
        stop(processes)


def wait_until_ready(process: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Failed("The server stopped while starting; its message stands above.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except urllib.error.HTTPError:
            return  # it answers, if not well: the page will say why
        except OSError:
            time.sleep(0.1)
    raise Failed(f"The server did not answer within {START_SECONDS} s.")


def wait_for_one(processes: list[subprocess.Popen]) -> int:
    while True:
        for process in processes:
            if process.poll() is not None:
                raise Failed(f"A process of the site stopped ({process.returncode}): {process.args!r}")
        time.sleep(0.5)


def stop(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its own processes too: they would keep the port
