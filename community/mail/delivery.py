"""From the outbox to the mail server.

A worker that is killed after the server took a letter and before the row was marked sends it once more: no letter is
lost, and the second one carries the same Message-ID, by which mail programs know it. One row at a time keeps that
moment short.
"""

import logging
import smtplib
from collections.abc import Sequence
from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _

from portal import outbox
from portal.mail.letters import written
from portal.mail.queueing import TOPIC

from . import bounces, rendering
from .letters import address_of, language_of

log = logging.getLogger(__name__)


@outbox.handler(TOPIC, batch=1, label=_("Mail"), quiet=True)
def deliver(tasks: Sequence[outbox.Task]) -> list[outbox.Failed]:
    return [failure for task in tasks if (failure := _deliver(task))]


def put_at(version: int) -> datetime:
    """When a task was put into the outbox: the same for each attempt."""
    return datetime.fromtimestamp(version / 1_000_000, UTC)


def _deliver(task: outbox.Task) -> outbox.Failed | None:
    name, *ids = task.key.split(":")
    letter = written(name, ids)
    if letter is None:
        return None
    has_account = not isinstance(letter.to, str)
    address = address_of(letter.to) if has_account else letter.to
    if not address or (bounces.has_stopped(address) and not letter.asks):
        return None
    language = letter.language or (language_of(letter.to) if has_account else "")
    mail = rendering.rendered(letter, address, language)
    mail.extra_headers["Message-ID"] = bounces.message_id(f"{task.key} {task.version}", address)
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        return _refused(task, address, refusal)
    except smtplib.SMTPDataError as error:
        if error.smtp_code >= 500:
            return outbox.Failed(task.key, f"{error.smtp_code} {_said(error.smtp_error)}", for_good=True)
        raise
    if letter.after:
        letter.after()
    return None


def _refused(task: outbox.Task, address: str, refusal: smtplib.SMTPRecipientsRefused) -> outbox.Failed | None:
    """Nobody is there: write to the address no more. Other refusals may be our own fault, so somebody has to look."""
    code, words = next(iter(refusal.recipients.values()))
    if bounces.is_nobody(code, _said(words)):
        bounces.stop(address)
        log.info("The mail server knows nobody at an address; it gets no more mail.")
        return None
    return outbox.Failed(task.key, f"{code} {_said(words)}", for_good=code >= 500)


def _said(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words
