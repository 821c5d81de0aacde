"""Lets anybody score the guard on lines of their own."""

import json
import sys
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandParser

from portal import guard


class WrongLine(ValueError):
    """The message says what is wrong with it."""


class Command(BaseCommand):
    help = (
        'Read JSON lines {"text": "...", "lang": "nl"} from a file or standard input, and write for each '
        '{"verdict": "pass|warn|hold|refuse", "classes": [...]}. "lang" is optional. Ends with 1 after a broken line.'
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="JSON lines; standard input when there is none")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        if file == "-":
            broken = self._answer(getattr(sys.stdin, "buffer", sys.stdin))
        else:
            try:
                with open(file, "rb") as lines:
                    broken = self._answer(lines)
            except OSError as error:
                self.stderr.write(f"{file}: {error.strerror}")
                sys.exit(1)
        if broken:
            sys.exit(1)

    def _answer(self, lines: IO[Any]) -> int:
        """How many lines were broken. They are named on the error output; all others are answered."""
        broken = 0
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                answer = checked(*_read(line))
            except WrongLine as error:
                broken += 1
                self.stderr.write(f"Line {number}: {error}")
            else:
                self.stdout.write(json.dumps(answer))
        return broken


def checked(text: str, language: str) -> dict[str, Any]:
    try:
        hits = guard.inspect(text, language)
    except guard.TextTooLong:  # what could not be read is held, as the site does
        return {"verdict": guard.Verdict.HOLD.code, "classes": []}
    return {
        "verdict": guard.verdict(hits).code,
        "classes": [kind for kind in guard.Kind if any(hit.kind is kind for hit in hits)],
    }


def _read(line: bytes | str) -> tuple[str, str]:
    try:
        given = json.loads(line)
    except UnicodeDecodeError:
        raise WrongLine("not UTF-8") from None
    except json.JSONDecodeError as error:
        raise WrongLine(f"no JSON: {error.msg} at character {error.colno}") from None
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise WrongLine('must be an object with a string "text"')
    language = given.get("lang")
    return given["text"], language if isinstance(language, str) else ""
