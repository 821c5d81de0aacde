"""The mail that says that an account will be erased, with the way back."""

from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..mail import Letter, message
from ..models import Erasure
from .erasing import LETTER

SALT = "community.personal.undo"


def undo_path(erasure: Erasure) -> str:
    """Good while the erasure waits, and for this one alone. Works signed out."""
    token = signing.dumps([erasure.user_id, int(erasure.asked_at.timestamp())], salt=SALT)
    return reverse("personal_undo", args=[token])


def erasure_of(token: str) -> Erasure | None:
    try:
        user, asked = signing.loads(token, salt=SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    erasure = Erasure.objects.filter(user_id=user).first()
    return erasure if erasure and int(erasure.asked_at.timestamp()) == asked else None


@message(LETTER)
def erasure_asked(user: str, asked: str) -> Letter | None:
    erasure = Erasure.objects.select_related("user").filter(user_id=user).first()
    if erasure is None or str(int(erasure.asked_at.timestamp())) != asked:
        return None
    context: dict[str, Any] = {"undo_path": undo_path(erasure), "due_at": erasure.due_at}
    return Letter(erasure.user, _("Your account will be erased"), "community/mail/erasure_asked", context)
