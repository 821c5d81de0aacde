"""What stands at the end of the links in mails: it names a subscription and is signed, so that it needs no sign-in.

It holds no address and no date: it works after the address has changed, and as long as there is something to end.
"""

from dataclasses import dataclass
from typing import Any

from django.core import signing

from ..models import Frequency, Subscription

STOP = signing.Signer(salt="community.notices.stop", sep=".")
CONFIRM = signing.Signer(salt="community.notices.confirm", sep=".")


def of_row(row: Subscription) -> str:
    return STOP.sign(f"one-{row.public_id}")


def of_digest(user: Any, frequency: str) -> str:
    return STOP.sign(f"{frequency}-{user.pk}")


def to_confirm(row: Subscription) -> str:
    return CONFIRM.sign(row.public_id)


@dataclass(frozen=True)
class Ended:
    """What a token is about: the subscriptions that it ends by itself, and all of the same reader."""

    rows: Any
    all: Any


def read(token: str) -> Ended | None:
    """None for a token that we did not make. Both are empty when there is nothing to do any more."""
    try:
        kind, _dash, name = STOP.unsign(token).partition("-")
    except signing.BadSignature:
        return None
    if kind == "one":
        rows = Subscription.objects.filter(public_id=name)
        row = rows.first()
        return Ended(rows, Subscription.objects.of_the_same_reader(row) if row else rows)
    mine = Subscription.objects.filter(user_id=int(name))
    return Ended(mine.filter(frequency=Frequency(kind)), mine)


def row_to_confirm(token: str) -> Subscription | None:
    try:
        public_id = CONFIRM.unsign(token)
    except signing.BadSignature:
        return None
    return Subscription.objects.filter(public_id=public_id).first()
