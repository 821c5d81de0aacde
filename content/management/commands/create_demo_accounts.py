from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from content.accounts import create_demo_accounts, demo_password
from portal.groups import ensure_groups


class Command(BaseCommand):
    help = "Create the demo accounts of a development site, all with one password."

    def handle(self, *args: Any, **options: Any) -> None:
        if not getattr(settings, "DEMO_ACCOUNTS", False):
            raise CommandError("Demo accounts exist on development sites only.")
        ensure_groups()
        password = demo_password(settings.DATA_DIR)
        names = create_demo_accounts(password)
        self.stdout.write(f"Demo accounts: {', '.join(names)}. Password: {password}")
