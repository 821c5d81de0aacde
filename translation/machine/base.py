"""What every service of machine translation has in common."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from .failures import Failure, MachineError


class Translator(ABC):
    """One service. Texts are pieces of HTML with inline tags; `glossary` is what the service calls one, or empty."""

    name: str
    max_texts: int
    max_bytes: int

    def __init__(self, url: str, key: str = "", seconds: float = 30) -> None:
        self.url, self.key, self.seconds = url.rstrip("/"), key, seconds

    @property
    def host(self) -> str:
        """To whom the texts go: people read it before they send any."""
        return urlsplit(self.url).hostname or ""

    @abstractmethod
    def translate(
        self, texts: Sequence[str], source_language: str, target_language: str, glossary: str = ""
    ) -> list[str]:
        """One question to the service, with no more than it takes at once; raises MachineError."""

    def batches(self, texts: Sequence[str]) -> Iterator[list[str]]:
        """As many texts in each as the service takes; one that is too large alone is for the service to refuse."""
        batch: list[str] = []
        size = 0
        for text in texts:
            length = len(text.encode())
            if batch and (len(batch) == self.max_texts or size + length > self.max_bytes):
                yield batch
                batch, size = [], 0
            batch.append(text)
            size += length
        if batch:
            yield batch


def checked(answers: Any, texts: Sequence[str]) -> list[str]:
    """Only a list of as many texts as were sent tells which is whose."""
    if not isinstance(answers, list) or not all(isinstance(answer, str) for answer in answers):
        raise MachineError(Failure.GARBLED, charged=True)
    if len(answers) != len(texts):
        raise MachineError(Failure.COUNT, charged=True)
    return answers
