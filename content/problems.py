"""What is wrong with the content files: every problem names file, field and reason."""

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

    def entry(self, index: int, name: str = "") -> "Place":
        """One entry of the list that we are at, and the name of its block where it has one."""
        last = f"{self.parts[-1]} {index + 1}" + (f" ({name})" if name else "")
        return Place(self.file, self.found, (*self.parts[:-1], last))

    def complain(self, reason: Any) -> None:
        self.found.append(Problem(self.file, " → ".join(self.parts) or "file", one_line(reason)))

    def complain_about(self, error: ValidationError) -> None:
        # Wagtail cleans the title of a draft by itself and does not name it.
        fields = error.message_dict if hasattr(error, "error_dict") else {"title": error.messages}
        for name, messages in fields.items():
            for message in messages:
                self.at(name).complain(message)

    @property
    def has_problems(self) -> bool:
        """Whether something was found here, or inside."""
        here = " → ".join(self.parts)
        return any(
            problem.file == self.file and (problem.field == here or problem.field.startswith(f"{here} "))
            for problem in self.found
        )


def one_line(reason: Any) -> str:
    return " ".join(str(reason).split())
