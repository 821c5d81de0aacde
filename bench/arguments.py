"""What `make bench` can be asked. Who builds the site for it reads this too, so it needs Python alone."""

import argparse
from pathlib import Path

DESCRIPTION = "Measure article, listing, home and search: queries, server CPU per request, ratio to the floor."
ENGINES = ("embedded", "elasticsearch")
PAGES = ("article", "listing", "home", "search", "thread")
READING_SIZE = 62  # with the eight patterns of the first content 70, at which the views of them are measured


def read(typed: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=", description=DESCRIPTION)
    parser.add_argument("--size", type=int, help="number of articles (500; with --reading 62)")
    parser.add_argument("--requests", type=int, default=200, help="requests of a round, without the page cache (200)")
    parser.add_argument("--cached-requests", type=int, default=3000, help="requests of a round with it (3000)")
    parser.add_argument("--json", type=Path, default=None, help="where to write the figures")
    parser.add_argument(
        "--search", metavar="SIZE", type=int, nargs="+", help="instead: both search engines at these sizes"
    )
    parser.add_argument("--engine", choices=ENGINES, nargs="+", default=ENGINES, help="with --search: only this")
    parser.add_argument("--reading", action="store_true", help="instead: map, matrix, comparisons, timeline, files")
    parser.add_argument("--writers", action="store_true", help="instead: 20 writers at once, on PostgreSQL")
    parser.add_argument("--translation", action="store_true", help="instead: the desk, with 40 texts in six languages")
    parser.add_argument("--profile", metavar="PAGE", choices=PAGES, help="instead: where the time of this page goes")
    options = parser.parse_args(typed)
    options.size = options.size or (READING_SIZE if options.reading else 500)
    return options
