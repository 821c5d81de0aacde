from typing import Any

from django.core.management.base import BaseCommand

from portal.groups import ensure_groups


class Command(BaseCommand):
    help = "Make the groups of the admin with their rights. What was changed in a group stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_groups()
