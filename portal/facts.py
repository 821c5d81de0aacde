"""What several types of page say in the same way."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fact:
    """A line of the list beside a page's title."""

    term: str
    value: str = ""
    gap: str = ""  # what to print where the sources say nothing
    note: str = ""
    url: str = ""


def shown_contacts(page: Any) -> list[Any]:
    """Whoever may be named today. Without a valid consent nobody is, in any output."""
    rows = page.contacts.select_related("person__consent", "person__organisation")
    return [row for row in rows if row.person.may_be_shown]
