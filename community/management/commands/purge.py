from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from community.personal.retention import purge


class Command(BaseCommand):
    help = "Delete or empty what is kept no longer. The worker does it every day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Say what would go, and change nothing.")

    def handle(self, *args: Any, dry_run: bool = False, **options: Any) -> None:
        report = purge(dry_run=dry_run)
        for ended in report:
            self.stdout.write(f"{ended.rows:>8}  {ended.code:<22} {ended.what}")
        total = sum(ended.rows for ended in report)
        self.stdout.write(f"{total:>8}  {'would go' if dry_run else 'gone'}")
