"""Erasing an account: asked for, undone within a day, or carried out by the worker.

However an account goes, by its owner's wish or by an administrator, it goes through `before_account_goes`.
"""

import logging
from contextlib import suppress
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import searchable, stamps

from ..mail import Letter, address_of, language_of, queue, rendering
from ..models import CommentState, Erasure
from ..refusals import Refused
from . import ledger, tables
from .person import Person, of_user

log = logging.getLogger("portal.erasing")
LETTER = "erasure-asked"


@transaction.atomic
def ask(*, user: Any, comments: str) -> Erasure:
    """Asking again changes what becomes of the comments, not when."""
    if is_last_administrator(user):
        raise Refused("last-administrator")
    erasure, is_new = Erasure.objects.get_or_create(user=user, defaults={"comments": comments})
    if is_new:
        queue(LETTER, user.pk, int(erasure.asked_at.timestamp()))
    elif erasure.comments != comments:
        erasure.comments = comments
        erasure.save(update_fields=["comments"])
    return erasure


def undo(*, erasure: Erasure) -> None:
    erasure.delete()


def is_last_administrator(user: Any) -> bool:
    """Without one nobody could ever let anybody in again. Whoever is about to be erased is none any more."""
    others = get_user_model().objects.filter(is_superuser=True, is_active=True, erasure=None).exclude(pk=user.pk)
    return bool(user.is_superuser and user.is_active and not others.exists())


def carry_out_due(now: Any = None) -> int:
    """One account that cannot be erased keeps no other; the outbox then shows that something is wrong."""
    failed: list[Exception] = []
    due = Erasure.objects.filter(due_at__lte=now or timezone.now()).order_by("due_at").values_list("pk", flat=True)
    done = 0
    for pk in list(due):
        try:
            done += _carry_out(pk)
        except Exception as error:
            log.exception("An account could not be erased: %s", type(error).__name__)
            failed.append(error)
    if failed:
        raise failed[0]
    return done


def _carry_out(pk: int) -> int:
    with transaction.atomic():
        found = Erasure.objects.select_for_update(of=("self",)).select_related("user").filter(pk=pk).first()
        if found is None:  # undone, or done by another worker
            return 0
        last = _last_letter(found.user)
        found.user.delete()
    if last is not None:
        with suppress(OSError):  # the address is gone: there is no second attempt
            last.send()
    return 1


def _last_letter(user: Any) -> Any:
    address = address_of(user)
    if not address:
        return None
    letter = Letter(user, _("Your account is erased"), "community/mail/erased")
    return rendering.rendered(letter, address, language_of(user))


@transaction.atomic
def before_account_goes(user: Any) -> None:
    """Take a person out of everything that Django, deleting the account, would leave. Comments are removed unless
    the member chose otherwise."""
    asked = Erasure.objects.filter(user_id=user.pk).first()
    comments = asked.comments if asked else Erasure.Comments.REMOVED
    ledger.account(user, str(comments))
    person = of_user(user, removes_comments=comments != Erasure.Comments.ANONYMOUS)
    texts = _texts_of(person)
    for table in tables.registered():
        if table.erase is not None:
            table.erase(person)
    # Again, now that what belongs to the comments has changed too.
    kept = CommentState.objects.filter(pk__in=person.comments).select_related("thread")
    searchable.changed.send(CommentState, instances=list(kept))
    if person.stamps:
        stamps.touch(*person.stamps)
    searchable.erased.send(Person, texts=[*texts, *person.identifiers])


def _texts_of(person: Person) -> list[str]:
    if not person.removes_comments:
        return []
    return list(CommentState.objects.of_account(person.user).values_list("comment__comment", flat=True))
