"""What is wrong with the content files: every problem names file, field and reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError


@dataclass(frozen=True)
class Problem:
    file: str
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.field}: {self.reason}"


class BrokenContent(Exception):
    """Raised when nothing was loaded because of `problems`."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Place:
    """Where we are in a file, such as `considerations 3 (threat) → source`; collects what is wrong there."""

    def __init__(self, file: str, found: list[Problem], parts: tuple[str, ...] = ()) -> None:
        self.file = file
        self.found = found
        self.parts = parts

    def at(self, part: str) -> "Place":
        return Place(self.file, self.found, (*self.parts, part))

    def complain(self, reason: Any) -> None:
        self.found.append(Problem(self.file, " → ".join(self.parts) or "file", one_line(reason)))

    @contextmanager
    def complaints(self) -> Iterator[None]:
        """Turns a ValidationError into a problem of this place."""
        try:
            yield
        except ValidationError as error:
            for message in error.messages:
                self.complain(message)


def one_line(reason: Any) -> str:
    return " ".join(str(reason).split())
