"""A Valkey or Redis server of our own, empty and gone afterwards."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from .postgres import free_port

START_SECONDS = 10


def program() -> str | None:
    return shutil.which("valkey-server") or shutil.which("redis-server")


@contextmanager
def server() -> Iterator[str]:
    path = program()
    if not path:
        yield ""
        return
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="portal-valkey-") as folder:
        options = ["--port", str(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"]
        process = subprocess.Popen([path, *options], stdout=subprocess.DEVNULL)
        try:
            _wait(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait(10)


def _wait(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("The Valkey or Redis server did not start.")
