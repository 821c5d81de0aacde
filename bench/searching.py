"""Search at growing sizes: writing, size, memory, and the cost of questions of two and three words, for both engines.

    make bench ARGS="--search 500 10000 100000"
    make bench ARGS="--search 10000 --engine embedded"

On PostgreSQL with DJANGO_SETTINGS_MODULE=portal.settings.test and the address of an empty database in DATABASE_URL.

The texts are made of the words of the first content, drawn by how often they occur, about 100 words each. The words of
a question are frequent ones, which half of the texts may have, middling and rare ones alike; every fifth is asked with
a filter. Questions with a misspelt word, which take several searches, are reported apart. The texts are committed, as a
site's are, and the site's own index is written anew at the end. Into Elasticsearch they are written from the catalogue,
as `rebuild_search` does it. CPU is that of the asking process, and beside it that of the Elasticsearch node, if it runs
here; growth is that of both since the size before. A node is slow until its code is compiled, so it is asked some
thousand questions before. p95 is by the clock, so it needs a quiet machine. RSS is what the asking process has grown by
since the texts were written.
"""

import io
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import connection
from django.test import override_settings
from wagtail.models import Page

from portal.words.stopwords import STOPWORDS
from search.documents import SearchDocument
from search.engines.base import Engine
from search.engines.embedded.rebuilding import in_pieces
from search.evaluation.scratch import Scratch, forget, indices_of_its_own
from search.models import Document, Word
from search.service import engine_named, search
from search.suggesting import suggestions

from .served import cpu_seconds

WORDS = 100
QUESTIONS = 300
MISSPELT = 100
WARMING = {"embedded": 20, "elasticsearch": 1500}
FILTERED = 5  # every so many questions have a filter
GOALS = {("embedded", 10_000): 25, ("elasticsearch", 10_000): 25, ("embedded", 100_000): 250}
GOALS[("elasticsearch", 100_000)] = 40  # ms, p95
TYPING_GOALS = {("embedded", 10_000): 50}  # ms, p95
WRITING_GOAL = 1000  # texts a second
WRITING_GOAL_FROM = 10_000  # texts: to begin takes a second or two, however few there are
TYPED = (2, 3, 4)  # letters
# What editors note of texts: so many combinations of facets as the first content has.
FACETS = {"country": ("IT", "ES", "NL", "DE", "GB"), "risk": ("low", "high"), "tag": tuple(f"t{n}" for n in range(12))}
COLUMNS = (
    *("written/s", "index MB", "CPU ms", "of node", "growth", "median ms", "p95 ms", "goal"),
    *("misspelt p95", "suggest p95", "goal", "RSS MB"),
)


class Texts:
    """Texts and questions whose words are as frequent as in the first content."""

    def __init__(self) -> None:
        texts = Document.objects.filter(language="en").values_list("body", flat=True)
        counts = Counter(word for text in texts for word in re.findall(r"[a-z]{2,}", text.lower()))
        self.words, self.weights = zip(*counts.most_common(), strict=True)
        common = STOPWORDS["en"]
        asked = {word: count for word, count in counts.items() if len(word) > 4 and word not in common and count > 2}
        self.asked = [
            [word for word, count in asked.items() if low <= count < high]
            for low, high in ((100, 10**9), (15, 100), (3, 15))
        ]
        self.random = random.Random(8)

    def documents(self, scratch: Scratch, size: int) -> Iterator[SearchDocument]:
        for number in range(size):
            words = self.random.choices(self.words, self.weights, k=WORDS)
            # A long tail of words of their own, as names and numbers are in real texts.
            words.append(f"{self.random.choice(self.asked[2])}{number % 20_000}")
            document = scratch.document(
                f"bench:{number}", f"bench-{number}", "en", title=" ".join(words[:6]), body=" ".join(words)
            )
            facets = {name: (self.random.choice(values),) for name, values in FACETS.items()}
            yield replace(document, kind="pattern", facets=facets)  # a kind that has similar pages

    def question(self) -> str:
        words = [self.random.choice(self.random.choice(self.asked)) for _word in range(self.random.choice((2, 3)))]
        return " ".join(dict.fromkeys(words))

    def misspelt(self) -> str:
        """With a letter missing from the longest word."""
        words = self.question().split()
        longest = max(words, key=len)
        at = self.random.randrange(1, len(longest) - 1)
        return " ".join(longest[:at] + longest[at + 1 :] if word is longest else word for word in words)

    def beginnings(self) -> list[str]:
        return [self.random.choice(band)[:letters] for band in self.asked for letters in TYPED for _time in range(33)]


def run(sizes: list[int], engines: Iterable[str]) -> None:
    if Document.objects.filter(key__startswith="bench:").exists():  # an earlier run was stopped
        _write_own_index()
    with ExitStack() as stack:
        pid = None
        if "elasticsearch" in engines and not settings.ELASTICSEARCH_URL:
            pid = _node(stack)
        address = settings.ELASTICSEARCH_URL
        print(f"{'engine':<14}{'texts':>8}" + "".join(f"{name:>13}" for name in COLUMNS), flush=True)
        for name in engines:
            if name == "elasticsearch" and not address:
                continue
            url, before = address if name == "elasticsearch" else "", 0.0
            # However late an answer comes, it counts: another engine's in its place would not.
            with override_settings(ELASTICSEARCH_URL=url, ELASTICSEARCH_TIMEOUT=30.0):
                for size in sizes:
                    row = _measured(name, size, pid if name == "elasticsearch" else None)
                    _report(name, size, row, before)
                    before = row["cpu"] + row["node"]
                    _write_own_index()


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


def _write_own_index() -> None:
    call_command("rebuild_search", verbosity=0, engine="embedded", stdout=io.StringIO())


@contextmanager
def _empty_index(engine: Engine) -> Iterator[Scratch]:
    """With a page on which all texts stand."""
    Page.objects.filter(depth=2, slug="bench").delete()  # of a run that was stopped
    page = Page.get_first_root_node().add_child(instance=Page(title="Bench", slug="bench"))
    with indices_of_its_own(engine):
        try:
            _clear()
            yield Scratch(engine, page.pk)
        finally:
            _clear()
            page.delete()


def _clear() -> None:
    Document.objects.all().delete()
    Word.objects.all().delete()
    forget()


def _measured(name: str, size: int, pid: int | None) -> dict[str, float]:
    texts = Texts()
    with _empty_index(engine_named(name)) as scratch:
        _tidy()
        before = _bytes(name)
        written = _written(name, texts.documents(scratch, size))
        _tidy()
        size_of_index = _bytes(name) - before
        memory = _resident()
        for n in range(WARMING[name]):
            _ask(name, texts.question(), _filters(n))
        cpu, node = time.process_time(), _node_cpu(pid)
        asked = [_timed(partial(_ask, name, texts.question(), _filters(n))) for n in range(QUESTIONS)]
        cpu, node = time.process_time() - cpu, _node_cpu(pid) - node
        misspelt = [_timed(partial(_ask, name, texts.misspelt())) for _question in range(MISSPELT)]
        typed = [_timed(partial(suggestions, typed, "en")) for typed in texts.beginnings()]
        return {
            "written": size / written,
            "bytes": size_of_index,
            "cpu": cpu / QUESTIONS * 1000,
            "node": node / QUESTIONS * 1000,
            "median": statistics.median(asked),
            "p95": _p95(asked),
            "misspelt": _p95(misspelt),
            "typed": _p95(typed),
            "resident": _resident() - memory,
        }


def _written(name: str, documents: Iterator[SearchDocument]) -> float:
    """How many seconds it takes."""
    start = time.perf_counter()
    engine_named("embedded").rebuild(in_pieces(documents), lambda written: None)
    if name == "elasticsearch":
        from search.engines.elasticsearch.rebuild import rebuild

        start = time.perf_counter()
        rebuild(lambda written: None)
    return time.perf_counter() - start


def _ask(name: str, text: str, filters: Mapping[str, list[str]] = MappingProxyType({})) -> None:
    results = search(text, language="en", filters=filters)
    if results.engine != name:
        raise SystemExit(f"{name} did not answer “{text}”.")


def _filters(number: int) -> dict[str, list[str]]:
    return {} if number % FILTERED else {"country": ["NL"]}


def _timed(ask: Callable) -> float:
    """As in a request, which asks once whether what is kept in the process is still true."""
    connection.close_at = None
    request_started.send(sender=None)
    start = time.perf_counter()
    ask()
    taken = (time.perf_counter() - start) * 1000
    request_finished.send(sender=None)
    return taken


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _node_cpu(pid: int | None) -> float:
    """Nothing of a node elsewhere."""
    return cpu_seconds(pid) if pid else 0.0


def _resident() -> float:
    return float(re.search(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024


def _tidy() -> None:
    """What the database does by itself sooner or later, so that all sizes are measured alike."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "VACUUM")


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


def _report(name: str, size: int, row: dict[str, float], before: float) -> None:
    goal, typing = GOALS.get((name, size)), TYPING_GOALS.get((name, size))
    slowly = size >= WRITING_GOAL_FROM and row["written"] < WRITING_GOAL
    missed = (goal and row["p95"] > goal) or (typing and row["typed"] > typing) or slowly
    cells = (
        *(f"{row['written']:.0f}", f"{row['bytes'] / 1e6:.1f}", f"{row['cpu']:.1f}", f"{row['node'] or '-':.4}"),
        *(f"{(row['cpu'] + row['node']) / before:.1f}" if before else "-", f"{row['median']:.1f}"),
        *(f"{row['p95']:.1f}", goal or "-", f"{row['misspelt']:.1f}", f"{row['typed']:.1f}", typing or "-"),
        f"{row['resident'] / 1e6:.0f}",
    )
    print(
        f"{name:<14}{size:>8}" + "".join(f"{cell:>13}" for cell in cells) + ("  missed" if missed else ""), flush=True
    )
