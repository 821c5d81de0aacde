"""Where the time of a page goes: its queries, and the functions that take most."""

import cProfile
import pstats

from django.test import Client

from . import queries

TIMES = 50


def show(paths: list[str]) -> None:
    sql = queries.captured(paths[0])
    print(f"\n{len(sql)} queries of {paths[0]}")
    for query in sql:
        print(f"  {query[:200]}")
    client = Client(headers=queries.BROWSER, SERVER_NAME="127.0.0.1")
    profile = cProfile.Profile()
    for number in range(TIMES):
        path = paths[number % len(paths)]
        profile.runcall(client.get, path)
    for order in ("cumulative", "tottime"):
        pstats.Stats(profile).strip_dirs().sort_stats(order).print_stats(45)
