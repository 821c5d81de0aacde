from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from content.messages import write_messages
from content.problems import BrokenContent
from portal.addresses import LANGUAGE_CODES


class Command(BaseCommand):
    help = "Write or update the PO files of the content in one language. Translations that are there are kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("language", choices=LANGUAGE_CODES)
        parser.add_argument("names", nargs="*", help="Codes of pages, or names of vocabulary files. Default: all.")
        parser.add_argument("--path", type=Path, default=settings.BASE_DIR / "content", help="Where the files are.")

    def handle(self, *args: Any, language: str, names: list[str], path: Path, **options: Any) -> None:
        try:
            written = write_messages(path, language, names)
        except BrokenContent as broken:
            raise CommandError(str(broken)) from broken
        for one in written:
            name = one.path.relative_to(path)
            self.stdout.write(f"{name}: {one.messages} messages, {one.missing_words} of {one.words} words to do")
        total, missing = sum(one.words for one in written), sum(one.missing_words for one in written)
        self.stdout.write(f"{language}: {len(written)} files, {missing} of {total} words to do")
