from typing import Any

from django.core.management.base import BaseCommand

from portal.withholding import settle_all


class Command(BaseCommand):
    help = "Take images whose consent has run out from their public addresses. The worker does it every hour."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{settle_all()} images moved.")
