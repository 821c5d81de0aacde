"""The address of a member's own feed: switched on, shown again, replaced and switched off by her alone."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..models import PrivateFeed
from ..models.private_feeds import new_seed

MADE, KEPT = "community.notices.feed", "community.notices.feed.kept"


def of(user: Any) -> PrivateFeed | None:
    return PrivateFeed.objects.filter(user=user).first()


def switch_on(user: Any) -> PrivateFeed:
    """On already, the address stays as it is."""
    return of(user) or _make(user)


def replace(user: Any) -> PrivateFeed:
    """A new address; the old one is as if it had never been."""
    return _make(user)


def switch_off(user: Any) -> None:
    PrivateFeed.objects.filter(user=user).delete()


def address(row: PrivateFeed) -> str:
    """Empty where the secret of the site has changed since, and the old one is forgotten.

    The secret part stands behind a question mark, which our web server does not write into its log.
    """
    for key in _keys():
        token = _hmac(MADE, row.seed, key)
        if _hmac(KEPT, token, key) == row.digest:
            return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('notices:private_feed')}?key={token}"
    return ""


def reader(token: str) -> Any:
    """Whose feed it is; None where there is no such feed, not any more, or not for now."""
    digests = [_hmac(KEPT, token, key) for key in _keys()]
    found = PrivateFeed.objects.answering().filter(digest__in=digests).first()
    return found.user if found else None


def _make(user: Any) -> PrivateFeed:
    seed = new_seed()
    values = {"seed": seed, "digest": _hmac(KEPT, _hmac(MADE, seed, settings.SECRET_KEY), settings.SECRET_KEY)}
    return PrivateFeed.objects.update_or_create(user=user, defaults={**values, "made_at": timezone.now()})[0]


def _keys() -> list[Any]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _hmac(salt: str, value: str, key: str | bytes) -> str:
    return salted_hmac(salt, value, secret=key, algorithm="sha256").hexdigest()
