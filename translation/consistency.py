"""Whether the same text of the original says something else elsewhere in this language."""

from collections.abc import Iterable

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .checks.pair import Problem, plain, warning
from .known import Kind, Suggestion


def inconsistent(text: str, found: Iterable[Suggestion]) -> list[Problem]:
    """A warning where people have always translated the same text otherwise. Asks nothing: the memory has asked."""
    same = [one for one in found if one.kind == Kind.EXACT and not one.known.is_machine]
    if not same or any(_bare(one.text) == _bare(text) for one in same):
        return []
    said = {"text": Truncator(plain(same[0].text)).chars(120)}
    return [warning("inconsistent", _("Elsewhere the same text is translated as “%(text)s”.") % said)]


def _bare(text: str) -> str:
    return " ".join(plain(text).split())
