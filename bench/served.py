"""A server under measurement: its processes' CPU time, and requests sent to it one after another."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 60
CONNECTIONS = 8
TICK = os.sysconf("SC_CLK_TCK")
BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd", "Accept": "text/html", "Accept-Language": "en"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += family(int(child))
    return found


def cpu_seconds(pid: int) -> float:
    ticks = 0
    for member in family(pid):
        fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICK


class Served:
    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process, self.port = process, port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.own = threading.local()  # a connection for each thread

    def get(self, path: str, headers: dict[str, str] = BROWSER) -> tuple[int, dict[str, str], bytes]:
        try:
            self.connection.request("GET", path, headers=headers)
            response = self.connection.getresponse()
        except http.client.RemoteDisconnected:  # it was idle for too long
            self.connection.close()
            return self.get(path, headers)
        body = response.read()
        return response.status, {name.title(): value for name, value in response.getheaders()}, body

    def cost(self, paths: Sequence[str], requests: int) -> float:
        """CPU milliseconds of the server for one request, over `requests` of them that walk round `paths`.

        Over several connections at once, so that the server has always something to do: the processor forgets what it
        was at in each pause, and a request after it costs up to a third more, the more the busier its neighbours are.
        """
        before = cpu_seconds(self.process.pid)
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            for _answered in pool.map(self._asked, [paths[number % len(paths)] for number in range(requests)]):
                pass  # what failed is raised here
        return (cpu_seconds(self.process.pid) - before) / requests * 1000

    def _asked(self, path: str) -> None:
        if not hasattr(self.own, "served"):
            self.own.served = Served(self.process, self.port)
        status, _headers, _body = self.own.served.get(path)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")


@contextmanager
def granian(application: str, env: dict[str, str]) -> Iterator[Served]:
    """One worker, as a request's CPU time does not depend on how many there are."""
    port = free_port()
    program = str(Path(sys.executable).parent / "granian")
    options = f"--interface wsgi --port {port} --workers 1 --blocking-threads 1 --no-ws --http 1 --log-level error"
    command = [program, application, *options.split()]
    process = subprocess.Popen(command, env={**os.environ, **env}, start_new_session=True)
    try:
        _wait(process, port)
        yield Served(process, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)


def _wait(process: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")
