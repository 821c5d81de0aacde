"""What somebody follows, and where mail is not sent any more."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from ...notices import following
from ...relay import services as relay
from ..person import Person
from ..tables import Purge, own, register, rows

STOPPED = timedelta(days=365)


def _followed(person: Person) -> Any:
    """With the account, or with its address before there was one."""
    by_mail = rows("community.Subscription", user=None).values_list("pk", "email")
    return rows("community.Subscription", user=person.pk) | rows(
        "community.Subscription", pk__in=[pk for pk, email in by_mail if email.lower() in person.addresses]
    )


def _export_followed(person: Person) -> Iterator[Mapping[str, Any]]:
    for row in _followed(person).order_by("pk"):
        yield {
            "what": row.scope,
            "which": row.target,
            "how_often": row.frequency,
            "since": row.made_at,
            "email": row.email,
            "language": row.language,
        }


def _erase_stopped(person: Person) -> None:
    from ...mail import bounces

    for address in person.addresses:
        bounces.resume(address)


def _erase_relayed(person: Person) -> None:
    waiting = rows("community.RelayedMessage").values_list("pk", "email")
    rows("community.RelayedMessage", pk__in=[pk for pk, email in waiting if email.lower() in person.addresses]).delete()


register(
    "community.Subscription",
    name="followed",
    export=_export_followed,
    erased="Deleted with the account, and where a visitor gave the same address.",
    kept="Until it is ended; what nobody confirms, three days.",
    erase=lambda person: _followed(person).delete(),
    purges=(
        Purge("subscriptions", "Subscriptions that nobody confirmed", following.delete_unconfirmed),
        Purge(
            "unreachable", "Subscriptions of addresses at which nobody is", lambda now: following.delete_unreachable()
        ),
    ),
)
register(
    "community.PrivateFeed",
    name="own_feed",
    export=own("community.PrivateFeed", "user", since="made_at"),
    erased="Deleted with the account; its address leads nowhere from then on.",
    kept="Until it is switched off.",
)
register(
    "community.StoppedAddress",
    not_exported="A keyed digest of an address, which says nothing about an account.",
    erased="Deleted.",
    kept="A year.",
    erase=_erase_stopped,
    purges=(
        Purge(
            "stopped-addresses",
            "Addresses at which nobody was",
            lambda now: rows("community.StoppedAddress", since__lt=now - STOPPED).delete()[0],
        ),
    ),
)
register(
    "community.RelayedMessage",
    not_exported="It waits for a moment until it is sent, and is gone then.",
    erased="Deleted where the sender gave an address of the account.",
    kept="Until the mail server has it; what cannot be sent, seven days.",
    erase=_erase_relayed,
    purges=(Purge("relayed-messages", "Messages to contacts that could not be sent", relay.delete_old),),
)
