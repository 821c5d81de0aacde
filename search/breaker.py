"""Stops asking a service that does not answer, so that readers do not wait for it again and again."""

import threading
import time
from collections.abc import Callable

ERRORS = 3
PAUSE = 60.0  # seconds


class Breaker:
    """Closed: everybody may ask. Open after some errors in a row: nobody, for a while; then one asks for all.

    Each process has its own, so a service that comes back is found by each within the pause.
    """

    def __init__(self, errors: int = ERRORS, pause: float = PAUSE, clock: Callable[[], float] = time.monotonic) -> None:
        self._errors, self._pause, self._clock = errors, pause, clock
        self._lock = threading.Lock()
        self._failed = 0
        self._asked_again_at: float | None = None  # None: anybody may ask

    def allows(self) -> bool:
        """Whether to ask now. Whoever is let through after the pause keeps the others out until it is known."""
        with self._lock:
            if self._asked_again_at is None:
                return True
            if self._clock() < self._asked_again_at:
                return False
            self._asked_again_at = self._clock() + self._pause
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failed, self._asked_again_at = 0, None

    def failed(self) -> None:
        with self._lock:
            self._failed += 1
            if self._failed >= self._errors:
                self._asked_again_at = self._clock() + self._pause
