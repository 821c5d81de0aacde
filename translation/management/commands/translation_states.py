"""`manage.py translation_states`: counts the state of every translation anew and prints them per language."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count, Q, Sum

from translation import states
from translation.models import State, TranslationStatus


class Command(BaseCommand):
    help = "Counts the state of every translation from the content and keeps it; prints a table per language."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only-show", action="store_true", help="print what is kept, and count nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["only_show"]:
            counted = states.rebuild(self._tell if options["verbosity"] else lambda done, total: None)
            self.stdout.write(f"{counted} pages and entries counted.")
        self._print_table()

    def _tell(self, done: int, total: int) -> None:
        if done % 100 == 0 or done == total:
            self.stdout.write(f"{done} of {total}")

    def _print_table(self) -> None:
        rows = TranslationStatus.objects.order_by("locale__language_code").values("locale__language_code")
        counts = {str(state): Count("pk", filter=Q(state=state)) for state in State}
        stale = Count("pk", filter=Q(stale_since__isnull=False))
        names = [*counts, "stale", "to_do"]
        self.stdout.write("language" + "".join(f"{name:>10}" for name in names))
        row: Any
        for row in rows.annotate(**counts, stale=stale, to_do=Sum("words_to_do")):
            self.stdout.write(f"{row['locale__language_code']:8}" + "".join(f"{row[name]:>10}" for name in names))
