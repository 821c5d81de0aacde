"""One question to a service over HTTP, with an end to the time and to the size of what comes back.

No redirect is followed: texts go to the address that an administrator wrote down, and to no other.
"""

import datetime
import http.client
import json
import threading
import time
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from email.utils import parsedate_to_datetime
from socket import SHUT_RDWR
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from .failures import Failure, MachineError

LARGEST = 2 * 1024 * 1024  # bytes of an answer
LONGEST_WAIT = 24 * 60 * 60
FAILURES = {
    400: Failure.NOT_TAKEN,
    401: Failure.KEY,
    403: Failure.KEY,
    404: Failure.ELSEWHERE,
    413: Failure.TOO_LARGE,
    429: Failure.BUSY,
    456: Failure.USED_UP,  # DeepL's own
    503: Failure.BUSY,
}


def post(url: str, payload: Mapping[str, Any], headers: Mapping[str, str], seconds: float) -> Any:
    """What the service answers, read as JSON; every other end is a MachineError."""
    body = json.dumps(payload, ensure_ascii=False).encode()
    sent = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity", **headers}
    began = time.monotonic()
    try:
        status, wait, text = _exchange(url, body, sent, seconds)
        if status == 200:
            return json.loads(text)
    except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
        if time.monotonic() - began >= seconds or isinstance(error, TimeoutError):
            raise MachineError(Failure.LATE, charged=True) from error
        was_answered = isinstance(error, http.client.IncompleteRead | ValueError | RecursionError)
        raise MachineError(Failure.GARBLED if was_answered else Failure.AWAY, charged=was_answered) from error
    moved = Failure.ELSEWHERE if 300 <= status < 400 else Failure.BROKEN
    raise MachineError(FAILURES.get(status, moved), wait=wait)


def _exchange(url: str, body: bytes, headers: Mapping[str, str], seconds: float) -> tuple[int, int, bytes]:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=seconds)
    try:
        connection.connect()
        with _cut_after(connection.sock, seconds):
            connection.request("POST", parts.path or "/", body, dict(headers))
            answer = connection.getresponse()
            text = _read(answer) if answer.status == 200 else b""
        return answer.status, _seconds(answer.headers.get("Retry-After", "")), text
    finally:
        connection.close()


def _read(answer: http.client.HTTPResponse) -> bytes:
    text = answer.read(LARGEST + 1)
    if len(text) > LARGEST or answer.length:
        raise http.client.IncompleteRead(b"")
    return text


@contextmanager
def _cut_after(sock: Any, seconds: float) -> Any:
    """A socket's own time-out begins anew with each byte; a service that drips would hold the worker for ever."""

    def cut() -> None:
        with suppress(OSError):
            sock.shutdown(SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _seconds(retry_after: str) -> int:
    """The header `Retry-After`: a number of seconds, or a day and hour."""
    if retry_after.isascii() and retry_after.isdigit():
        return min(int(retry_after[:9]), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0
    until = until if until.tzinfo else until.replace(tzinfo=datetime.UTC)
    return min(max(int((until - timezone.now()).total_seconds()), 0), LONGEST_WAIT)
