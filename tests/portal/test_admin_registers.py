"""Vocabularies and registers in the admin: lists, filters, search, and codes that never change."""

import datetime

import pytest
from django.urls import reverse

from library.models import GlossaryTerm
from portal.models import Consent, Organisation, Person, Platform, Term
from tests.factories import locale, make_home, make_practice
from tests.factories.editing import signed_in

pytestmark = pytest.mark.django_db

MODELS = [Term, Platform, Organisation, Person, Consent, GlossaryTerm]


@pytest.fixture
def editor():
    make_home()
    return signed_in("Editors")


def url(model, name, *args):
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def listed(editor, model, **query):
    response = editor.get(url(model, "list"), query)
    assert response.status_code == 200
    return {str(entry) for entry in response.context["object_list"]}


def term(code, language="en", **fields):
    values = {"scheme": "ethical_risk", "label": code.title(), **fields}
    return Term.objects.create(code=code, locale=locale(language), **values)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_register_opens_with_its_form(editor, model):
    assert editor.get(url(model, "list")).status_code == 200
    assert editor.get(url(model, "add")).status_code == 200


def test_menu_groups_them(editor):
    html = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "Vocabularies" in html
    assert "Registers" in html
    for model in MODELS:
        assert url(model, "list") in html


def test_terms_are_filtered_by_vocabulary_and_language_and_found_by_words(editor):
    term("shaming")
    term("trust", scheme="ethical_benefit")
    term("honte", "fr", label="Honte")
    assert listed(editor, Term) == {"Shaming (Ethical risk)", "Trust (Ethical benefit)"}
    assert listed(editor, Term, scheme="ethical_risk") == {"Shaming (Ethical risk)"}
    assert listed(editor, Term, locale="fr") == {"Honte (Ethical risk)"}
    assert listed(editor, Term, q="trus") == {"Trust (Ethical benefit)"}


def test_list_counts_uses_in_one_query_for_all(editor, django_assert_max_num_queries):
    platform = Platform.objects.create(code="p", name="P", kind="website")
    make_practice(channels=[("channel", {"platform": platform, "purpose": ""})])
    for number in range(10):
        Platform.objects.create(code=f"p{number}", name=f"P{number}", kind="website")
    editor.get(url(Platform, "list"))
    with django_assert_max_num_queries(25):
        response = editor.get(url(Platform, "list"))
    assert {str(row): row.usage for row in response.context["object_list"]}["P"] == 1


def test_code_is_made_from_the_name(editor):
    editor.post(url(Organisation, "add"), {"name": "City of Faenza", "kind": "municipality"})
    assert Organisation.objects.get().code == "city-of-faenza"


def test_taken_code_is_refused_beside_its_field_and_the_text_is_kept(editor):
    Organisation.objects.create(code="efus", name="Efus", kind="network")
    response = editor.post(url(Organisation, "add"), {"name": "Another", "code": "efus", "kind": "network"})
    assert response.status_code == 200
    assert "code" in response.context["form"].errors
    assert "Another" in response.content.decode()


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Organisation, {"name": "Efus", "kind": "network"}),
        (Platform, {"name": "X", "kind": "website", "encrypted": "no", "open_source": "no"}),
        (Term, {"label": "Shaming", "scheme": "ethical_risk", "order": 0}),
    ],
)
def test_code_cannot_change_once_it_is_given(editor, model, fields):
    extra = {"locale": locale("en")} if model is Term else {}
    entry = model.objects.create(code="first", **fields, **extra)
    html = editor.get(url(model, "edit", entry.pk)).content.decode()
    assert "readonly" in html
    response = editor.post(url(model, "edit", entry.pk), {**fields, "code": "second"})
    assert "code" in response.context["form"].errors
    entry.refresh_from_db()
    assert entry.code == "first"
    assert editor.post(url(model, "edit", entry.pk), {**fields, "code": "first"}).status_code == 302


def test_term_stays_in_its_vocabulary(editor):
    entry = term("shaming")
    sent = {"label": "Other", "scheme": "ethical_benefit", "code": "shaming", "order": 0}
    editor.post(url(Term, "edit", entry.pk), sent)
    entry.refresh_from_db()
    assert (entry.scheme, entry.label) == ("ethical_risk", "Other")


def test_consent_cannot_end_before_it_was_given(editor):
    sent = {"subject": "S", "kind": "quote", "scope": "S", "given_on": "2026-01-02"}
    for name in ("expires_on", "withdrawn_on"):
        response = editor.post(url(Consent, "add"), {**sent, name: "2026-01-01"})
        assert name in response.context["form"].errors
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        ({}, "Valid"),
        ({"expires_on": datetime.date(2020, 1, 1)}, "Expired"),
        ({"withdrawn_on": datetime.date(2020, 1, 1)}, "Withdrawn"),
        ({"given_on": datetime.date(2999, 1, 1)}, "Not yet given"),
    ],
)
def test_list_of_consents_says_which_hold(editor, dates, state):
    values = {"given_on": datetime.date(2019, 1, 1), **dates}
    Consent.objects.create(code="c", subject="Somebody", kind="quote", scope="S", **values)
    assert state in editor.get(url(Consent, "list")).content.decode()


def test_glossary_term_has_a_short_definition_and_points_to_terms_by_choice(editor):
    GlossaryTerm.objects.create(code="policing", term="Policing", definition="D", locale=locale("en"))
    sent = {"term": "DIY policing", "definition": "word " * 61, "broader": "policing", "see_also": ["policing"]}
    response = editor.post(url(GlossaryTerm, "add"), sent)
    assert "61 words" in str(response.context["form"].errors["definition"])
    assert editor.post(url(GlossaryTerm, "add"), sent | {"definition": "Short."}).status_code == 302
    made = GlossaryTerm.objects.get(code="diy-policing")
    assert (made.broader, made.see_also) == ("policing", ["policing"])


def test_glossary_term_does_not_point_to_itself(editor):
    entry = GlossaryTerm.objects.create(code="x", term="X", definition="D", locale=locale("en"))
    sent = {"term": "X", "definition": "D", "code": "x", "broader": "x", "see_also": ["x"]}
    response = editor.post(url(GlossaryTerm, "edit", entry.pk), sent)
    assert {"broader", "see_also"} <= response.context["form"].errors.keys()
