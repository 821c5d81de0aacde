"""The ledger of erasures: what has to be erased again when a backup is restored.

A file outside the database, one line of JSON for each erasure, only ever added to. It holds no name, address or word:
numbers, and digests by which a row is known again. So a restored database, in which a number may by then belong to
somebody else, is never harmed: a line counts only where the digest fits.

A second line follows when the database has committed the erasure. Without it the first one counts for nothing: what was
refused or went wrong in the end has erased nobody.
"""

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

_reading: ContextVar[bool] = ContextVar("reading", default=False)
ACCOUNT, COMMENT, ERASED, WORDS, PASSAGE = "account", "comment", "erased", "words", "passage"


def account(user: Any, comments: str) -> None:
    _write(what=ACCOUNT, id=user.pk, mark=mark_of(user), comments=comments)


def comment(public_id: str) -> None:
    _write(what=COMMENT, id=public_id)


def erased(public_id: str, reason: str) -> None:
    """By a moderator."""
    _write(what=ERASED, id=public_id, reason=reason)


def words(public_id: str, original: str, spans: list[list[Any]]) -> None:
    _write(what=WORDS, id=public_id, mark=digest(original), spans=spans)


def passage(table: str, pk: int, column: str, original: str, spans: list[list[Any]], language: str) -> None:
    """Words in another text than a comment."""
    mark = digest(original)
    _write(what=PASSAGE, table=table, id=pk, column=column, mark=mark, spans=spans, language=language)


def mark_of(user: Any) -> str:
    """By which an account is told from another that got its number after a restore."""
    return digest(f"{user.pk} {user.date_joined.timestamp():.6f}")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:32]


def lines() -> list[dict[str, Any]]:
    """What was erased, in order. `unsure` are those of which nothing says that they were committed."""
    entries = list(_entries())
    done = {entry["done"] for entry in entries if "done" in entry}
    found = [entry for entry in entries if "what" in entry]
    return [{**entry, "unsure": "line" in entry and entry["line"] not in done} for entry in found]


def confirm(line: str) -> None:
    """Say that the erasure of this line was committed."""
    _append(done=line)


def _entries() -> Iterator[dict[str, Any]]:
    """A line that was cut off, when a disk was full, is left out: what it was for was not carried out either."""
    path = _path()
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if isinstance(entry, dict):
                yield entry


@contextmanager
def read_only() -> Iterator[None]:
    """While a line of it is carried out again."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def _write(**entry: Any) -> None:
    """On the disk before the erasure itself, which fails where the disk is full."""
    if _reading.get():
        return
    line = secrets.token_hex(8)
    _append(line=line, **entry)
    transaction.on_commit(partial(confirm, line), robust=True)  # what fails here, `replaying` makes up for


def _append(**entry: Any) -> None:
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"at": timezone.now().isoformat(timespec="seconds"), **entry}) + "\n"
    with path.open("ab+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0, os.SEEK_END)
        if file.tell() and not _ends_a_line(file):
            line = f"\n{line}"
        file.write(line.encode())
        file.flush()
        os.fsync(file.fileno())


def _ends_a_line(file: Any) -> bool:
    file.seek(-1, os.SEEK_END)
    return bool(file.read(1) == b"\n")


def _path() -> Path:
    return Path(settings.ERASURES_FILE)
