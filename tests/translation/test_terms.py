"""The glossary's terms in a text and in its translation, in their inflected forms."""

from uuid import uuid4

import pytest

from tests.factories import locale
from tests.factories.sections import make_term
from translation import terms
from translation.models import TermUse
from translation.terms import Glossary, Name, Notion

WATCH = Notion(
    uuid4(),
    {
        "en": Name("Neighbourhood watch", ("Block watch",)),
        "fr": Name("Surveillance de voisinage", forbidden=("milice", "garde de quartier")),
        "nl": Name("Buurtpreventie", forbidden=("burgerwacht",)),
        "de": Name("Nachbarschaftswache", forbidden=("Bürgerwehr",)),
        "it": Name("Controllo di vicinato", forbidden=("ronda",)),
        "es": Name("Vigilancia vecinal", forbidden=("patrulla vecinal",)),
        "ca": Name("Vigilància veïnal", forbidden=("patrulla veïnal",)),
    },
)
CITIZEN = Notion(
    uuid4(), {"en": Name("Citizen"), "es": Name("Ciudadano"), "it": Name("Cittadino"), "de": Name("Bürger")}
)


def codes(source, text, language, *found, source_language="en"):
    glossary = Glossary(found or [WATCH, CITIZEN], source_language, language)
    problems = glossary.problems(source, text)
    assert all(problem.level == "warning" for problem in problems), "terms never block"
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("language", "source", "words"),
    [
        ("en", "Two neighbourhood watches met.", ["neighbourhood watches"]),
        ("en", "Neighborhood-watch people met a <b>block</b> watch.", ["Neighborhood-watch", "block watch"]),
        ("en", "They watch. Neighbourhoods watch too; a neighbourhood, watch it.", ["Neighbourhoods watch"]),
        ("fr", "Les surveillances de voisinage d’ici.", ["surveillances de voisinage"]),
        ("nl", "De buurtpreventie werkt.", ["buurtpreventie"]),
        ("de", "Die Nachbarschaftswachen kamen.", ["Nachbarschaftswachen"]),
        ("it", "I controlli di vicinato.", ["controlli di vicinato"]),
        ("es", "Las vigilancias vecinales.", ["vigilancias vecinales"]),
        ("ca", "La vigilància veïnal d’aquí.", ["vigilància veïnal"]),
    ],
)
def test_terms_are_found_in_their_forms_in_every_language(language, source, words):
    hits = Glossary([WATCH], language, "fr").hits(source)
    assert [hit.words for hit in hits] == words
    assert all(terms.plain(source)[hit.start : hit.end] == hit.words for hit in hits)


@pytest.mark.parametrize(
    ("language", "good", "without", "avoided"),
    [
        ("fr", "Deux surveillances du voisinage.", "Deux groupes.", "Deux surveillances de voisinage, des milices."),
        ("nl", "Twee buurtpreventiegroepen.", "Twee groepen.", "Twee burgerwachten voor buurtpreventie."),
        ("de", "Zwei Nachbarschaftswachen.", "Zwei Gruppen.", "Zwei Nachbarschaftswachen, Bürgerwehren."),
        ("it", "Due controlli di vicinato.", "Due gruppi.", "Due ronde, controlli di vicinato."),
        ("es", "Dos vigilancias vecinales.", "Dos grupos.", "La vigilancia vecinal, dos patrullas vecinales."),
        ("ca", "La vigilància dels veïnals.", "Dos grups.", "La vigilància veïnal, les patrulles veïnals."),
    ],
)
def test_translations_keep_to_the_glossary(language, good, without, avoided):
    """Row 13: inflected forms are accepted; what is missing or to be avoided is said."""
    source = "Two neighbourhood watches."
    assert codes(source, good, language) == []
    assert codes(source, without, language) == ["term"]
    assert codes(source, avoided, language) == ["term_avoided"]


def test_the_longest_term_counts():
    pattern = Notion(uuid4(), {"en": Name("Pattern"), "fr": Name("Schéma")})
    language = Notion(uuid4(), {"en": Name("Pattern language"), "fr": Name("Langage de schémas")})
    hits = Glossary([pattern, language], "en", "fr").hits("Pattern languages have patterns.")
    assert [(hit.words, hit.wanted) for hit in hits] == [
        ("Pattern languages", "Langage de schémas"),
        ("patterns", "Schéma"),
    ]


def test_word_to_avoid_may_be_a_part_of_the_name():
    watch = Notion(uuid4(), {"en": Name("Watch group"), "fr": Name("Groupe de vigilance", forbidden=("groupe",))})
    assert codes("A watch group.", "Un groupe de vigilance.", "fr", watch) == []
    assert codes("A watch group.", "Un groupe de vigilance, un groupe.", "fr", watch) == ["term_avoided"]


def test_names_in_parentheses_are_two():
    crowd = Notion(uuid4(), {"en": Name("Crowdsourcing"), "fr": Name("Production participative (crowdsourcing)")})
    assert codes("Crowdsourcing.", "Du crowdsourcing.", "fr", crowd) == []
    assert codes("Crowdsourcing.", "La production participative.", "fr", crowd) == []
    assert codes("Crowdsourcing.", "Le travail de foule.", "fr", crowd) == ["term"]


def test_what_stays_untranslated_is_to_stand_there():
    kept = Notion(uuid4(), {"en": Name("FA-TAMTAM"), "de": Name("", kept=True)})
    assert codes("Ask FA-TAMTAM.", "Fragen Sie FA-TAMTAM.", "de", kept) == []
    assert codes("Ask FA-TAMTAM.", "Fragen Sie das Trommelchen.", "de", kept) == ["term"]


def test_abbreviations_count_in_capitals_only():
    who = Notion(uuid4(), {"en": Name("World Health Organization", ("WHO",)), "fr": Name("OMS")})
    glossary = Glossary([who], "en", "fr")
    assert glossary.hits("Who came?") == []
    assert [hit.words for hit in glossary.hits("The WHO came.")] == ["WHO"]


def test_without_a_name_in_the_language_nothing_is_asked():
    assert codes("A citizen.", "Un citoyen.", "fr") == []
    assert [hit.wanted for hit in Glossary([CITIZEN], "en", "fr").hits("A citizen.")] == [""]


@pytest.mark.django_db
def test_terms_are_those_of_the_public_glossary_with_what_translators_are_told(django_assert_num_queries):
    """Row 12. Two queries for as many texts and terms as there are."""
    english = make_term("watch", term="Neighbourhood watch", abbreviation="NHW", definition="People who look.")
    make_term("watch", "fr", term="Surveillance de voisinage", alternatives="Voisins vigilants")
    make_term("watch", "de", term="Nachbarschaftswache")
    for number in range(5):
        make_term(f"other-{number}")
    TermUse.objects.create(
        translation_key=english.translation_key,
        locale=locale("fr"),
        rendering="Veille de quartier",
        forms="veilleurs de quartier\n\n",
        forbidden="milice\n vigiles ",
        note="Jamais en titre.",
    )
    with django_assert_num_queries(2):
        glossary = terms.glossary("en", "fr")
        hits = [hit for _ in range(9) for hit in glossary.hits("Our neighbourhood watch.")]
    name = hits[0].target
    assert (name.approved, name.others) == ("Veille de quartier", ("Voisins vigilants", "Surveillance de voisinage"))
    assert (name.forms, name.forbidden) == (("veilleurs de quartier",), ("milice", "vigiles"))
    assert (name.note, hits[0].source.meaning) == ("Jamais en titre.", "People who look.")
    for text in ("La veille de quartier.", "Les voisins vigilants.", "Les surveillances de voisinage."):
        assert glossary.problems("Our neighbourhood watch.", text) == []
    assert "Veille de quartier" in glossary.problems("The NHW.", "Rien.")[0].message
    everything = {notion.key: notion for notion in terms.notions()}[english.translation_key]
    assert set(everything.names) == {"en", "fr", "de"}


@pytest.mark.django_db
def test_a_name_may_be_decided_before_the_glossary_has_the_term():
    english = make_term("watch", term="Watch")
    TermUse.objects.create(translation_key=english.translation_key, locale=locale("ca"), rendering="Vigilància")
    TermUse.objects.create(translation_key=uuid4(), locale=locale("ca"), rendering="D’un terme esborrat")
    assert [hit.wanted for hit in terms.glossary("en", "ca").hits("A watch.")] == ["Vigilància"]
