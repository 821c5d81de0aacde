"""What ends by the clock: each table says when. A dry run does everything and takes it back, so it cannot differ."""

from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from . import ledger, tables


@dataclass(frozen=True)
class Ended:
    code: str
    what: str
    rows: int


def purge(*, now: Any = None, dry_run: bool = False) -> list[Ended]:
    now = now or timezone.now()
    with transaction.atomic(), ledger.read_only() if dry_run else nullcontext():
        report = [Ended(rule.code, rule.what, rule.run(now)) for table in tables.registered() for rule in table.purges]
        if dry_run:
            transaction.set_rollback(True)
    return report
