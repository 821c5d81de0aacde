"""Taking a message, and passing it on. It is kept until the mail server has it, and no longer."""

import datetime
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.languages import active_language
from portal.models import KnowledgePage

from ..counting import counted
from ..mail import Letter, digest, message, queue
from ..mail.bounces import has_stopped
from ..models import RelayedMessage
from ..screening.limits import hashed_address

HOUR, DAY = 60 * 60, 24 * 60 * 60
MOST_BY_WRITER = 5  # in an hour
MOST_BY_WRITER_TO_PERSON, MOST_TO_PERSON = 3, 20  # in a day
# What could not be sent until then will not be.
KEPT = datetime.timedelta(days=7)


def too_many(request: HttpRequest, person: Any) -> bool:
    """Counts this message in. Where nothing can be counted, none goes out: strangers could fill a mailbox."""
    by_writer = counted(f"relay-by:{hashed_address(request)}", HOUR, unknown=MOST_BY_WRITER + 1)
    if by_writer > MOST_BY_WRITER:
        return True
    to_person = f"relay-to:{digest(person.email)}"
    own = counted(f"{to_person}:{hashed_address(request)}", DAY, unknown=MOST_BY_WRITER_TO_PERSON + 1)
    if own > MOST_BY_WRITER_TO_PERSON:  # nobody alone uses up what all may send
        return True
    return counted(to_person, DAY, unknown=MOST_TO_PERSON + 1) > MOST_TO_PERSON


@transaction.atomic
def send(*, page: KnowledgePage, person: Any, nonce: str, **words: str) -> None:
    """`words` are name, email and text. The same form sent twice makes one message."""
    about = {"person": person, "title": page.title, "language": active_language(), **words}
    row, is_new = RelayedMessage.objects.get_or_create(nonce=nonce, defaults=about)
    if is_new:
        queue("relay", row.pk)
        # The row goes with the mail; the form stays good for a day.
        transaction.on_commit(partial(cache.set, _sent(nonce), True, DAY))


def was_sent(nonce: str) -> bool:
    return bool(cache.get(_sent(nonce)))


def _sent(nonce: str) -> str:
    return f"relay-sent:{nonce}"


@message("relay")
def letter(message_id: str) -> Letter | None:
    """Nothing, and nothing kept, where the person may not be named any more."""
    row = RelayedMessage.objects.select_related("person__consent").filter(pk=message_id).first()
    if row is None:
        return None
    if not (row.person.may_be_shown and row.person.email) or has_stopped(row.person.email):
        row.delete()
        return None
    return Letter(
        row.person.email,
        _("Somebody writes to you through this site"),
        "community/mail/relay",
        {"name": row.name, "title": row.title, "text": row.text},
        language=row.language,
        reply_to=row.email,
        after=row.delete,
    )


def delete_old(now: datetime.datetime) -> int:
    return int(RelayedMessage.objects.filter(made_at__lt=now - KEPT).delete()[0])
