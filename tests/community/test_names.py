"""Names to show."""

import pytest

from community import names

from .conftest import account, posted, shown, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name",
    [
        "Admin", "ADMINISTRATOR", "Аdmin", "P o l i c e", "Pol1ce", "police_7", "Politie Zuid", "Polizei", "Polícia",
        "La Policia", "Modérateur", "moderator1", "Editor in chief", "Redactie", "Wijkagent", "Carabinieri", "112",
        "ｐｏｌｉｃｅ", "P\u200bolice", "Полиция", "Модератор", "Bundespolizei", "Rijkspolitie", "ΡOLICE", "Redazione",
        "Redacció", "Rédaction", "Redaktion", "Redacción", "Moderatore", "Gendarmerie", "Po\u202elice", "POLICÍA",
    ],
)  # fmt: skip
def test_names_that_claim_an_office_are_refused(name):
    assert names.problem(names.clean(name))


@pytest.mark.parametrize(
    "name", ["Joanna", "Silvia M.", "Polly", "Policarpo", "Иван", "Association de quartier", "李", "Anna2", "Guarda"]
)
def test_other_names_pass(name):
    assert names.problem(names.clean(name)) == ""


@pytest.mark.parametrize("name", ["JOANNA", "Ｊｏａｎｎａ", "Joánna", "Jo anna", "Jоanna", "joanna."])
def test_a_name_that_looks_taken_is_taken(joanna, name):
    assert names.problem(name)
    assert names.problem(name, owner=joanna) == ""


@pytest.mark.parametrize("name", ["...", "🙂", "12345", "a@b", "https://x", "x" * 41])
def test_a_name_must_be_a_name(name):
    assert names.problem(name)


def test_a_name_is_one_visible_line():
    assert names.clean(" A\u202eB\n C\u0000\t D\u200b ") == "AB C D"


def test_a_new_name_changes_what_was_written_before(page):
    user = account("silvia", name="Silvia")
    posted(signed_in(user), page, "Words.")
    names.give_name(user=user, name="Silvia Rossi")
    assert "Silvia Rossi" in shown(page)
