"""Where the time of a page goes: its queries, its templates, and the functions that take most."""

import cProfile
import pstats
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models.sql.compiler import SQLCompiler
from django.template import Template
from django.test import Client

from . import queries

TIMES = 50


def show(paths: list[str]) -> None:
    sql = queries.captured(paths[0])
    print(f"{len(sql)} queries of {paths[0]}")
    for query in sql:
        print(f"  {query[:160]}")
    client = Client(headers=queries.BROWSER, SERVER_NAME="127.0.0.1")
    asked = [paths[number % len(paths)] for number in range(TIMES)]
    start = time.process_time()
    for path in asked:
        client.get(path)
    print(f"\n{(time.process_time() - start) / TIMES * 1000:.2f} ms of CPU in this process, without the server")
    print("\n  times      ms   own time in")
    for name, calls, seconds in own_times(client, asked)[:40]:
        print(f"{calls / TIMES:7.1f}{seconds / TIMES * 1000:8.2f}   {name}")
    profile = cProfile.Profile()
    for path in asked:
        profile.runcall(client.get, path)
    for order in ("cumulative", "tottime"):
        pstats.Stats(profile).strip_dirs().sort_stats(order).print_stats(45)


def own_times(client: Client, paths: list[str]) -> list[tuple[str, int, float]]:
    """Time spent in each template without the templates and queries inside it."""
    clock = Clock()
    originals = Template._render, SQLCompiler.execute_sql
    Template._render = clock.timed(Template._render, lambda template: template.name or "(text)")  # type: ignore[method-assign]
    SQLCompiler.execute_sql = clock.timed(SQLCompiler.execute_sql, lambda compiler: "queries")  # type: ignore[method-assign]
    try:
        for path in paths:
            clock.timed(client.get, lambda path: "everything else")(path)
    finally:
        Template._render, SQLCompiler.execute_sql = originals  # type: ignore[method-assign]
    rows = [(name, clock.calls[name], seconds) for name, seconds in clock.own.items()]
    return sorted(rows, key=lambda row: -row[2])


class Clock:
    def __init__(self) -> None:
        self.own: dict[str, float] = defaultdict(float)
        self.calls: dict[str, int] = defaultdict(int)
        self.inside: list[float] = []

    def timed(self, function: Callable, name: Callable[[Any], str]) -> Callable:
        def call(first: Any, *arguments: Any, **options: Any) -> Any:
            self.inside.append(0.0)
            start = time.perf_counter()
            try:
                return function(first, *arguments, **options)
            finally:
                whole = time.perf_counter() - start
                key = name(first)
                self.own[key] += whole - self.inside.pop()
                self.calls[key] += 1
                if self.inside:
                    self.inside[-1] += whole

        return call
