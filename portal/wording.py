"""Notions that have a name in each language, which texts keep to. Features say which: the glossary registers itself."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Wording:
    entry: Any  # the row: what is the same in other languages shares its `translation_key`
    language: str
    name: str
    others: tuple[str, ...]  # that may be said as well
    meaning: str


Provider = Callable[[Collection[str]], Iterable[Wording]]  # the names in these languages
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    if provider not in _providers:
        _providers.append(provider)


def wordings(languages: Collection[str]) -> Iterator[Wording]:
    for provider in _providers:
        yield from provider(languages)
