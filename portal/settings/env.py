"""Read settings from the environment. What is missing or wrong is named, all of it at once."""

import os
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


class Environment:
    """Collects what is wrong while a settings module reads it; `refuse()` then stops the start."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def text(self, name: str, must: str = "", holds: Callable[[str], bool] = bool) -> str:
        """A required value; `must` says in words what `holds` checks."""
        value = os.environ.get(name, "").strip()
        if not value:
            self.problems.append(f"{name} is missing{': it must ' + must if must else ''}")
        elif not holds(value):
            self.problems.append(f"{name} must {must}")
        return value

    def refuse(self) -> None:
        if self.problems:
            raise ImproperlyConfigured("Set these environment variables:\n  " + "\n  ".join(self.problems))


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from error


def words(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def folder(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default).expanduser().resolve()
