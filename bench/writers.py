"""Many writers at once on PostgreSQL, in one discussion: is each comment kept, and how long does anybody wait?

    make bench ARGS="--writers"

The server is the one of the tests: a throw-away cluster, or that of DATABASE_URL_TEST. Each writer is a thread with a
connection of its own and sends the form through the view. They share one Python process, so that the wait is that of
the locks and of the interpreter together: an upper bound of what a real site with several processes shows.
"""

import os
import random
import subprocess
import sys
import threading
import time
from typing import Any

WRITERS = 20
LONGEST = 1.0  # seconds
WORDS = "lamp dog street park bench light gate watch group talk rule step night door call plan map tree we you they"


def run() -> None:
    from tests.services import postgres

    with postgres.server() as url:
        if not url:
            raise SystemExit(postgres.MISSING)
        env = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=env, check=True)
        raise SystemExit(subprocess.run([sys.executable, "-m", "bench.writers"], env=env, check=False).returncode)


def main() -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    settings.COMMUNITY_FIRST_COMMENTS_HELD = 2
    if connection.vendor != "postgresql":
        raise SystemExit(f"This is measured on PostgreSQL, not on {connection.vendor}.")
    from community.models import CommentState
    from tests.factories import make_pattern

    from . import writing

    page = make_pattern(title="Many at once")
    members = [writing.member(number, page) for number in range(WRITERS + 1)]
    visits = [writing.filled_in(client, page, text_of(number)) for number, client in enumerate(members)]
    for client, _url, _data in visits:
        client.handler = visits[0][0].handler
    before = CommentState.objects.count()
    writing.post(*visits.pop(0))  # what is done once in a process
    waits = together(visits)
    kept = CommentState.objects.count() - before - 1
    print(f"{WRITERS} writers at once on PostgreSQL: {kept} comments kept, the longest wait {max(waits):.2f} s")
    missed = kept != WRITERS or max(waits) > LONGEST
    print(f"Goal: {WRITERS} kept, none waits over {LONGEST:.0f} s. {'Missed.' if missed else 'Met.'}")
    return int(missed)


def text_of(number: int) -> str:
    """Some 500 characters, each time in another order."""
    return " ".join(random.Random(number).choices(WORDS.split(), k=90))


def together(visits: list[Any]) -> list[float]:
    """How long each waited for the answer; all begin at the same moment."""
    from django.db import connections

    from . import writing

    gate, waits = threading.Barrier(len(visits)), [float("inf")] * len(visits)

    def write(number: int) -> None:
        gate.wait()
        start = time.monotonic()
        try:
            writing.post(*visits[number])
            waits[number] = time.monotonic() - start
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=[number]) for number in range(len(visits))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return waits


if __name__ == "__main__":
    sys.exit(main())
