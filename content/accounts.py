"""The demo accounts of a development site."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

PASSWORD_VARIABLE = "PORTAL_DEMO_PASSWORD"  # noqa: S105 - the name of a variable
PASSWORD_FILE = "demo-password"  # noqa: S105 - the name of a file


@dataclass(frozen=True)
class DemoAccount:
    name: str
    group: str = ""
    is_superuser: bool = False


ACCOUNTS = [
    DemoAccount("admin", is_superuser=True),
    DemoAccount("editor", "Editors"),
    DemoAccount("moderator", "Moderators"),
    DemoAccount("translator-fr", "Translators fr"),
    DemoAccount("member"),
]


def demo_password(data_dir: Path) -> str:
    """The one password of all demo accounts: given, or made once and kept where only its owner reads it."""
    kept = data_dir / PASSWORD_FILE
    given = os.environ.get(PASSWORD_VARIABLE) or (kept.read_text().strip() if kept.exists() else "")
    if given:
        return given
    password = secrets.token_urlsafe(12)
    data_dir.mkdir(parents=True, exist_ok=True)
    kept.touch(mode=0o600)
    kept.write_text(password + "\n")
    return password


@transaction.atomic
def create_demo_accounts(password: str) -> list[str]:
    """Make the accounts that are missing and give all of them `password`; returns their names."""
    for account in ACCOUNTS:
        user, is_new = get_user_model().objects.get_or_create(
            username=account.name,
            defaults={
                "email": f"{account.name}@example.org",
                "is_superuser": account.is_superuser,
                "is_staff": account.is_superuser,
            },
        )
        if is_new and account.group:
            user.groups.add(Group.objects.get(name=account.group))
        if not user.check_password(password):
            user.set_password(password)
            user.save()
        EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return [account.name for account in ACCOUNTS]
