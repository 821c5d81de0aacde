from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.guard import measuring


class Command(BaseCommand):
    help = (
        "Measure the guard on a corpus: a folder of files <language>.jsonl with lines "
        '{"text": "...", "lang": "nl", "classes": ["phone"]}. Prints recall and precision by class and language.'
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            scores = measuring.scores_of(folder)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{folder}: {error!r}") from error
        if not scores:
            raise CommandError(f"{folder} holds no file <language>.jsonl.")
        self.stdout.write(measuring.table(scores))
