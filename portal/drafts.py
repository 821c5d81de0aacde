"""Pages that are started for editors with what is known already. A feature registers how its pages begin."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from wagtail.models import Locale, Page


@dataclass(frozen=True)
class Facts:
    """Codes and dates as everywhere: ISO countries and regions, partial dates. What is not known is empty."""

    title: str
    note: str = ""  # in one sentence, by the editor
    language: str = ""
    country: str = ""
    region: str = ""
    began: str = ""
    ended: str = ""
    shows: Page | None = None  # the page that it is an example of
    notes: str = ""  # what somebody wrote down, as long as it is


Start = Callable[[Facts, Any], Page | None]
_starts: dict[str, Start] = {}


def register(kind: str, start: Start) -> None:
    """`start(facts, user)` makes a draft that readers do not see; None where this person may not."""
    _starts[kind] = start


def start(kind: str, facts: Facts, user: Any) -> Page | None:
    return _starts[kind](facts, user) if kind in _starts else None


def may_be_started(kind: str) -> bool:
    return kind in _starts


def list_for(index: type[Page], language: str, user: Any) -> Any:
    """The list in `language` where there is one, else the first; None where this person may add no page to it."""
    lists = index.objects.order_by("pk")
    found = lists.filter(locale=Locale.objects.filter(language_code=language).first()).first() or lists.first()
    return found if found is not None and found.permissions_for_user(user).can_add_subpage() else None


def free_code(model: Any, title: str, parent: Page) -> str:
    """A code for a new page of this type, which is free as the last part of an address below `parent` too."""
    base = slugify(title)[:70] or model.kind
    taken = set(model.objects.filter(code__startswith=base).values_list("code", flat=True))
    taken |= set(parent.get_children().filter(slug__startswith=base).values_list("slug", flat=True))
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, 1000))) if code not in taken)
