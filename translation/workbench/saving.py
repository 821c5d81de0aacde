"""Writing one text from the workbench: what was typed, what stood there once.

What is refused stays in its row as it was sent, with what is wrong about it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation

from .. import checks, writing
from ..checks import markup
from ..models import Via
from . import tokens
from .bench import DONE, Bench, Row
from .reuse import reuse

LONGEST_REASON = 300
REASON = "reason-"


def act(bench: Bench, row: Row, sent: Mapping[str, Any], user: Any) -> bool:
    """Whether it is saved. What was typed is, before another text takes its place: the history has it then."""
    given = {
        name.removeprefix(REASON): sent[name].replace("\x00", "").strip() for name in sent if name.startswith(REASON)
    }
    reasons = {code[:40]: text[:LONGEST_REASON] for code, text in given.items() if text}
    typed, expected = sent.get("text", "").replace("\x00", "").replace("\r\n", "\n"), sent.get("expected")
    if "restore" not in sent and "use" not in sent:
        return save(bench, row, typed, user=user, expected=expected, reasons=reasons)
    if typed.strip() and typed != row.typed:
        if not save(bench, row, typed, user=user, expected=expected, reasons=reasons):
            return False
        expected = row.token
    if "restore" in sent:
        event, _colon, which = sent["restore"].partition(":")
        return restore(bench, row, event, which, user=user, expected=expected)
    return reuse(bench, row, sent["use"], user=user, expected=expected)


def save(bench: Bench, row: Row, typed: str, *, user: Any, expected: str | None, reasons: dict[str, str]) -> bool:
    is_new = typed != row.typed or reasons != row.reasons or expected != row.token or row.state != DONE
    row.typed, row.sent_reasons = typed, reasons
    how: dict[str, Any] = {"user": user, "via": Via.EDITOR, "expected": expected}

    def write() -> StringTranslation | None:
        if not typed.strip():
            writing.forget(bench.translation, row.segment, **how)
            return None
        if not is_new:
            return row.text
        if markup.is_too_long(row.segment.string.data, typed):
            raise writing.Refused([markup.too_long(len(typed), markup.room(row.segment.string.data))])
        text = tokens.kept(typed, row.segment.string.data, row.stands)
        return writing.write(bench.translation, row.segment, text, reasons=reasons, **how)

    return _try(row, write)


def restore(bench: Bench, row: Row, event: str, which: str, *, user: Any, expected: str | None) -> bool:
    """Write again what stood here once."""
    found = next((one for one in row.history if str(one.pk) == event), None)
    text = getattr(found, which, "") if which in ("old", "new") else ""
    if not text:
        return _refuse(row, "version", _("This version is not known."))
    row.typed = row.shown(text)
    how: dict[str, Any] = {"user": user, "via": Via.UNDO, "expected": expected}
    return _try(row, lambda: writing.write(bench.translation, row.segment, text, **how))


def _try(row: Row, write: Callable[[], StringTranslation | None]) -> bool:
    try:
        row.text = write()
    except tokens.Unknown as unknown:
        return _refuse(row, "token", str(unknown))
    except writing.Refused as refused:
        row.is_refused, row.problems = True, refused.problems
    except writing.Conflict as conflict:
        row.is_refused, row.conflict = True, conflict
    return not row.is_refused


def _refuse(row: Row, code: str, message: str) -> bool:
    row.is_refused, row.problems = True, [checks.Problem(code, "error", message)]
    return False
