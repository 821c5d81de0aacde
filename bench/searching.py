"""Search at growing sizes: writing, size, and the cost of questions of two and three words, for both engines.

    make bench ARGS="--search 500 10000 100000"

The texts are made of the words of the first content, drawn by how often they occur, about 100 words each. They are
written into a scratch index that is rolled back. CPU is that of the asking process and of the Elasticsearch node, if
it runs here; p95 is by the clock, so it needs a quiet machine.
"""

import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import override_settings

from search.documents import SearchDocument
from search.evaluation.scratch import Scratch, scratch_index
from search.models import Document
from search.service import engine_named, search
from search.suggesting import suggestions

from .served import cpu_seconds

WORDS = 100
QUESTIONS = 200
GOALS = {("embedded", 10_000): 25, ("elasticsearch", 10_000): 25, ("embedded", 100_000): 250}
GOALS[("elasticsearch", 100_000)] = 40  # ms, p95


class Texts:
    """Texts and questions whose words are as frequent as in the first content."""

    def __init__(self) -> None:
        texts = Document.objects.filter(language="en").values_list("body", flat=True)
        counts = Counter(word for text in texts for word in re.findall(r"[a-z]{2,}", text.lower()))
        self.words, self.weights = zip(*counts.most_common(), strict=True)
        self.telling = [word for word, count in counts.items() if len(word) > 4 and 3 <= count <= 200]
        self.random = random.Random(8)

    def documents(self, scratch: Scratch, size: int) -> Iterator[SearchDocument]:
        for number in range(size):
            words = self.random.choices(self.words, self.weights, k=WORDS)
            # A long tail of words of their own, as names and numbers are in real texts.
            words.append(f"{self.random.choice(self.telling)}{number % 20_000}")
            document = scratch.document(
                f"bench:{number}", f"bench-{number}", "en", title=" ".join(words[:6]), body=" ".join(words)
            )
            yield replace(document, facets={"country": (self.random.choice(("IT", "ES", "NL", "DE", "GB")),)})

    def questions(self) -> list[str]:
        return [" ".join(self.random.sample(self.telling, self.random.choice((2, 3)))) for _number in range(QUESTIONS)]


def run(sizes: list[int]) -> None:
    with ExitStack() as stack:
        pid = None
        engines = ["embedded"]
        if not settings.ELASTICSEARCH_URL:
            pid = _node(stack)
        if settings.ELASTICSEARCH_URL:
            engines.append("elasticsearch")
        print(
            "engine           texts  written/s       MB   CPU ms   median ms   p95 ms   goal  suggest p95", flush=True
        )
        for name in engines:
            with override_settings(ELASTICSEARCH_URL=settings.ELASTICSEARCH_URL if name == "elasticsearch" else ""):
                for size in sizes:
                    _report(name, size, _measured(name, size, pid if name == "elasticsearch" else None))


def _node(stack: ExitStack) -> int | None:
    """The node that the tests use, where there is what it needs."""
    from tests.services.elasticsearch.build import missing
    from tests.services.elasticsearch.server import server

    if reason := missing():
        print(f"Without Elasticsearch: {reason}")
        return None
    node = stack.enter_context(server())
    stack.enter_context(override_settings(ELASTICSEARCH_URL=node.url))
    return node.process.pid if node.process else None


def _measured(name: str, size: int, pid: int | None) -> dict[str, float]:
    texts = Texts()
    questions = texts.questions()
    with scratch_index(engine_named(name)) as scratch:
        before = _bytes(name)
        start = time.perf_counter()
        scratch.put(texts.documents(scratch, size))
        written = time.perf_counter() - start
        for question in questions[:20]:
            search(question, language="en")
        cpu = _cpu(pid)
        times = [_timed(lambda question=question: search(question, language="en")) for question in questions]
        cpu = (_cpu(pid) - cpu) / len(questions) * 1000
        typed = [_timed(lambda word=word: suggestions(word[:4], "en")) for word in texts.telling[:100]]
        return {
            "written": size / written,
            "bytes": _bytes(name) - before,
            "cpu": cpu,
            "median": statistics.median(times),
            "p95": statistics.quantiles(times, n=20)[-1],
            "typed": statistics.quantiles(typed, n=20)[-1],
        }


def _timed(ask: Any) -> float:
    start = time.perf_counter()
    ask()
    return (time.perf_counter() - start) * 1000


def _cpu(pid: int | None) -> float:
    return time.process_time() + (cpu_seconds(pid) if pid else 0)


def _bytes(name: str) -> float:
    if name == "elasticsearch":
        from search.engines.elasticsearch.connection import prefix, writing

        client = writing()
        client.indices.refresh(index=f"{prefix()}*", ignore_unavailable=True)
        return float(
            client.indices.stats(index=f"{prefix()}*")["_all"]["total"].get("store", {}).get("size_in_bytes", 0)
        )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return float(cursor.fetchone()[0])
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute("PRAGMA page_size")
        return float(pages * cursor.fetchone()[0])


def _report(name: str, size: int, row: dict[str, float]) -> None:
    goal = GOALS.get((name, size))
    missed = "missed" if goal and row["p95"] > goal else ""
    print(
        f"{name:<14}{size:>8}{row['written']:>11.0f}{row['bytes'] / 1e6:>9.1f}{row['cpu']:>9.1f}{row['median']:>12.1f}"
        f"{row['p95']:>9.1f}{goal or '-':>7}{row['typed']:>13.1f}  {missed}",
        flush=True,
    )
