"""Accusing somebody who can be recognised: by grammar, not by sentences learnt by heart."""

from itertools import pairwise

import pytest

from portal.guard import Kind, inspect


def accuses(text, language, **options):
    return any(hit.kind is Kind.ACCUSATION for hit in inspect(text, language, **options))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "John Doe from number 14 is the thief"),
        ("en", "Isn't it Peter who sells drugs behind the school?"),
        ("en", "My bike was stolen by J. de V., everybody knows."),
        ("en", "I suspect Mrs Dunmore of the burglaries."),
        ("en", "It was Karim. He stole the parcels."),
        ("fr", "C'est Mathieu Renaud qui a cambriolé la pharmacie."),
        ("fr", "Mon vélo a été volé par l'Ahmed du troisième."),
        ("nl", "De fietsendief heet Dwight Tromp."),
        ("nl", "Volgens mij heeft Marta K. de kas leeggeroofd."),
        ("de", "Der Dieb ist Jürgen aus Nummer 14."),
        ("de", "Das Rad wurde von Sven Radtke gestohlen."),
        ("it", "È stato Kevin Moretti a rubare le bici."),
        ("es", "Lo robó Iván Cordero, lo vi con mis ojos."),
        ("es", "Sospecho de Ramón el del bajo."),
        ("ca", "Va ser en Martí Soler qui va cremar els contenidors."),
        ("en", "Fraudster Nigel Ashdown sold us fake tickets, and Lynn Foster has emptied the club account."),
        ("fr", "Encore ce Gérard, il crève les pneus de tout le monde."),
        ("nl", "Lars Tanis reed die fietser aan en is doorgereden."),
        ("de", "Die Brände gehen auf das Konto von Florian Hutter."),
        ("it", "Da quando è arrivato Bogdan sono sparite tre bici."),
        ("es", "Buscan a Kevin por el apuñalamiento, y Luis Tena atropelló al ciclista."),
        ("ca", "L'estafador dels lloguers es diu Iván Peiró."),
        ("", "Jan Jansen heeft de fiets van mijn dochter gestolen."),
        ("en", "Volgens mij heeft Jan Jansen de fietsen in onze straat gestolen."),
    ],
)
def test_naming_a_culprit_is_found(language, text):
    assert accuses(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The suspect was arrested."),
        ("en", "Thanks to Marie for organising the evening about burglars."),
        ("en", "Mayor Sadiq Khan launched a fund against knife crime."),
        ("en", "Eamon Lacey chased the robber and got the handbag back."),
        ("en", "Mrs Gillespie was robbed on her way home."),
        ("fr", "Mon voisin Abdel a vu les voleurs s'enfuir et il a témoigné."),
        ("nl", "Wijkagent Peter Dekkers hield de inbreker aan."),
        ("de", "Frau Arslan meldete den Diebstahl um 7 Uhr."),
        ("it", "La giornalista Silvia Arcuri ha raccontato i ladri della metropolitana."),
        ("es", "El profesor Leandro Ibáñez estudia los robos en viviendas."),
        ("ca", "En Pep, el carter, va aturar una estafa avisant el banc."),
        ("en", "Grace Oduya's phone was stolen outside the station."),
        ("en", "Imagine somebody writes that Kevin is a thief and it isn't true."),
        ("fr", "Le vélo de Samira a été volé hier à la gare."),
        ("nl", "Bij Henk en Truus is vannacht ingebroken."),
        ("nl", "Ruud werd vrijgesproken van mishandeling."),
        ("de", "Meiner Nachbarin Ursula wurde die Handtasche gestohlen."),
        ("it", "A Renata hanno rubato la bici, la seconda in un anno."),
        ("es", "A Ernesto le robaron la cartera en el metro."),
        ("ca", "A l'Omar li han robat la bici dues vegades."),
        ("en", "Thieves come at night, and burglars love open windows."),
        ("en", "Said one."),
        ("en", "Said at night."),
        ("nl", "Hallo Said!"),
        ("fr", "Merci Fatima."),
    ],
)
def test_who_reports_studies_arrests_or_was_robbed_is_not_accused(language, text):
    assert not accuses(text, language)


def test_people_who_may_be_named_here_are_not_looked_at():
    text = "I do not agree with the chapter in which Anna Visser is a thief of other people's ideas."
    assert accuses(text, "en")
    assert not accuses(text, "en", known=["Anna Visser"])


def test_places_are_marked_once():
    text = "The thief is @kevin_1998 from Kerkstraat 12"
    hits = inspect(text, "en")
    assert {hit.kind for hit in hits} >= {Kind.PROFILE, Kind.ADDRESS, Kind.ACCUSATION}
    assert all(one.end <= other.start for one, other in pairwise(hits))
