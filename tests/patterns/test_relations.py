import pytest

from patterns.examples import countries_of_examples
from patterns.models import PatternRelation
from practices.models import PracticePattern
from tests.factories import locale, make_pattern, make_practice, translate

from .seeing import seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def watch():
    return make_pattern(number=8, title="Watch")


@pytest.fixture
def justice():
    return make_pattern(number=2, title="Justice")


def relate(page, target, type="may_escalate_to", reason="Roles blur."):
    return PatternRelation.objects.create(page=page, target=target, type=type, reason=reason, locale=page.locale)


def said(relations):
    return [(relation.type, relation.neighbour.title, relation.reason) for relation in relations]


def test_a_relation_is_read_from_both_sides(watch, justice):
    relate(watch, justice)
    assert said(seen(watch).relations) == [("may_escalate_to", "Justice", "Roles blur.")]
    assert said(seen(justice).relations) == [("escalates_from", "Watch", "Roles blur.")]


def test_a_symmetric_relation_reads_the_same_from_both_sides(watch, justice):
    relate(watch, justice, "complements")
    assert seen(justice).relations[0].type == "complements"


def test_a_neighbour_that_is_not_published_has_no_relation(watch, justice):
    relate(watch, justice)
    justice.unpublish()
    assert seen(watch).relations == []


def test_the_reason_is_in_the_readers_language_where_it_is_translated(watch, justice):
    row = relate(watch, justice)
    french = translate(watch, "fr", title="Veille")
    PatternRelation.objects.filter(page=french).delete()
    copy = PatternRelation(page=french, target=justice, type=row.type, reason="Les rôles se mêlent.")
    copy.locale, copy.translation_key = locale("fr"), row.translation_key
    copy.save()
    found = seen(french, "fr").relations[0]
    assert (found.reason, found.reason_language) == ("Les rôles se mêlent.", "fr")
    assert (found.neighbour.title, found.neighbour.language, found.neighbour.url[:4]) == ("Justice", "en", "/fr/")


def test_an_untranslated_reason_keeps_its_language(watch, justice):
    relate(watch, justice)
    french = translate(watch, "fr", title="Veille")
    PatternRelation.objects.filter(page=french).delete()
    found = seen(french, "fr").relations[0]
    assert (found.reason, found.reason_language) == ("Roles blur.", "en")


def test_a_row_added_on_a_translation_alone_does_not_count(watch, justice):
    french = translate(watch, "fr", title="Veille")
    relate(french, justice, reason="Only in French.")
    assert seen(watch).relations == []
    assert seen(french, "fr").relations == []


def test_translated_rows_are_not_counted_twice(watch, justice):
    relate(watch, justice)
    translate(watch, "fr", title="Veille")
    assert len(seen(justice).relations) == 1


def test_the_number_of_relations_does_not_change_the_number_of_queries(watch, django_assert_num_queries):
    for number in range(20, 23):
        relate(watch, make_pattern(number=number), "complements")
    with django_assert_num_queries(10):
        assert len(seen(watch).relations) == 3
    for number in range(30, 33):
        relate(watch, make_pattern(number=number), "complements")
    with django_assert_num_queries(10):
        assert len(seen(watch).relations) == 6


def show(practice, pattern, strength="main"):
    return PracticePattern.objects.create(page=practice, pattern=pattern, strength=strength, locale=practice.locale)


def test_examples_are_published_practices_main_ones_first(watch):
    show(make_practice(title="Also", country="ES"), watch, "also")
    show(make_practice(title="Main", country="IT"), watch)
    show(make_practice(title="Draft", live=False), watch)
    assert [example.title for example in seen(watch).examples] == ["Main", "Also"]
    assert countries_of_examples(watch) == {"IT", "ES"}


def test_an_example_is_shown_in_the_readers_language_and_once(watch):
    practice = make_practice(title="Faenza")
    show(practice, watch)
    french = translate(watch, "fr", title="Veille")
    translate(practice, "fr", title="Faenza en français")
    found = seen(french, "fr").examples
    assert [(example.title, example.language) for example in found] == [("Faenza en français", "fr")]


def test_a_practice_in_several_countries_counts_for_each(watch):
    show(make_practice(country="ES", further_countries=["FI", "FR"]), watch)
    assert countries_of_examples(watch) == {"ES", "FI", "FR"}


def test_reasons_of_translations_that_are_not_public_are_not_shown(client):
    watch, other = make_pattern(number=8, title="Watch"), make_pattern(number=9, title="Other")
    watch.relations.add(PatternRelation(target=other, type="complements", reason="Public reason"))
    watch.save_revision().publish()
    french = translate(watch, "fr", title="Veille", slug="veille", live=False)
    french.relations.update(reason="Unpublished reason")
    html = client.get("/fr/patterns/other/").content.decode()
    assert "Public reason" in html
    assert "Unpublished reason" not in html
