"""The vocabularies as linked data, as rdflib reads them."""

import pytest
from django.conf import settings
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS
from wagtail.models import PageViewRestriction

from portal import skos
from portal.models import Term
from tests.factories import locale, make_home
from tests.factories.sections import make_glossary, make_term

pytestmark = pytest.mark.django_db
LANGUAGES = {code for code, _name in settings.LANGUAGES}


def read(client, url, form="turtle"):
    response = client.get(url)
    assert response.status_code == 200
    return Graph().parse(data=response.content, format=form)


def make_vocabulary_term(code, language="en", **fields):
    values = {"scheme": "ethical_risk", "label": code.title(), **fields}
    original = Term.objects.filter(code=code).first()
    if original:
        values["translation_key"] = original.translation_key
    return Term.objects.create(code=code, locale=locale(language), **values)


@pytest.mark.parametrize("code", sorted(skos.code_of(enumeration) for enumeration in skos.ENUMERATIONS))
def test_every_enumeration_has_its_labels_in_all_languages(client, code):
    found = read(client, f"/vocab/{code}/turtle/")
    scheme = URIRef(skos.iri(code))
    assert (scheme, RDF.type, SKOS.ConceptScheme) in found
    assert {title.language for title in found.objects(scheme, DCTERMS.title)} == LANGUAGES
    concepts = list(found.subjects(RDF.type, SKOS.Concept))
    assert concepts
    for concept in concepts:
        labels = list(found.objects(concept, SKOS.prefLabel))
        assert {label.language for label in labels} == LANGUAGES
        assert len(labels) == len(LANGUAGES)
        assert str(concept) == skos.iri(code, str(found.value(concept, SKOS.notation)))
        assert (scheme, SKOS.hasTopConcept, concept) in found


def test_both_forms_say_the_same(client):
    make_glossary()
    make_term("vigilance", alternatives='Watch\n"Eye" on \\ the street', note="Line\nbreak", abbreviation="VIG")
    make_term("vigilance", "fr", term="Vigilance", definition="Définition « ici »")
    make_term("watch", broader="vigilance", see_also=["vigilance", "gone"])
    one, other = read(client, "/vocab/glossary/turtle/"), read(client, "/vocab/glossary/jsonld/", "json-ld")
    assert set(one) == set(other)
    assert len(one) > 20


def test_a_glossary_term_has_its_words_and_its_place(client):
    make_glossary()
    make_term("vigilance", alternatives='"Eye" \\ street', abbreviation="VIG")
    make_term("vigilance", "fr", term="La vigilance", definition="Définition")
    make_term("watch", broader="vigilance", see_also=["vigilance", "gone"])
    found = read(client, "/vocab/glossary/turtle/")
    vigilance, watch = URIRef(skos.iri("glossary", "vigilance")), URIRef(skos.iri("glossary", "watch"))
    assert {(str(label), label.language) for label in found.objects(vigilance, SKOS.prefLabel)} == {
        ("Vigilance", "en"),
        ("La vigilance", "fr"),
    }
    assert {str(word) for word in found.objects(vigilance, SKOS.altLabel)} == {'"Eye" \\ street', "VIG"}
    assert set(found.objects(watch, SKOS.broader)) == {vigilance}
    assert not list(found.objects(watch, SKOS.related)), "what is broader is not merely related"


def test_terms_of_editors_are_a_scheme(client):
    make_vocabulary_term("shaming", definition="In public.")
    make_vocabulary_term("shaming", "it", label="Gogna")
    found = read(client, "/vocab/ethical_risk/turtle/")
    concept = URIRef(skos.iri("ethical_risk", "shaming"))
    assert {str(label) for label in found.objects(concept, SKOS.prefLabel)} == {"Shaming", "Gogna"}


def test_the_address_of_a_scheme_answers_programs_and_people(client):
    make_home()
    for wanted, form in (("text/turtle", "turtle"), ("application/ld+json", "json-ld")):
        response = client.get("/vocab/relation_type/", headers={"accept": wanted})
        assert response.headers["Content-Type"].startswith(wanted)
        assert "Accept" in response.headers["Vary"]
        assert len(Graph().parse(data=response.content, format=form))
    for wanted in ("text/html,application/xhtml+xml,*/*;q=0.8", "*/*", "image/png", ""):
        response = client.get("/vocab/relation_type/", headers={"accept": wanted, "accept-language": "it"})
        assert (response.status_code, response.headers["Location"]) == (303, "/it/vocab/relation_type/"), wanted
    page = client.get("/it/vocab/relation_type/").content.decode()
    assert 'id="may_escalate_to"' in page
    assert 'href="/vocab/relation_type/turtle/"' in page
    assert 'href="/en/vocab/relation_type/"' in client.get("/en/vocab/").content.decode()


def test_unknown_schemes_and_forms_are_not_found(client):
    make_home()
    for address in ("/vocab/nonsense/", "/vocab/nonsense/turtle/", "/vocab/territory/xml/", "/en/vocab/nonsense/"):
        assert client.get(address, follow=True).status_code == 404


def test_a_closed_glossary_is_no_data(client):
    page = make_glossary()
    make_term("vigilance")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert b"igilance" not in client.get("/vocab/glossary/turtle/").content
