"""Who says what translators are to write for a term, and where it is read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import locale, make_home
from tests.factories.editing import signed_in
from tests.factories.sections import make_glossary, make_term
from translation.models import TermUse

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(db):
    """A term in English and French, on an open glossary."""
    for language in ("fr", "de"):
        make_home(language)
        make_glossary(language)
    make_glossary()
    english = make_term("watch", term="Neighbourhood watch")
    make_term("watch", "fr", term="Surveillance de voisinage")
    return english


def terms_in(language):
    return reverse("translation_terms", args=[language])


def address(entry, language):
    return reverse("translation_term", args=[language, entry.translation_key])


def use(language="fr"):
    return TermUse.objects.filter(locale=locale(language)).first()


def test_translator_edits_the_terms_of_the_own_language_alone(english):
    """Row 12."""
    client = signed_in("Translators fr")
    assert client.post(address(english, "fr"), {"forbidden": "milice", "note": "Pas en titre."}).status_code == 302
    assert (use().forbidden, use().note) == ("milice", "Pas en titre.")
    assert terms_in("fr") in client.get(reverse("translation_desk", args=["fr"])).content.decode()
    listed = client.get(terms_in("fr")).content.decode()
    assert all(
        text in listed for text in ("Neighbourhood watch", "Surveillance de voisinage", "milice", "Pas en titre")
    )
    for other in (terms_in("de"), address(english, "de"), address(english, "en")):
        assert client.get(other).status_code in {302, 403}
        assert client.post(other, {"note": "Fremd"}).status_code in {302, 403, 405}
    assert TermUse.objects.count() == 1


def test_what_is_emptied_is_gone_and_nothing_is_kept_for_nothing(english):
    client = signed_in("Translators fr")
    client.post(address(english, "fr"), {})
    assert use() is None
    client.post(address(english, "fr"), {"kept": "on"})
    assert use().kept
    client.post(address(english, "fr"), {})
    assert use() is None


def test_word_cannot_be_wanted_and_forbidden(english):
    client = signed_in("Translators fr")
    for sent in (
        {"forbidden": "milice\nsurveillance de voisinage"},
        {"rendering": "Veille", "forbidden": "veille"},
        {"forms": "veilleurs", "forbidden": "Veilleurs"},
    ):
        answer = client.post(address(english, "fr"), sent)
        assert answer.status_code == 400
        assert "This is what the term is called" in answer.content.decode()
    assert use() is None
    sent = {"rendering": "Veille", "forbidden": "surveillance de voisinage"}
    assert client.post(address(english, "fr"), sent).status_code == 302


def test_unknown_terms_and_languages_are_not_found(english):
    client = signed_in("Coordinators")
    unknown = reverse("translation_term", args=["fr", "00000000-0000-0000-0000-000000000000"])
    assert client.get(unknown, follow=True).status_code == 404
    assert client.get(address(english, "xx"), follow=True).status_code == 404
    assert client.get(terms_in("xx"), follow=True).status_code == 404
    assert client.post(address(english, "fr"), {"rendering": "x" * 121}).status_code == 400


def test_readers_of_the_glossary_meet_only_what_is_meant_for_them(english, client):
    text = {"rendering": "Veille", "forms": "forme", "forbidden": "milice", "note": "Entre nous"}
    TermUse.objects.create(translation_key=english.translation_key, locale=locale("fr"), **text)
    page = client.get("/fr/glossary/").content.decode()
    assert "Surveillance de voisinage" in page
    assert not [word for word in text.values() if word in page]


def test_queries_do_not_grow_with_the_terms(english):
    client = signed_in("Translators fr")

    def queries(*numbers):
        for number in numbers:
            term = make_term(f"t{number}", term=f"Term {number}")
            TermUse.objects.create(translation_key=term.translation_key, locale=locale("fr"), note="N")
        with CaptureQueriesContext(connection) as captured:
            page = client.get(terms_in("fr")).content.decode()
        assert page.count(">N</td>") == TermUse.objects.count()
        return len(captured)

    queries()  # what a process learns once
    assert queries(*range(5)) == queries(*range(5, 10))
