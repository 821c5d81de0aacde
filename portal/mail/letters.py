"""What a letter is, and the functions that write one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

# Text that is asked for in the reader's language: lazy, or a function.
Said = Any


@dataclass(frozen=True)
class Letter:
    """One mail to one person.

    `template` names a text below templates/, without its ending, that extends `portal/mail/base.txt`. The HTML is
    made from it, unless a template of the same name with `.html` extends `portal/mail/base.html`. Functions in
    `context` are called by the template, in the reader's language.

    Where the letter belongs to a subscription, `stop` gives the path of the page that ends it: one POST without a
    cookie does so (RFC 8058). `after` is called once the mail server has the letter.

    A letter that `asks` whether mail arrives goes even to an address from which one came back.
    """

    to: Any  # an account, or the address of somebody without one
    subject: Said
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    language: str = ""  # members have chosen theirs: only where another one is wanted
    stop: Callable[[], str] | None = None
    after: Callable[[], Any] | None = None
    asks: bool = False
    reply_to: str = ""  # who gets the answer, where that is not the site


Write = Callable[..., Letter | None]
_messages: dict[str, Write] = {}


def message(name: str) -> Callable[[Write], Write]:
    """Register the function that writes the letters called `name`; it gets what `queue` was given, as strings."""

    def register(write: Write) -> Write:
        if name in _messages:
            raise ValueError(f"There is a message {name} already.")
        _messages[name] = write
        return write

    return register


def is_known(name: str) -> bool:
    return name in _messages


def written(name: str, ids: list[str]) -> Letter | None:
    """None too for a name of an earlier version of the site."""
    write = _messages.get(name)
    return write(*ids) if write else None
