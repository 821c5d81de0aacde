"""Measure article, listing, home and search: queries, server CPU per request, ratio to the floor.

    make bench ARGS="--size 5000 --json bench.json"

Without the page cache each answer is made anew (and compressed for the browser, as browsers ask for it); with it, the
kept copy is sent. CPU time is that of all processes of the server, read from /proc, while eight connections keep it at
work. The rounds of all kinds are interleaved, the median counts. Posting and files are measured in this process.
"""

import argparse
import io
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from . import arguments
from .served import Served, granian

QUERY = "/en/search/?q="
WORDS = ("police", "neighbours", "moderator", "privacy", "evidence", "report", "volunteer", "video", "town", "rules")
TARGETS = {"article": 8.0, "listing": 12.0, "home": 12.0, "search": 10.0, "thread": 15.0}
WRITING = {"post": 12.0}  # a comment of 500 characters, with every check
# With --reading: the views of what is there, at 70 patterns.
READING = {"map": 40.0, "matrix": 20.0, "compare": 20.0, "atlas": 20.0, "places": 20.0, "timeline": 20.0}
FILES = {"deck": 2000.0, "csv": 3000.0}  # of eight patterns; of 5,000 practices
GOALS = TARGETS | READING | FILES | WRITING
NOT_SERVED: dict[str, Any] = dict.fromkeys(("cached_ms", "floor_ms", "html_kb", "sent_kb"))
CACHED_TARGET = 3.0
ARTICLE_QUERIES = 20
ROUNDS = 3


def prepare(size: int) -> None:
    """Add the articles to the site that bin/bench_site.py made."""
    import django

    django.setup()
    from django.core.management import call_command

    from . import articles, threads

    start = time.monotonic()
    if articles.build(size):
        call_command("rebuild_search", verbosity=0, stdout=io.StringIO())
    threads.build()
    print(f"  {size} articles in {time.monotonic() - start:.1f} s\n", flush=True)


def addresses(size: int) -> dict[str, list[str]]:
    from . import threads

    step = max(1, size // 100)
    return {
        "article": [f"/en/patterns/bench-{number}/" for number in range(1, size + 1, step)],
        "listing": ["/en/patterns/"],
        "home": ["/en/"],
        "search": [QUERY + word for word in WORDS],
        "thread": [f"{threads.ADDRESS}{query}" for query in threads.QUERIES],
    }


def views() -> dict[str, list[str]]:
    """Asked with a parameter that changes nothing, since a drawing that is kept would cost nothing."""
    return {
        "map": ["/en/patterns/map/?page=1"],
        "matrix": ["/en/patterns/matrix/?page=1"],
        "compare": ["/en/patterns/compare/?p=DIY-02&p=DIY-08"],
        "atlas": ["/en/practices/?page=1"],
        "places": ["/en/practices/compare/?p=faenza-fa-tamtam&p=terrassa-social-media"],
        "timeline": ["/en/practices/timeline/?page=1"],
    }


def main() -> None:
    options = arguments.read(sys.argv[1:])
    if options.writers:
        from . import writers

        writers.run()
        return
    if options.translation:
        import django

        django.setup()
        from . import translations

        translations.run(options.size)
        return
    prepare(options.size)
    if options.search:
        from . import searching

        searching.run(options.search, options.engine)
        return
    pages = views() if options.reading else addresses(options.size)
    if options.profile:
        from . import profiling

        profiling.show(pages[options.profile])
        return
    from . import queries

    figures = {name: {"queries": queries.count(paths)} for name, paths in pages.items()}
    measure(pages, figures, options)
    if options.reading:
        from . import files

        figures |= {name: NOT_SERVED | cost for name, cost in files.costs().items()}
    else:
        from . import writing

        figures["post"] = NOT_SERVED | writing.cost()
    report(figures, options)


def measure(pages: dict[str, list[str]], figures: dict[str, dict], options: argparse.Namespace) -> None:
    with (
        tempfile.TemporaryDirectory() as floor,
        granian("portal.wsgi:application", {"PAGE_CACHE_SECONDS": "0"}) as plain,
        granian("portal.wsgi:application", {"PAGE_CACHE_SECONDS": "86400"}) as cached,
    ):
        for name, paths in pages.items():
            keep_floor(Path(floor), name, cached, paths[0])
            figures[name] |= sizes(plain, paths[0])
        with granian("bench.floor:application", {"BENCH_FLOOR": floor}) as bare:
            for server, requests in ((plain, 20), (bare, 200), (cached, 20)):
                warm(server, pages, requests, bare is server)
            kept = {name: [path for path in paths if is_cached(cached, path)] for name, paths in pages.items()}
            rounds: dict[str, dict[str, list[float]]] = {
                name: {"cpu_ms": [], "cached_ms": [], "floor_ms": []} for name in pages
            }
            for _round in range(ROUNDS):
                for name, paths in pages.items():
                    rounds[name]["cpu_ms"].append(plain.cost(paths, options.requests))
                    rounds[name]["floor_ms"].append(bare.cost([f"/{name}"], options.cached_requests))
                    if kept[name]:
                        rounds[name]["cached_ms"].append(cached.cost(kept[name], options.cached_requests))
    for name, kinds in rounds.items():
        figures[name] |= {kind: statistics.median(times) if times else None for kind, times in kinds.items()}


def warm(server: Served, pages: dict[str, list[str]], requests: int, is_floor: bool) -> None:
    for name, paths in pages.items():
        server.cost([f"/{name}"] if is_floor else paths, max(requests, 0 if is_floor else len(paths)))


def is_cached(server: Served, path: str) -> bool:
    return "Etag" in server.get(path)[1]


def sizes(server: Served, path: str) -> dict[str, float]:
    identity = {"Accept": "text/html", "Accept-Encoding": "identity"}
    return {"html_kb": len(server.get(path, identity)[2]) / 1000, "sent_kb": len(server.get(path)[2]) / 1000}


def keep_floor(folder: Path, name: str, server: Served, path: str) -> None:
    """What the floor answers: the same bytes under the same headers as the portal with its page cache on."""
    server.get(path)
    _status, headers, body = server.get(path)
    known = folder / "headers.json"
    kept = json.loads(known.read_text()) if known.exists() else {}
    kept[name] = {key: value for key, value in headers.items() if key in ("Content-Type", "Content-Encoding")}
    known.write_text(json.dumps(kept))
    (folder / name).write_bytes(body)


def report(figures: dict[str, dict], options: argparse.Namespace) -> None:
    print(f"\n{options.size} articles; CPU ms per request, median of {ROUNDS} rounds\n")
    print("          queries  no cache   goal   cached   floor  ratio  html kB   sent")
    missed = []
    for name, row in figures.items():
        row["ratio"] = row["cached_ms"] / row["floor_ms"] if row["cached_ms"] else None
        columns = {"cached_ms": 2, "floor_ms": 2, "ratio": 2, "html_kb": 1, "sent_kb": 1}
        cached, floor, ratio, html, sent = (f"{row[key]:.{n}f}" if row[key] else "-" for key, n in columns.items())
        print(
            f"{name:<9}{row['queries']:>8}{row['cpu_ms']:>10.2f}{GOALS[name]:>7.0f}{cached:>9}{floor:>8}{ratio:>7}"
            f"{html:>9}{sent:>7}"
        )
        missed += [f"{name} without cache"] if row["cpu_ms"] > GOALS[name] else []
        missed += [f"{name} cached"] if row["ratio"] and row["ratio"] > CACHED_TARGET else []
    article = figures.get("article", {})
    missed += ["queries of the article"] if article.get("queries", 0) > ARTICLE_QUERIES else []
    print(f"\n{'Missed: ' + ', '.join(missed) if missed else 'Every goal is met.'}")
    target = options.json or Path(os.environ["PORTAL_DATA_DIR"]) / "bench.json"
    target.write_text(json.dumps({"size": options.size, "pages": figures, "missed": missed}, indent=1))
    print(f"Figures: {target}")


if __name__ == "__main__":
    main()
