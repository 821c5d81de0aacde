"""A PostgreSQL server for one test run: the one named by DATABASE_URL_TEST, or a throw-away cluster."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = "PostgreSQL was not found: install it (apt-get install postgresql) or name a server in DATABASE_URL_TEST."
START_SECONDS = 30
# A throw-away cluster need not survive a power cut.
FAST = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"),
    *("jit=off", "autovacuum=off", "max_connections=50", "shared_buffers=128MB"),
)


def programs() -> Path | None:
    """The folder of initdb and postgres; Debian keeps it off the PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def server() -> Iterator[str]:
    """The address of a server, or an empty text where there is none."""
    given, folder = os.environ.get("DATABASE_URL_TEST", ""), programs()
    if given or not folder or (os.geteuid() == 0 and not _owner()):
        yield given
        return
    with _cluster(folder) as url:
        yield url


def _owner() -> dict[str, object]:
    """PostgreSQL refuses to run as root: as which user it runs instead."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return {}


@contextmanager
def _cluster(folder: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="portal-postgres-") as name:
        data, owner = Path(name) / "data", _owner()
        if owner:
            os.chown(name, owner["user"], owner["group"])  # type: ignore[arg-type]
        quiet = {"stdout": subprocess.DEVNULL, "cwd": name, **owner}
        options = ["--auth=trust", "--username=portal", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run([folder / "initdb", "-D", data, *options], check=True, **quiet)  # type: ignore[call-overload]
        port = free_port()
        settings = [
            part for setting in (*FAST, f"port={port}", f"unix_socket_directories={name}") for part in ("-c", setting)
        ]
        log = (Path(name) / "log").open("w")
        process = subprocess.Popen([folder / "postgres", "-D", data, *settings], stderr=log, **quiet)  # type: ignore[call-overload]
        try:
            _wait(folder, port, process, Path(name) / "log")
            yield f"postgres://portal@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(2)  # a fast shutdown
            process.wait(30)
            log.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(folder: Path, port: int, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if (
            subprocess.run([folder / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False).returncode
            == 0
        ):
            return
        time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")


def version(url: str) -> str:
    folder = programs()
    if not folder:
        return ""
    words = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    ).stdout.split()
    return next((word for word in words if word[0].isdigit()), "")
