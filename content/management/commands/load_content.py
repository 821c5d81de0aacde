import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from content.loading import load
from content.problems import BrokenContent
from portal.addresses import LANGUAGE_CODES
from portal.content_loaded import content_loaded


class Command(BaseCommand):
    help = "Load the content files that this site does not have yet. Nothing on the site is changed or overwritten."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--path", type=Path, default=settings.BASE_DIR / "content", help="Where the files are.")
        every = ",".join(LANGUAGE_CODES)
        parser.add_argument("--languages", default=every, help="Codes with commas between. Default: all.")
        parser.add_argument("--check", action="store_true", help="Only say what is wrong with the files.")

    def handle(self, *args: Any, path: Path, languages: str, check: bool, **options: Any) -> None:
        started = time.monotonic()
        say = self.stdout.write if options["verbosity"] else (lambda text: None)
        try:
            notices = load(path, languages=languages.split(","), check=check, say=say)
        except BrokenContent as broken:
            for problem in broken.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"{len(broken.problems)} problems; nothing was loaded.") from broken
        if not check:
            content_loaded.send(type(self))
        for notice in notices:
            self.stderr.write(notice)
        say(f"Done in {time.monotonic() - started:.0f} s.")
