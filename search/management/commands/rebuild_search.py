from argparse import ArgumentParser
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ... import indexing
from ...engines.base import Progress
from ...service import ENGINES


class Command(BaseCommand):
    help = (
        "Write the search index anew: the embedded one from all published pages, then Elasticsearch’s, if it is set "
        "up, from that. Readers see the old one until the new one is complete, and editors may go on publishing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="only if it is empty or the analysis of texts has changed"
        )
        parser.add_argument("--engine", choices=ENGINES, help="only this one; without it, all that are set up")

    def handle(self, *args: Any, if_needed: bool = False, engine: str | None = None, **options: Any) -> None:
        if engine == "elasticsearch" and not settings.ELASTICSEARCH_URL:
            raise CommandError("ELASTICSEARCH_URL is not set.")
        for name in [engine] if engine else ENGINES:
            if name == "embedded":
                self._rebuild("Search index", indexing.rebuild, if_needed and indexing.is_current())
            elif settings.ELASTICSEARCH_URL:
                self._rebuild_elasticsearch(if_needed)

    def _rebuild_elasticsearch(self, if_needed: bool) -> None:
        from ...engines.elasticsearch import rebuild
        from ...engines.elasticsearch.connection import Unavailable

        try:
            is_current = if_needed and rebuild.is_current()
            self._rebuild("Elasticsearch index", rebuild.rebuild, is_current)
        except (Unavailable, rebuild.RebuildFailed) as reason:
            raise CommandError(f"The indices in Elasticsearch stay as they were. {reason}") from reason

    def _rebuild(self, what: str, rebuild: Callable[[Progress], int], is_current: bool) -> None:
        if is_current:
            self._say(f"{what} is up to date.")
            return
        began = perf_counter()
        written = rebuild(lambda count: self._say(f"{count} documents"))
        self._say(f"{what} rebuilt: {written} documents in {perf_counter() - began:.1f} s.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
