"""Starts and stops a node; its data are gone when it is left."""

import http.client
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..postgres import free_port
from . import build

START_SECONDS = 180  # a busy machine
STOP_SECONDS = 20


class Node:
    """One node with data of its own, which outlive a stop."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.log = folder / "node.log"
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = _command(build.built(), self.folder, self.port)
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, cwd=self.folder
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            if self._answers():
                return
            time.sleep(0.2)
        self.stop()
        raise RuntimeError(f"Elasticsearch did not start:\n{self.log.read_text()[-3000:]}")

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def _answers(self) -> bool:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=3)
            connection.request("GET", "/_cluster/health")
            answer = connection.getresponse()
            return answer.status == 200 and json.load(answer)["status"] in ("green", "yellow")
        except (OSError, http.client.HTTPException, ValueError):
            return False


@contextmanager
def server(port: int | None = None) -> Iterator[Node]:
    with tempfile.TemporaryDirectory(prefix="portal-elasticsearch-") as name:
        node = Node(Path(name), port)
        node.start()
        try:
            yield node
        finally:
            node.stop()


def _command(built: Path, data: Path, port: int) -> list[str]:
    home, java = built / "home", build.java_home()
    heap = os.environ.get("ES_HEAP", "512m")
    (data / "tmp").mkdir(exist_ok=True)
    return [
        f"{java}/bin/java",
        f"-Xms{heap}",
        f"-Xmx{heap}",
        f"-Djava.io.tmpdir={data / 'tmp'}",
        "-Dfile.encoding=UTF-8",
        "-Dlog4j2.disable.jmx=true",
        "-Dlog4j2.formatMsgNoLookups=true",
        *_natives(data),
        "--module-path",
        f"{home / 'lib'}",
        "--add-modules=ALL-MODULE-PATH,jdk.incubator.vector,jdk.net,jdk.management",
        "--enable-native-access=org.elasticsearch.nativeaccess,org.apache.lucene.core",
        "-cp",
        f"{built / 'launcher'}",
        "EsServer",
        str(home),
        str(data),
        str(port),
    ]


def _natives(data: Path) -> list[str]:
    """The system's zstd, for `best_compression`; the server's own vector library is not published."""
    program = shutil.which("ldconfig") or "/sbin/ldconfig"
    known = subprocess.run([program, "-p"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"libzstd\.so\.1 .*=> (\S+)", known)
    if not found:
        return []
    folder = data / "natives"
    folder.mkdir(exist_ok=True)
    (folder / "libzstd.so").unlink(missing_ok=True)
    (folder / "libzstd.so").symlink_to(found[1])
    return [f"-Des.nativelibs.path={folder}", "-Dorg.elasticsearch.nativeaccess.enableVectorLibrary=false"]
