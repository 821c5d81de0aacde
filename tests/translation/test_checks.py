"""What the checks say about a translated text, and that they are silent about good ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation import checks
from translation.checks.pair import Pair, plain

LINK = '<a id="a1">'


def codes(source, text, language="fr", *, source_language="en", **about):
    found = checks.problems(source, text, source_language=source_language, language=language, **about)
    return {problem.code: problem.level for problem in found}


@pytest.mark.parametrize(
    ("source", "text", "code"),
    [
        ("Read it.", "", "empty"),
        ("Read it.", " \u00a0\n", "empty"),
        ("Read it.", "<b></b>", "empty"),
        (f"Read {LINK}it</a>.", "Lisez-le.", "link_missing"),
        (f"Read {LINK}it</a>.", "Lisez <a>cela</a>.", "link_without_id"),
        (f"Read {LINK}it</a>.", f'Lisez {LINK}cela</a> et <a id="a9">plus</a>.', "link_unknown"),
        (f"Read {LINK}it</a>.", f"Lisez {LINK}cela</a> et {LINK}cela</a>.", "link_added"),
        ("Read <b>it</b>.", "Lisez <b>cela.", "markup"),
        ("Read <b>it</b>.", "Lisez cela</b>.", "markup"),
        ("Read <b><i>it</i></b>.", "Lisez <b><i>cela</b></i>.", "markup"),
        ("Read <b>it</b>.", "Lisez <b>cela</b", "markup"),
        ("Read it.", "<p>Lisez cela.</p>", "markup"),
        ("Read it.", '<b class="x">Lisez</b> cela.', "markup"),
        ("Read it.", "Lisez <b/> cela.", "markup"),
        ("Read it.", "Lisez <script>x()</script>.", "unsafe"),
        ("Read it.", "Lisez <ScRiPt >x()</sCrIpT>.", "unsafe"),
        (f"Read {LINK}it</a>.", '<a id="a1" href="javascript:x()">Lisez</a>.', "unsafe"),
        (f"Read {LINK}it</a>.", '<a id="a1" href="java&#x0A;script:x()">Lisez</a>.', "unsafe"),
        ("Read it.", '<b onclick="x()">Lisez</b>.', "unsafe"),
        ("Read it.", "Lisez <!--><img src=x onerror=x()>-->.", "unsafe"),
        ("Read it.", "javascript:x()", "unsafe"),
        ("Read it.", "java\u200bscript:x()", "unsafe"),
        ("Read it.", "Lisez\x00.", "characters"),
        ("Read it.", "Lisez \ud83d.", "characters"),
        ("You have %(count)s texts.", "Vous avez %(nombre)s textes.", "placeholder"),
        ("You have {count} texts.", "Vous avez des textes.", "placeholder"),
        ("Call %s.", "Appelez.", "placeholder"),
    ],
)
def test_what_would_break_a_page_is_an_error(source, text, code):
    """Tests 33 and 34 of the list; pitfall P20."""
    assert codes(source, text).get(code) == "error"


def test_a_text_longer_than_its_field_is_an_error():
    """Pitfall P22. Counted is what readers see: tags take no room."""
    assert codes("Title", "<b>Titre</b> &amp; plus", max_length=12) == {}
    assert codes("Title", "Titre &amp; plus.", max_length=12)["length"] == "error"


def test_formatting_in_a_plain_field_is_an_error():
    """It would be dropped without a word. Pitfall P20."""
    assert codes("A title", "Un <b>titre</b>", kind="text")["formatting"] == "error"
    assert codes("One<br/>Two", "Un<br/>Deux", kind="text") == {}


@pytest.mark.parametrize(
    ("language", "source", "text", "code"),
    [
        ("fr", "All the same for every one of us.", "All the same for every one of us.", "same"),
        ("de", "About 7 of 250 groups.", "Etwa 7 von 25 Gruppen.", "numbers"),
        ("it", "It was made long ago.", "Fu fatto 12 anni fa.", "numbers"),
        ("fr", "On 3 May 2016.", "Le 3 mars 2016.", "dates"),
        ("nl", "On May 3rd, 2016.", "Op 3 juni 2016.", "dates"),
        ("de", "In March 2016.", "Im Mai 2016.", "dates"),
        ("it", "In October 2016.", "A novembre 2016.", "dates"),
        ("es", "From 1 August.", "Desde el 1 de abril.", "dates"),
        ("ca", "From 1 August.", "Des de l’1 d’abril.", "dates"),
        ("de", "7 km", "17 km", "numbers"),
        ("nl", "Write to post@example.org.", "Schrijf naar pots@example.org.", "addresses"),
        ("ca", "See www.example.org/one.", "Vegeu el lloc web.", "addresses"),
        ("es", "A sentence that is long enough to be compared.", "Una frase.", "ratio"),
        ("fr", "Two words of it.", "Deux mots, mais une phrase qui n’en finit pas et en dit bien plus.", "ratio"),
        ("de", "One and two.", "Eins  und zwei.", "double_space"),
        ("de", "One and two.", "Eins und zwei. ", "edge_space"),
        ("de", "Look at it.", "Sehen Sie Sie sich an an.", "doubled"),
        ("it", "The end of it.", "La fine di di questo.", "doubled"),
        ("it", "Is this so?", "È così.", "end"),
        ("es", "This is so.", "Esto es así", "end"),
        ("nl", "A title", "Een titel.", "end"),
        ("fr", "Why?", "Pourquoi?", "spacing"),
        ("fr", "Why?", "Pourquoi ?", "spacing"),
        ("fr", "Three “words”: one.", "Trois «mots»\u202f: un.", "spacing"),
        ("fr", "Three “words”.", "Trois « mots ».", "spacing"),
        ("de", "Why?", "Warum ?", "spacing"),
        ("it", "One, two.", "Uno , due.", "spacing"),
        ("fr", "Three “words”.", 'Trois "mots".', "quotes"),
        ("fr", "Three “words”.", "Trois „mots“.", "quotes"),
        ("fr", "Three “words”.", "Trois «\u202fmots.", "quotes"),
        ("de", "Three “words”.", "Drei “Wörter”.", "quotes"),
        ("nl", "Three “words”.", "Drie «woorden».", "quotes"),
        ("es", "Three “words”.", "Tres „palabras“.", "quotes"),
        ("it", "Three “words”.", "Tre „parole“.", "quotes"),
        ("ca", "Three “words”.", "Tres „paraules“.", "quotes"),
        ("en", "Trois «\u202fmots\u202f».", "Three « words ».", "quotes"),
        ("es", "Is this so?", "Es así?", "spanish_marks"),
        ("es", "Come!", "Venga!", "spanish_marks"),
        ("fr", "Read <b>all</b> of it.", "Lisez tout cela.", "formatting"),
        ("fr", "Who can take part in it with us?", "Chi può partecipare con noi e con gli altri ?", "language"),
        ("ca", "Who can take part in it with us?", "¿Quién puede participar con nosotros y con los demás?", "language"),
        ("es", "Who can take part in it with us?", "Qui hi pot participar amb nosaltres i amb els altres?", "language"),
        ("nl", "Who can take part in it with us?", "Wer kann mit uns und den anderen daran teilnehmen?", "language"),
        ("de", "Who can take part in it with us?", "Wie kan er met ons en de anderen aan meedoen?", "language"),
        ("it", "Who can take part in it with us?", "Who could take part in it with us and them?", "language"),
        ("en", "Qui peut y participer avec nous ?", "Qui peut y participer avec vous et les autres?", "language"),
    ],
)
def test_what_looks_wrong_is_a_warning(language, source, text, code):
    """Pitfall P20."""
    assert codes(source, text, language).get(code) == "warning"


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("fr", f"Read <b>all</b> of {LINK}it</a>: now!", f"Lisez <b>tout</b>\u202f: {LINK}cela</a>, maintenant\u202f!"),
        ("fr", "1,250 groups (5.5%) at 10:30.", "1\u202f250 groupes (5,5\u00a0%) à 10:30."),
        ("fr", "He said “yes”.", "Il a dit «\u202foui\u202f»."),
        ("fr", "See https://example.org/a?b=c;d.", "Voir https://example.org/a?b=c;d."),
        ("fr", "You and we meet.", "Vous vous réunissez, nous nous réunissons."),
        ("fr", "What?!", "Quoi\u202f?!"),
        ("nl", "He said “yes”.", "Hij zei ‘ja’."),
        ("nl", "7,250 people’s photos", "7.250 foto’s van mensen"),
        ("de", "He said “yes”.", "Er sagte „ja“."),
        ("de", "The people that came.", "Die Menschen, die die Straße säumten."),
        ("it", "He said “yes”.", "Ha detto «sì»."),
        ("it", "The city’s app", "L’app della città"),
        ("es", "Is it so? Come!", "¿Es así? ¡Venga!"),
        ("es", "He said “yes”.", "Dijo «sí»."),
        ("ca", "He said “yes”.", "Va dir «sí»."),
        ("ca", "To work together", "Col·laborar"),
        ("en", "Lisez «\u202ftout\u202f»\u202f!", "Read “all”!"),
        ("en", "Viele Leute haben das gesehen.", "Many people’s cameras saw it."),
        ("fr", "MEDI@4SEC", "MEDI@4SEC"),
        ("fr", "On 1 May, May 2nd and 3 August 2016.", "Les 1er mai, 2 mai et 3 août 2016."),
        ("nl", "On 3 March 2016.", "Op 3 maart 2016."),
        ("de", "On 3 October 2016.", "Am 3.10.2016."),
        ("it", "On 3 May 2016.", "Il 3 maggio 2016."),
        ("es", "On 3 September 2016.", "El 3 de setiembre de 2016."),
        ("ca", "On 3 October 2016.", "El 3 d’octubre de 2016."),
        ("fr", "You may march 3 times.", "Vous pouvez défiler trois fois."),
        ("de", "For ten of them.", "Für 10 von ihnen."),
        ("nl", "The past 7 days.", "De afgelopen zeven dagen."),
        ("fr", "From 2 to 5 p.m.", "De 14 à 17 h."),
        ("es", "%(done)s of %(all)s", "%(done)s de %(all)s"),
        ("de", "It says “[removed]”.", "Dort steht „[entfernt]“."),
        ("it", "Unione della Romagna", "Unione della Romagna"),
        ("de", "Save 50% of it now.", "Sparen Sie jetzt 50 % davon."),
        ("fr", "JavaScript: an introduction", "JavaScript\u202f: une introduction"),
        ("de", "The report", "Der Bericht „The Blurring of the Boundaries“"),
        ("ca", "The patterns", "Els patrons de la guia"),
        ("nl", "In the street", "In de straat"),
        ("fr", "3 < 5 &amp; 5 > 3", "3 < 5 &amp; 5 > 3"),
    ],
)
def test_good_translations_are_left_alone(language, source, text):
    source_language = "en" if language != "en" else "fr"
    assert codes(source, text, language, source_language=source_language) == {}


def test_regional_languages_are_written_as_the_language_and_others_are_checked_for_what_is_the_same_in_all():
    """Test 54 of the list."""
    assert codes("Why?", "Pourquoi?", "fr-BE") == {"spacing": "warning"}
    assert codes("On 3 May: “yes”?", "3 de maio: „sim“?", "pt") == {}
    assert codes("Read <b>it</b> 7 times.", "Leia <b>isto.", "pt") == {
        "markup": "error",
        "numbers": "warning",
    }


def test_each_code_comes_once_and_errors_come_first():
    """A reason is given for a code."""
    found = checks.problems("One <b>2</b>.", "<b>Un <i>3", source_language="en", language="fr")
    assert len({problem.code for problem in found}) == len(found)
    levels = [problem.level for problem in found]
    assert levels == sorted(levels)
    assert checks.errors(found) == [problem for problem in found if problem.level == "error"]


def test_plain_text_is_what_readers_see():
    assert plain('One<br/>two &amp; <a id="a1">three</a> < 4') == "One\ntwo & three < 4"
    assert Pair("", "a@b.org, www.x.org.", "en", "fr").prose == "X, X."


@pytest.mark.parametrize("piece", ["<a ", "<b>", "1.", "a-", "a@", "www.", "«", "aa aa ", "<!--", "3 de "])
def test_long_texts_take_as_long_as_they_are_long(piece):
    """Were the time to grow with the square of the length, this would not end."""
    text = piece * 20_000
    assert checks.problems("Short.", text, source_language="en", language="fr")
    assert codes(text, text, "es") is not None


PIECES = st.sampled_from(
    [
        "<b>",
        "</b>",
        '<a id="a1">',
        "</a>",
        "<br/>",
        "<",
        ">",
        "&lt;",
        "%(a)s",
        "{",
        "«",
        "”",
        "3 May",
        "1,000.5",
        "\u202f",
    ]
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=12), st.lists(PIECES | st.text(max_size=8), max_size=12))
def test_whatever_is_typed_is_checked(source, text):
    """No text is too strange, and one that is not empty has no other errors than its faults against the original."""
    source, text = "".join(source), "".join(text)
    for language in ("fr", "es", "xx"):
        found = checks.problems(source, text, source_language="en", language=language)
        assert all(problem.message and problem.level in {"error", "warning"} for problem in found)


@pytest.mark.parametrize("text", ["a" + " " * 2_000_000 + "b", "„" * 500_000, "<" * 500_000, "a " * 1_000_000])
def test_text_that_is_far_too_long_is_refused_before_anything_reads_it_letter_by_letter(text):
    found = checks.problems("Read it.", text, source_language="en", language="de")
    assert [(problem.code, problem.level) for problem in found] == [("length", "error")]


def test_long_original_may_have_a_long_translation():
    source = "Some words follow each other here. " * 1_000
    found = checks.problems(source, source.replace("Some", "Einige"), source_language="en", language="de")
    assert not [problem for problem in found if problem.code == "length"]


@pytest.mark.parametrize(("depth", "is_refused"), [(20, False), (21, True), (2_000, True)])
def test_tags_stand_within_one_another_only_so_deep(depth, is_refused):
    text = "<b>" * depth + "Lies es." + "</b>" * depth
    found = checks.errors(checks.problems("Read it.", text, source_language="en", language="de"))
    assert bool(found) == is_refused
