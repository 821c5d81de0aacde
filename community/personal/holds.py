"""What an authority has ordered to keep: no purge touches it, and no erasure the sealed copy."""

from datetime import datetime
from typing import Any

from ..models import LegalHold


def without_held(rows: Any, now: datetime, comment: str = "comment") -> Any:
    """`rows` that belong to a comment by `comment`, without those of a comment under a legal hold."""
    held = LegalHold.objects.in_force(now).values("comment")
    return rows.exclude(**{f"{comment}__in": held})
