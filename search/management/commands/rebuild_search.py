from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand

from ... import indexing


class Command(BaseCommand):
    help = "Write the search index anew from all published pages. Readers see the old one until it is done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="only if it is empty or the analysis of texts has changed"
        )

    def handle(self, *args: Any, if_needed: bool = False, **options: Any) -> None:
        if if_needed and indexing.is_current():
            self.stdout.write("The search index is up to date.")
            return
        began = perf_counter()
        written = indexing.rebuild(lambda count: self._say(f"{count} documents"))
        self.stdout.write(f"Search index rebuilt: {written} documents in {perf_counter() - began:.1f} s.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
