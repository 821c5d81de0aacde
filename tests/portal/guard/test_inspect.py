"""What the guard finds, and what it leaves alone, by class. The corpus measures how well; these name the rules."""

import time

import pytest

from portal import guard
from portal.guard import Kind, Verdict, inspect


def found(text, language="en"):
    return {hit.kind.value: text[hit.start : hit.end] for hit in inspect(text, language)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Write to jan.jansen@voorbeeld.nl please", "jan.jansen@voorbeeld.nl"),
        ("jan+x@a-b.co.uk.", "jan+x@a-b.co.uk"),
        ("mailto:jan@voorbeeld.nl", "jan@voorbeeld.nl"),
        ("jan (at) voorbeeld (punt) nl", "jan (at) voorbeeld (punt) nl"),
        ("jan [at] b dot nl", "jan [at] b dot nl"),
        ("mail piet apenstaartje ziggo punt nl", "piet apenstaartje ziggo punt nl"),
        ("jürgen@bücher.example", "jürgen@bücher.example"),
        ("jan@voor\u200bbeeld.nl", "jan@voor\u200bbeeld.nl"),
    ],
)
def test_an_email_address_is_found_and_refused(text, words):
    assert found(text) == {"email": words}
    assert guard.verdict(inspect(text)) is Verdict.REFUSE


def test_a_mailbox_of_an_institution_passes_but_not_that_of_a_person_there(settings):
    settings.GUARD_OFFICIAL_DOMAINS = ["politie.example"]
    assert not inspect("Write to info@politie.example or press@district.politie.example")
    assert found("Write to jan.jansen@politie.example")
    assert found("Write to info@elsewhere.example")


@pytest.mark.parametrize(
    "text", ["NL91 ABNA 0417 1643 00 is mine", "de89370400440532013000", "GB29-NWBK-6016-1331-9268-19"]
)
def test_an_account_number_is_found(text):
    assert list(found(text)) == ["iban"]


def test_an_account_number_with_wrong_check_digits_is_none():
    assert not inspect("NL92 ABNA 0417 1643 00")


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("my BSN is 111222333", True),
        ("BSN 111222334", False),
        ("ЕГН 7523169263", True),
        ("DNI 12345678Z", True),
        ("codice fiscale RSSMRA85T10A562S", True),
        ("Steuer-ID 86095742719", True),
        ("driving licence MORGA657054SM9IJ", True),
        ("Tessera sanitaria 80380000900123456789", True),
        ("ha lasciato la tessera: 80380 00090 0123456789", True),
        ("80380-000-9001-2345-6789 is what it says", True),
        ("Sur sa carte : 80250000010000000123", True),
        ("Gesundheitskarte 80276881022900000123", True),
        ("EHIC no. 80528001230000000123", True),
        ("Krankenversichertennummer M987654321", False),
        ("El CIP és ABCD 1 850101 00 3", False),
        ("tarjeta sanitaria BBBBBBBBQR648597", False),
        ("codice STP 1234567890123", False),
        ("¿La Seguridad Social? Se lo di: 28/10482917/67", False),
    ],
)
def test_a_number_of_identity_needs_its_word_and_is_certain_when_the_check_digits_are_right(text, certain):
    (hit,) = inspect(text)
    assert (hit.kind, hit.certain) == (Kind.ID_NUMBER, certain)


def test_digits_that_only_look_like_a_number_of_identity_pass():
    assert not inspect("We counted 111222333 records and case 7523169263.")


@pytest.mark.parametrize(
    "text",
    [
        "Il protocollo 80380/2024 del comune di Faenza",
        "A grant of 80380000 euro, paid in 2024",
        "La tessera sanitaria serve anche per il voto",
        "Die Gesundheitskarte kommt 2025",
        "The order 803800009001 came late",
        "Parcel 00380000900123456789 is on its way",
        "80999000900123456789 is no country",
        "ISBN 0 850101 00 3",
        "COST 0 859901 00 3",
        "0.80380000900123456789",
    ],
)
def test_what_is_not_quite_the_number_of_a_health_card_passes(text):
    assert not [hit for hit in inspect(text) if hit.kind is Kind.ID_NUMBER]


@pytest.mark.parametrize(
    "address",
    [
        "Lindenstraße 12",
        "Hohe Weidenallee 7",
        "Alte Post-Str. 9b",
        "Kastanienlaan 14",
        "rue des Tilleuls 12",
        "Calle de la Rosa 5",
        "carrer del Roser 5",
        "via delle Rose 5",
        "12 Rosemary Lane",
    ],
)
@pytest.mark.parametrize("language", ["en", "de", "fr", "nl", "it", "es", "ca"])
def test_a_street_with_its_number_is_found_in_a_text_of_any_language(address, language):
    assert [hit.kind for hit in inspect(f"... {address}!", language)] == [Kind.ADDRESS]


@pytest.mark.parametrize(
    "text",
    [
        "Ring 06-12345678 tonight",
        "Ring 06 12 34 56 78, or not",
        "+31 6 1234 5678",
        "+44 (0)20 7946 0958",
        "0032 470 12 34 56",
        "tel:0612345678",
        "010.123.45.67",
        "030/1234567",
        "06\n12345678",
        "06_12_34_56_78",
        "O6 12 34 56 78",
        "O6-123OO678",
        "sis-vuit-set, vint-i-quatre, zero-zero, cinquanta-tres",
        "0 6 1 2 3 4 5 6 7 8",
        "０６１２３４５６７８",
        "०६१२३४५६७८",
        "06\u200b12\u00ad345678",
        "nul zes een twee drie vier vijf zes zeven acht",
        "zero six douze trente-quatre cinquante-six soixante-dix-huit",
        "null sechs zwölf vierunddreißig sechsundfünfzig achtundsiebzig",
        "https://wa.me/31612345678",
        "https://example.org/0612345678",
    ],
)
@pytest.mark.parametrize("language", ["nl", "en", "xx"])
def test_a_telephone_number_is_found_and_warned_of(text, language):
    hits = inspect(text, language)
    assert [hit.kind for hit in hits] == [Kind.PHONE]
    assert guard.verdict(hits) is Verdict.WARN


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("Ik ben bereikbaar op +31 6 1029 4476.", "nl", "+31 6 1029 4476"),
        ("Avvisate me (3774519208), abitiamo di fronte.", "it", "(3774519208"),
        ("O77OO 9OO 142 thats my brother's number", "en", "O77OO 9OO 142"),
    ],
)
def test_a_number_is_no_address_and_may_stand_in_brackets(text, language, number):
    assert found(text, language) == {"phone": number}


def test_every_number_of_a_text_is_found_where_it_stands():
    text = "Call 06-12345678 or\u200b 06-87654321."
    assert [text[hit.start : hit.end] for hit in inspect(text)] == ["06-12345678", "06-87654321"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the white van, plate AB-12-CD", "en"),
        ("de rode golf 12-abc-3 staat er weer", "nl"),
        ("кола, plate СА 1234 ВТ", "en"),
        ("la camionnette blanche immatriculée AB-123-CD", "fr"),
        ("der graue Transporter, Kennzeichen B-AB 1234", "de"),
        ("furgone bianco targa ab123cd", "it"),
        ("furgoneta blanca 1234 BCD", "es"),
        ("white van reg AB12 CDE", "en"),
        ('the number plate is "ABC-DEF"', "en"),  # without a digit
    ],
)
def test_a_number_plate_with_a_word_that_tells_of_a_vehicle_is_found(text, language):
    assert list(found(text, language)) == ["plate"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Lange Voorhout 74", "nl"),
        ("hij woont kerkstraat 12b", "nl"),
        ("112 High St", "en"),
        ("he lives at 14", "en"),
        ("via Roma 5", "it"),
        ("calle Mayor 5, 3º B", "es"),
        ("Está en el colegio por la mañana y vive en la avda. Goya, nº 113", "es"),
        ("viu al carrer Gran, 14, 2n 1a", "ca"),
        ("12 bis rue Victor Hugo", "fr"),
        ("wohnt Am Markt 5", "de"),
        ("Er wohnt am Isartor 4", "de"),
        ("He lives at Kerkstraat 12, they say", "en"),
    ],
)
def test_where_somebody_lives_is_found(text, language):
    assert list(found(text, language)) == ["address"]


def test_the_address_of_an_institution_passes():
    assert not inspect("Le commissariat se trouve 12 rue Victor Hugo.", "fr")
    assert not inspect("Afhalen bij het politiebureau, Kerkstraat 12", "nl")


@pytest.mark.parametrize("text", ["52.07051, 4.30072", "52°04'13\"N 4°18'00\"E", "lat 52,07051"])
def test_exact_coordinates_are_found(text):
    assert list(found(text)) == ["coordinates"]


@pytest.mark.parametrize("text", ["https://www.facebook.com/jan.jansen.12", "@kevin_1998 on insta", "snap: kevinnn04"])
def test_a_profile_is_found(text):
    assert list(found(text)) == ["profile"]


def test_accounts_of_authorities_groups_and_people_who_take_part_pass():
    assert not inspect("@politie, facebook.com/groups/buurt, facebook.com/gemeenteutrecht")
    assert not inspect("Thanks @marta_k", known=["Marta_K"])


@pytest.mark.parametrize(
    "text",
    [
        "Call 112 in an emergency, or 0800 555 111",
        "Bel 0900-8844",
        "Directive 2016/343 and 12-05-2024, 10:30",
        "On 01-02-2024 10:00 we met",
        "ISBN 0-306-40615-2",
        "H2020-FCT-2015 grant 700281",
        "case 2021/0345, case 0612345678",
        "About 1.500 people in 40 groups since 2015",
        "see me @home. Then we talk",
        "GB 2024 was a good year for everybody here",
        "The Schilderswijk project, WP-29 and COVID-19",
        "https://example.org/2024/12345678-article",
        "51.5 N, 0.12 W",
        "A pin without a place gets 0.0000, 0.0000",
        "https://doi.org/10.2436/20.8030.03.184",
        "Linea 193, poi 400 metri a piedi fino al parcheggio",
        "Viktor 27, Motor 12 and Autor 3",
    ],
)
@pytest.mark.parametrize("language", guard.languages.CODES)
def test_harmless_numbers_pass(text, language):
    assert found(text, language) == {}


BOMBS = [
    "1-",
    "a@a@a@",
    "'\"«“",
    "a.",
    "+0 0 ",
    "NL11",
    "0",
    "A ",
    "via ",
    "a at b dot ",
    "rue de la ",
    "zero six ",
    "\u0301",
    "@",
]


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_hostile_text_takes_no_longer_than_other_texts_or_is_not_read_at_all(bomb):
    """Measured against a harmless text of the same length, so that it does not depend on the machine.

    The harmless one has numbers, since without a digit most rules are not asked; it is read twice, since what is read
    first waits for the rules to be prepared.
    """
    _prepared, harmless = (took("The lamp at number 3 has been out since Monday. ") for _time in range(2))
    assert took(bomb) < 25 * harmless
    with pytest.raises(guard.TextTooLong):
        inspect(bomb * 100_000, "en")


def took(text):
    started = time.process_time()
    inspect((text * guard.MAX_LENGTH)[: guard.MAX_LENGTH], "en")
    return time.process_time() - started


def test_the_guard_keeps_no_words_of_the_text():
    (hit,) = inspect("Ring 06-12345678")
    assert "1234" not in repr(hit)
