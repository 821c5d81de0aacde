import pytest

from portal.words.analysis import clean, exact_key, tokens
from portal.words.folding import fold


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "neighbours", "neighbour"),
        ("en", "neighborhood", "neighbourhoods"),
        ("en", "organizing", "organise"),
        ("en", "policies", "policy"),
        ("fr", "quartiers", "quartier"),
        ("fr", "l’enquête", "enquêtes"),
        ("fr", "qu'une voisine", "voisins"),
        ("nl", "buurten", "buurt"),
        ("nl", "meldingen", "melding"),
        ("nl", "buurtapps", "buurtapp"),
        ("nl", "leden", "lid"),
        ("de", "Nachbarschaften", "Nachbarschaft"),
        ("de", "Fotos und Apps", "Foto App"),
        ("de", "Polizistinnen", "Polizist"),
        ("de", "Straße", "STRASSE"),
        ("de", "Aufklärung", "Aufklaerung"),
        ("it", "dell’applicazione", "applicazioni"),
        ("it", "quartieri", "quartiere"),
        ("es", "comunicaciones", "comunicación"),
        ("es", "vecinos", "vecino"),
        ("es", "ciudades", "ciudad"),
        ("es", "imágenes de jóvenes", "imagen joven"),
        ("es", "jueces", "juez"),
        ("es", "chats", "chat"),
        ("ca", "l’aplicació", "aplicacions"),
        ("ca", "veïns", "veí"),
        ("ca", "públiques", "públic"),
        ("ca", "perills", "perill"),
        ("ca", "col·laboració", "collaboració"),
    ],
)
def test_word_forms_meet(language, one, other):
    assert tokens(one, language) == tokens(other, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "kostenlos", "kostenlose"),
        ("de", "Ergebnis", "Ergebnisse"),
        ("es", "índice", "índices"),
        ("es", "sede", "sedes"),
        ("es", "calle", "calles"),
        ("es", "crisis", "crisis"),
        ("ca", "parc", "parcs"),
    ],
)
def test_words_that_only_look_like_such_forms_keep_meeting_their_own(language, one, other):
    assert tokens(one, language) == tokens(other, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It is not what they were"),
        ("fr", "Il n’est pas là où l’on est, qu’il"),
        ("nl", "Het is de van een"),
        ("de", "Es ist nicht der und die"),
        ("it", "Non è quella dell’ il"),
        ("es", "No es de la y el"),
        ("ca", "No és el que d’ la"),
    ],
)
def test_common_words_and_elided_articles_leave_nothing(language, text):
    assert tokens(text, language) == []


def test_languages_never_share_a_token():
    assert set(tokens("police", "en")).isdisjoint(tokens("police", "fr"))


def test_a_hyphenated_word_is_also_one_word():
    assert "enfatamtam" in tokens("FA-TAMTAM", "en")
    assert "entamtam" in tokens("FA-TAMTAM", "en")


def test_a_language_without_rules_is_only_folded():
    assert tokens("Ångström Été", "sv") == ["svangstrom", "svete"]


def test_stored_text_has_no_control_characters_or_halves_of_letters():
    assert clean("a\x00b \ud800c\nd\u00ad") == "a b c d"
    assert clean("e\u0301") == "é"


def test_folding_takes_accents_and_ligatures_apart():
    assert fold("façade œuvre straße") == "facade oeuvre strasse"


def test_exact_names_are_compared_by_letters_and_digits():
    assert exact_key(" diy 08 ") == exact_key("DIY-08") == "diy08"
    assert exact_key("Sécurité") == "securite"


def test_endless_words_are_cut():
    assert max(map(len, tokens("a" * 5000, "en"))) < 60
