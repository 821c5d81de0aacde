"""What a search costs the node: few requests, and none to indices that cannot have anything."""

import pytest
from elastic_transport import Transport

from search.breaker import ERRORS
from search.engines.elasticsearch.connection import alias, answering
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.requests import run, run_together, search_in
from search.engines.embedded.ranking import PLENTY
from search.service import search

from .asking import follow

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.elasticsearch,
    pytest.mark.parametrize("engine_name", ["elasticsearch"], indirect=True),
]


@pytest.fixture
def asked(monkeypatch):
    """The indices asked, for each request those of its questions."""
    requests = []
    perform = Transport.perform_request

    def noted(transport, method, target, body=None, **options):
        path = target.partition("?")[0]
        of_one = path.removeprefix("/").removesuffix("/_search")
        requests.append({",".join(each["index"]) for each in body[::2]} if path == "/_msearch" else {of_one})
        return perform(transport, method, target, body=body, **options)

    monkeypatch.setattr(Transport, "perform_request", noted)
    return requests


def test_a_search_asks_once_for_a_word_twice_for_several_and_only_where_a_word_is_known(put, asked):
    """Of several it must be known how rare each is; in several languages, what the texts of a subject say together.

    Which words to mark is asked last where stemmers differ and the page has such texts.
    """
    for number in range(PLENTY + 1):
        put(title=f"Quokka watch {number}", body="patrol")
    for name, language in (("Bilby", "fr"), ("Quoll", "nl")):
        put(language, name)
        put("en", name)
    follow()

    def requests(text, **options):
        asked.clear()
        assert search(text, language="en", **options).total
        return list(asked)

    english, english_french, english_dutch = alias("en"), f"{alias('en')},{alias('fr')}", f"{alias('en')},{alias('nl')}"
    assert requests("quokka") == [{english}]
    assert requests("quokka", filters={"kind": ["page"]}) == [{english}]
    assert requests("quokka watch patrol") == [{english}] * 2
    assert requests("quokka bilby") == [{english_french}] * 3
    assert requests("quokka quoll") == [{english_dutch}] * 4
    assert len(requests("quoll bilby patrolling")) == 4


@pytest.mark.parametrize("ask", [run, lambda question: run_together([question])])
def test_who_asks_what_the_node_refuses_does_not_end_it_for_all_others(put, monkeypatch, ask):
    put(title="Quokka")
    follow()

    def what_no_node_answers(engine, query, shown):
        with answering():
            ask(search_in("en").query("match_phrase", everything="without positions"))

    with monkeypatch.context() as patched:
        patched.setattr(ElasticsearchEngine, "search", what_no_node_answers)
        assert [search("quokka", language="en").engine for _time in range(ERRORS)] == ["embedded"] * ERRORS
    assert search("quokka", language="en").engine == "elasticsearch"
