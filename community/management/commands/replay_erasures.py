from typing import Any

from django.core.management.base import BaseCommand

from community.personal.replaying import KINDS, replay


class Command(BaseCommand):
    help = (
        "After a backup was restored: erase again what was erased since, by the ledger of erasures. "
        "Run it before the site answers anybody. The worker does it every day, too."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = replay()
        for what in KINDS:
            self.stdout.write(f"{done[what]:>8}  {what}")
