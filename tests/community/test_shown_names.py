"""What a name to show may say: everybody reads it at once, above all that its owner wrote."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from community import names
from community.forms import NameField
from community.models import CommentState, State, WatchedWord

from .conftest import account, send, signed_in

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "nl", "de", "fr", "it", "es", "ca"]
GOOD = [
    "Piet Jansen", "Anna B.", "A. de V.", "PJ", "Joanna", "Buurtwacht West", "wijk7", "Wijk 7", "Viktor27", "Ann 2",
    "Team 12", "Jansen 1984", "Frau Müller", "Kiezblock 44", "Stadt Köln", "J.-P. Dupont", "Mairie de Lyon",
    "Comité Rue de la Paix", "Maria Rossi", "Amici di via Padova", "José García", "Vecinos de Lavapiés",
    "Barri de Gràcia", "Neighbourhood Watch 12", "Marta_D", "Робин", "District 9", "Quartier 5",
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_as_people_bear_them_pass(language):
    with translation.override(language):
        assert [name for name in GOOD if NameField().clean(name) != names.clean(name)] == []


@pytest.mark.parametrize(
    ("name", "language", "said"),
    [
        ("Piet Jansen is a thief", "en", "accuse"),
        ("Piet Jansen is een dief", "nl", "beschuldig"),
        ("Jean Dupont est un voleur", "fr", ""),
        ("Mario Rossi è un ladro", "it", ""),
        ("José García es un ladrón", "es", ""),
        ("Kerkstraat 12 Utrecht", "en", "address"),
        ("Hauptstraße 5", "de", ""),
        ("12 rue de la Paix", "fr", ""),
        ("via Roma 5", "it", ""),
        ("plate AB-12-CD", "en", "number plate"),
        ("Ring 06-12345678", "en", "telephone"),
        ("52.07667, 4.29861 home", "en", "place on the map"),
        ("one blabla name", "en", "watch"),
    ],
)
def test_a_name_is_no_address_plate_or_accusation(name, language, said):
    WatchedWord.objects.create(words="blabla", effect="hold")
    client, member = signed_in(account("ann", name="Ann")), lambda: names.name_of(account_of("ann"))
    with translation.override(language):
        url = reverse("account_profile")
    answer = client.post(f"{url}?lang={language}", {"name": name, "language": language})
    assert (answer.status_code, member()) == (400, "Ann")
    html = answer.content.decode()
    assert name in html  # what was typed stays
    assert said in html


def account_of(username):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username=username)


def test_a_word_that_is_only_marked_may_be_a_name():
    WatchedWord.objects.create(words="lamp", effect="mark")
    assert NameField().clean("Lamp") == "Lamp"


def test_a_guard_that_breaks_names_nobody_anew_and_takes_no_name_away(page, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the guard is broken")

    client = signed_in(account("ann", name="Ann"))
    monkeypatch.setattr("portal.guard.inspect", broken)
    url = reverse("account_profile")
    assert "cannot be checked at the moment" in client.post(url, {"name": "Anna", "language": "en"}).content.decode()
    assert client.post(url, {"name": "Ann", "language": "nl"}).status_code == 302
    assert names.member_of(account_of("ann")).language == "nl"
    newcomer = send(signed_in(account("new")), page, "A comment.", name="Newcomer")
    assert (newcomer.status_code, "A comment." in newcomer.content.decode()) == (400, True)
    assert send(Client(), page, "A visitor's comment.", name="Visitor").status_code == 302
    assert CommentState.objects.get().state == State.HELD
