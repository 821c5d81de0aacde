import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ...evaluation import baseline, judged, report, running
from ...service import ENGINES, engine_named


class Command(BaseCommand):
    help = (
        "Measure how well the search answers: the project's own judged questions on the loaded site, or sets in the "
        "form of SQuAD, whose paragraphs are put into a scratch index. Shows averages with 95 % intervals."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, help="a set in the form of SQuAD (name.de.json), or a folder")
        parser.add_argument(
            "--lang", action="append", choices=[code for code, _name in settings.LANGUAGES], help="of the texts"
        )
        parser.add_argument("--engine", action="append", choices=list(ENGINES), help="embedded unless named")
        parser.add_argument("--half", choices=judged.HALVES, help="dev to improve the search by, test to measure it")
        parser.add_argument("--typos", action="store_true", help="with one typo in the longest word of each question")
        parser.add_argument(
            "--cross",
            metavar="LANGUAGE",
            help="of a set in the form of SQuAD, questions in this language; of the project's own, any value: those "
            "questions alone whose answer stands in another language",
        )
        parser.add_argument(
            "--bridge",
            choices=running.BRIDGES,
            default="none",
            help="with --cross: what the index has in the language of the questions, too",
        )
        parser.add_argument("--limit", type=int, default=0, help="so many questions of each language, chosen evenly")
        parser.add_argument("--failures", type=float, metavar="NDCG", help="also list the questions answered worse")
        parser.add_argument("--json", action="store_true", help="everything as JSON, each question too")
        parser.add_argument("--compare", action="store_true", help="with the stored baseline; fails on a real drop")
        parser.add_argument("--renew-baseline", action="store_true", help="store what the test half shows now")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["path"] and (options["compare"] or options["renew_baseline"]):
            raise CommandError("The baseline is about the project's own questions: leave the path out.")
        if options["compare"] or options["renew_baseline"]:
            options["half"] = "test"
        try:
            measured = self._measure(options)
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(str(error) or repr(error)) from error
        self._show(measured, options)
        if options["renew_baseline"]:
            baseline.write(measured)
            self.stdout.write(f"Stored in {baseline.FILE.relative_to(Path.cwd())}.")
        elif options["compare"]:
            self._compare(measured)

    def _measure(self, options: dict[str, Any]) -> dict[str, Any]:
        chosen = running.Options(
            half=options["half"] or "",
            typos=options["typos"],
            cross=options["cross"] or "",
            bridge=options["bridge"],
            limit=options["limit"],
        )
        measured = {}
        for name in options["engine"] or ["embedded"]:
            engine = engine_named(name)
            languages = options["lang"] or []
            if path := options["path"]:
                measured[name] = running.external(path, languages, engine, chosen)
            else:
                measured[name] = running.own(languages, engine, chosen)
        return measured

    def _show(self, measured: dict[str, Any], options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(measured), ensure_ascii=False, indent=1))
            return
        for line in report.table(measured):
            self.stdout.write(line)
        if not options["path"]:
            self.stdout.write("\nnDCG@10 by kind of question")
            for line in report.by_kind(measured):
                self.stdout.write(line)
        if options["failures"] is not None:
            outcomes = [o for languages in measured.values() for several in languages.values() for o in several]
            for line in report.failures(outcomes, options["failures"]):
                self.stdout.write(line)

    def _compare(self, measured: dict[str, Any]) -> None:
        stored = baseline.read()
        changes = [change for name, found in measured.items() for change in baseline.compare(name, found, stored)]
        self.stdout.write("\nAgainst the stored baseline")
        for change in changes:
            self.stdout.write(str(change))
        if complaint := baseline.complaint(changes):
            raise CommandError(complaint)
