"""The hidden field of a form: when it was shown, for which subject, and a number that is good for one use."""

import secrets
import time
from dataclasses import dataclass

from django.core import signing

SALT = "community.form"
LONGEST = 24 * 60 * 60


@dataclass(frozen=True)
class FormToken:
    nonce: str
    shown_at: float

    @property
    def seconds(self) -> float:
        return time.time() - self.shown_at


def make(subject: str, *, shown_at: float | None = None) -> str:
    """`subject` binds the form to what it was shown for, such as one thread or one reported comment."""
    return signing.dumps([subject, secrets.token_hex(12), time.time() if shown_at is None else shown_at], salt=SALT)


def read(value: str, subject: str) -> FormToken | None:
    """None for a token that is forged, of another form, too old or from the future."""
    try:
        bound_to, nonce, shown_at = signing.loads(value, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    token = FormToken(str(nonce), float(shown_at))
    return token if bound_to == subject and 0 <= token.seconds <= LONGEST else None


def a_while_ago() -> float:
    return time.time() - 60
