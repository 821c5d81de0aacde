"""What is kept about people, table by table: what its export gives, what erasing does to it, how long it stays."""

import datetime
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from .person import Person

Rows = Iterable[Mapping[str, Any]]

WITH_THE_ACCOUNT = "Deleted with the account."
NO_LONGER_NAMED = "The account is taken out of the row, which stays."


@dataclass(frozen=True)
class Purge:
    """What ends by the clock. `run` does it and returns how many rows it was; a dry run is rolled back."""

    code: str
    what: str
    run: Callable[[datetime.datetime], int]


@dataclass(frozen=True)
class Table:
    """One model that holds something about people.

    `erased` and `kept` say in a sentence what becomes of it; an `erase` is needed wherever Django alone, deleting the
    account, would leave something. `export` gives rows of plain values, chosen one by one: never a third person's
    address, and never who reported or moderated something.
    """

    model: str
    erased: str
    kept: str
    name: str = ""
    export: Callable[[Person], Rows] | None = None
    not_exported: str = ""
    erase: Callable[[Person], None] | None = None
    purges: tuple[Purge, ...] = ()


_tables: dict[str, Table] = {}
_impersonal: dict[str, str] = {}


def register(model: str, **what: Any) -> None:
    """`model` as “app.Model”; `what` are the fields of `Table`."""
    table = Table(model, **what)
    if model in _tables or model in _impersonal:
        raise ValueError(f"{model} is registered already.")
    if bool(table.export) == bool(table.not_exported) or bool(table.export) != bool(table.name):
        raise ValueError(f"{model} is exported under a name, or says why it is not.")
    _tables[model] = table


def nothing_personal(reason: str, *models: str) -> None:
    """Models, or tables without a model, which hold nothing about a person."""
    for model in models:
        if model in _tables or model in _impersonal:
            raise ValueError(f"{model} is registered already.")
        _impersonal[model] = reason


def registered() -> list[Table]:
    return list(_tables.values())


def impersonal() -> Mapping[str, str]:
    return _impersonal


def of(label: str) -> type[Model]:
    return apps.get_model(label)


def rows(label: str, **chosen: Any) -> Any:
    """All rows, also where the usual manager would refuse to change them or hide some."""
    return of(label)._base_manager.filter(**chosen)


def own(label: str, owner: str, **columns: str) -> Callable[[Person], Rows]:
    """An export of the rows that belong to the account by `owner`: columns of the file, and the fields they show."""

    def export(person: Person) -> Iterator[Mapping[str, Any]]:
        found = rows(label, **{owner: person.pk}).order_by("pk").values_list(*columns.values())
        for values in found.iterator(chunk_size=500):
            yield dict(zip(columns, values, strict=True))

    return export


def load() -> None:
    """Import what the modules beside this one register."""
    from . import registered as here

    for module in pkgutil.iter_modules(here.__path__):
        importlib.import_module(f"{here.__name__}.{module.name}")
