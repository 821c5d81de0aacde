import logging
import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, close_old_connections, connection, reset_queries

from portal import outbox, periodic

IDLE_SECONDS = 0.5
CLOCK_SECONDS = 10
DATABASE_SECONDS = 5  # until the next attempt when the database does not answer

log = logging.getLogger("portal.worker")


class Command(BaseCommand):
    help = "Do what waits in the outbox, and what happens by the clock. Any number of workers may run."

    # Wagtail's own tasks do not wait for a worker: whether an entry is in use must be known at once, and the arguments
    # of the other tasks hold the keys of the file storage, which do not belong in a database.

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what is due now, then end.")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        self.stopping = threading.Event()
        if once:
            periodic.put_due()
            self.work()
        else:
            self.loop()

    def loop(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        log.info("The worker has started.")
        clock = 0.0
        while not self.stopping.is_set():
            close_old_connections()
            reset_queries()
            try:
                if not clock or time.monotonic() - clock >= CLOCK_SECONDS:
                    clock = time.monotonic()
                    periodic.put_due()
                self.work()
                self.stopping.wait(IDLE_SECONDS)
            except Error as error:
                log.warning("The database failed: %s", outbox.cleaned(outbox.describe(error)))
                connection.close()
                self.stopping.wait(DATABASE_SECONDS)
        log.info("The worker has stopped.")

    def work(self) -> None:
        """One batch of each topic in turn until nothing is due; a batch that was begun is finished before stopping."""
        while not self.stopping.is_set() and (topics := outbox.due_topics()):
            for topic in topics:
                if not self.stopping.is_set():
                    outbox.work_batch(topic)
