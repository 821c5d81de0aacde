"""Taking over what the memory suggests, from the button beside it."""

from typing import Any

from django.utils.translation import gettext as _

from .. import checks, reusing, writing
from .bench import Bench, Row


def reuse(bench: Bench, row: Row, key: str, *, user: Any, expected: str | None) -> bool:
    """Write the suggestion that `key` names. What is refused stays in the field, with what is wrong about it.

    No text is taken from what the browser sends: the suggestion is looked up anew for whoever asks.
    """
    suggestion = reusing.found(bench.translation, row.segment, key, user)
    if suggestion is None:
        message = _("This suggestion is not there any more.")
        row.is_refused, row.problems = True, [checks.Problem("gone", "error", message)]
        return False
    row.typed = row.shown(suggestion.text)
    try:
        row.text = reusing.use(bench.translation, row.segment, suggestion, user=user, expected=expected)
    except writing.Refused as refused:
        row.is_refused, row.problems = True, refused.problems
    except writing.Conflict as conflict:
        row.is_refused, row.conflict = True, conflict
    return not row.is_refused
