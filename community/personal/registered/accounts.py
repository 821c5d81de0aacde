"""The account itself: who somebody is, how he signs in, what he has set."""

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings

from ..person import Person
from ..tables import WITH_THE_ACCOUNT, Purge, own, register, rows

AS_LONG = "As long as the account."
UNCONFIRMED = timedelta(days=30)
SECRET = "A secret of the sign-in, of use to a thief alone."  # noqa: S105 - says why none is given


def _sessions(person: Person) -> Iterator[Any]:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for session in rows("sessions.Session").iterator():
        data = store().decode(session.session_data)
        if data.get("_auth_user_id") == str(person.pk) or person.is_in(repr(data)):
            yield session


def _end_sessions(person: Person) -> None:
    """Through the engine, which may keep a copy in the cache."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for session in list(_sessions(person)):
        store(session.session_key).delete()


def _delete_avatar(person: Person) -> None:
    for profile in rows("wagtailusers.UserProfile", user=person.pk).exclude(avatar=""):
        profile.avatar.delete(save=False)


def _retire_name(person: Person) -> None:
    from ... import names

    known = rows("account.EmailAddress", user=person.pk).values_list("verified", flat=True)
    if person.name and (not known or any(known)):  # an account that nobody confirmed never showed its name
        names.retire(person.name)


def _unconfirmed(now: Any) -> int:
    """Accounts that somebody began to make, perhaps with another's address, and never confirmed."""
    began = rows("auth.User", last_login=None, date_joined__lt=now - UNCONFIRMED, is_superuser=False, groups=None)
    with_address = began.filter(emailaddress__verified=False)
    found = with_address.exclude(emailaddress__verified=True).filter(comment_comments=None).distinct()
    for user in found:
        user.delete()
    return len(found)


register(
    "auth.User",
    name="account",
    export=own(
        "auth.User",
        "pk",
        user_name="username",
        email="email",
        first_name="first_name",
        last_name="last_name",
        made="date_joined",
        last_sign_in="last_login",
    ),
    erased="Deleted, 24 hours after it was asked for.",
    kept="Until it is erased; one whose address was never confirmed, for 30 days.",
    purges=(Purge("unconfirmed", "Accounts that nobody confirmed", _unconfirmed),),
)
register(
    "account.EmailAddress",
    name="addresses",
    export=own("account.EmailAddress", "user", email="email", confirmed="verified", primary="primary"),
    erased=WITH_THE_ACCOUNT,
    kept=AS_LONG,
)
register(
    "account.EmailConfirmation", not_exported=SECRET, erased="Deleted with the address it is for.", kept="Three days."
)
register(
    "mfa.Authenticator",
    name="second_factors",
    export=own("mfa.Authenticator", "user", kind="type", made="created_at", last_used="last_used_at"),
    erased=WITH_THE_ACCOUNT,
    kept=AS_LONG,
)
register(
    "sessions.Session",
    not_exported=SECRET,
    erased="Every session of the account, or with its address in it, is ended.",
    kept="Two weeks after the last change.",
    erase=_end_sessions,
    purges=(
        Purge(
            "sessions",
            "Sessions that have ended",
            lambda now: rows("sessions.Session", expire_date__lt=now).delete()[0],
        ),
    ),
)
register(
    "auth.User_groups",
    name="roles",
    export=own("auth.User_groups", "user", role="group__name"),
    erased=WITH_THE_ACCOUNT,
    kept=AS_LONG,
)
register(
    "auth.User_user_permissions",
    name="permissions",
    export=own("auth.User_user_permissions", "user", permission="permission__codename"),
    erased=WITH_THE_ACCOUNT,
    kept=AS_LONG,
)
register(
    "wagtailusers.UserProfile",
    name="settings_of_the_admin",
    export=own(
        "wagtailusers.UserProfile",
        "user",
        language="preferred_language",
        time_zone="current_time_zone",
        theme="theme",
        contrast="contrast",
        density="density",
        picture="avatar",
    ),
    erased="Deleted with the account; the file of the picture too.",
    kept=AS_LONG,
    erase=_delete_avatar,
)
register(
    "community.Member",
    name="name",
    export=own("community.Member", "user", name="display_name", language="language"),
    erased="Deleted with the account. Of the name only a keyed digest is kept, so that nobody takes it over.",
    kept=AS_LONG,
    erase=_retire_name,
)
register(
    "community.RetiredName",
    not_exported="A digest without an account.",
    erased="Written when an account is erased.",
    kept="For good.",
)
register(
    "community.Erasure",
    name="erasure",
    export=own("community.Erasure", "user", asked="asked_at", done_at="due_at", comments="comments"),
    erased=WITH_THE_ACCOUNT,
    kept="24 hours.",
)
register("wagtailcore.APIToken", not_exported=SECRET, erased=WITH_THE_ACCOUNT, kept=AS_LONG)
register(
    "patterns.KeptSequence",
    name="kept_sequences",
    export=own("patterns.KeptSequence", "owner", title="title", items="items"),
    erased=WITH_THE_ACCOUNT,
    kept=AS_LONG,
)
