import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.models import GlossaryTerm
from search.adapters import documents_of
from tests.factories import make_home, make_resource
from tests.factories.sections import make_glossary, make_term

pytestmark = pytest.mark.django_db


def text(client, address="/en/glossary/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def terms():
    make_glossary()
    make_home("fr")
    return [
        make_term("moderator", alternatives="Host\nKeeper", see_also=["watchdog", "nobody"]),
        make_term("dark-web-monitoring", term="Dark web monitoring", broader="dark-web"),
        make_term("dark-web", term="Dark web", source=make_resource(title="Factsheet")),
        make_term("watchdog", abbreviation="WD", note="Our wording."),
    ]


def test_every_term_has_an_anchor_and_all_it_holds(client, terms):
    html = text(client)
    for code in ("moderator", "dark-web", "dark-web-monitoring", "watchdog"):
        assert f'<div id="{code}"' in html
    for words in ("What moderator means.", "Host, Keeper", "WD", "Our wording.", "Factsheet"):
        assert words in html


def test_related_terms_lead_to_their_anchors_and_unknown_ones_are_left_out(client, terms):
    html = text(client)
    assert '<a href="#watchdog">Watchdog</a>' in html
    assert '<a href="#dark-web">Dark web</a>' in html
    assert "nobody" not in html


def test_colons_are_set_as_the_language_sets_them(client, terms):
    make_glossary("fr")
    assert "See also:" in text(client)
    assert "Voir aussi\u202f:" in text(client, "/fr/glossary/")


def test_terms_stand_under_their_letter_without_regard_to_accents(client, terms):
    make_term("equity", term="Équité")
    make_term("evidence", term="Evidence")
    letters = client.get("/en/glossary/").context["letters"]
    assert [letter.letter for letter in letters] == ["D", "E", "M", "W"]
    assert [entry.term.term for entry in letters[1].entries] == ["Équité", "Evidence"]


def test_the_reader_gets_the_own_language_and_else_the_original_with_its_name(client, terms):
    make_term("watchdog", "fr", term="Vigie", definition="Qui observe.")
    html = text(client, "/fr/glossary/")
    assert "Vigie" in html
    assert "What watchdog means." not in html
    assert '<div id="moderator" lang="en">' in html
    assert '<span class="tag" lang="fr">Anglais</span>' in html


def test_a_term_names_its_equivalents_in_the_order_of_the_languages(client, terms):
    make_term("watchdog", "de", term="Wächter", definition="Wer zusieht.")
    make_term("watchdog", "fr", term="Vigie & guet", definition="Qui observe.")
    html = text(client, "/en/glossary/")
    assert (
        'In other languages: <span lang="fr">Vigie &amp; guet</span> (French), <span lang="de">Wächter</span> (German)'
        in html
    )
    assert html.count("Vigie") == html.count("In other languages") == 1
    assert "Qui observe." not in html
    french = text(client, "/fr/glossary/")
    assert "<dfn>Vigie &amp; guet</dfn>" in french
    assert '<span lang="en">Watchdog</span> (Anglais), <span lang="de">Wächter</span> (Allemand)' in french


def test_a_changed_term_shows_at_the_next_request(client, terms, settings):
    settings.PAGE_CACHE_SECONDS = 3600
    assert "Our wording." in text(client)
    terms[3].note = "Another wording."
    terms[3].save()
    assert "Another wording." in text(client)


def queries(client):
    client.get("/en/glossary/")  # what the process keeps about the site is read anew after a change
    with CaptureQueriesContext(connection) as captured:
        text(client)
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_terms(client, terms):
    before = queries(client)
    for number in range(8):
        make_term(f"term-{number}", source=make_resource(), see_also=["moderator"])
    assert queries(client) == before


def test_writing_many_terms_into_the_index_takes_as_many_queries_as_a_few(terms):
    def queries():
        with CaptureQueriesContext(connection) as context:
            assert len(documents_of(GlossaryTerm.objects.all())) == GlossaryTerm.objects.count()
        return len(context)

    queries()
    few = queries()
    for number in range(4):
        make_term(f"term-{number}", "fr")
    assert queries() == few
