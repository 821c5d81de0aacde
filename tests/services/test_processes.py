"""Several server processes at once: what one of them changes, the next answer of every other shows."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.db import connection

from portal.models import HomePage
from tests.factories import make_home

from .postgres import free_port

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parent.parent.parent
ASKED = 16  # often enough to reach each of two workers


def database() -> dict[str, str]:
    """The environment that leads another process to the database of this test."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return {"PORTAL_TEST_DATABASE": name}
    return {"DATABASE_URL": os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"}


@pytest.fixture
def two_workers():
    port = free_port()
    env = {**os.environ, **database(), "DJANGO_SETTINGS_MODULE": "portal.settings.test", "PAGE_CACHE_SECONDS": "3600"}
    granian = str(Path(sys.executable).parent / "granian")
    options = f"--interface wsgi --port {port} --workers 2 --blocking-threads 2 --log-level error"
    process = subprocess.Popen([granian, "portal.wsgi:application", *options.split()], cwd=ROOT, env=env)
    address = f"http://127.0.0.1:{port}"
    try:
        wait(process, address)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def wait(process: subprocess.Popen, address: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the server did not start")


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read().decode()


def test_every_process_shows_at_once_what_was_published_and_hides_what_was_taken_down(two_workers):
    home = make_home()
    before = [read(f"{two_workers}/en/") for _time in range(ASKED)]
    assert all("Home" in text for text in before)

    home = HomePage.objects.get(pk=home.pk)
    home.lede = "Written a moment ago"
    home.save_revision().publish()
    after = [read(f"{two_workers}/en/") for _time in range(ASKED)]
    assert all("Written a moment ago" in text for text in after)

    home.unpublish()
    for _time in range(ASKED):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            read(f"{two_workers}/en/")
