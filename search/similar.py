"""Pages like the one that is read, for `portal.similar`."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from .service import engine
from .shown import Shown


def similar(pages: Mapping[str, int], user: Any, without: Collection[UUID], limit: int) -> list[UUID]:
    """Takes one query with the embedded engine: an article waits for it when it is drawn."""
    found = engine().similar(pages, Shown(user), without=[str(key) for key in without], limit=limit)
    return [UUID(subject) for subject in found]
