"""`manage.py translation_doctor`: finds faults of translations; `--fix` mends what can be mended without loss."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from translation import doctor


class Command(BaseCommand):
    help = "Finds what is wrong with the translations, and with --fix mends it where nothing that was written is lost."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help="mend what can be mended")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["fix"]:
            mended, left = doctor.treat()
            for fault in mended:
                self.stdout.write(f"mended: {fault.what}: {fault.where}")
        else:
            left = doctor.examine()
        for fault in left:
            self.stdout.write(f"{'can be mended' if fault.mend else 'for people'}: {fault.what}: {fault.where}")
        if left:
            raise CommandError(f"{len(left)} faults.")
        self.stdout.write("The translations are sound.")
