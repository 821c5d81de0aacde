"""What was translated once is not lost with the page in which it stood."""

import pytest
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from library.models import GlossaryTerm
from tests.factories import locale
from tests.factories.editing import make_user
from translation import archive, writing
from translation.gaps import gaps
from translation.memory import Kind, suggestions
from translation.models import TextEvent, Via

from .remembering import finish, say, segment, submit
from .test_memory import MOTS, WORDS, of, topic
from .walking import make_trees

pytestmark = pytest.mark.django_db


@pytest.fixture
def camille(db):
    make_trees("fr", "it")
    return make_user("Translators fr")


def texts(found):
    return [(one.kind, one.text) for one in found]


def test_deleted_translation_comes_back_from_memory(camille):
    """Test 57, pitfall P8."""
    page = topic("Photos", WORDS)
    translation = submit(page)
    say(translation, WORDS, MOTS)
    finish(translation).delete()
    assert not StringTranslation.objects.exists()
    again = submit(page)
    assert gaps(again).count() == again.source.stringsegment_set.count()
    for user in (camille, None):
        found = suggestions(again, user)
        assert all(one[0].kind == Kind.EXACT for one in found.values())
        assert texts(found[segment(again, WORDS).pk]) == [(Kind.EXACT, MOTS)]


def test_deleted_translation_comes_back_also_where_its_headings_stand_on_many_pages(camille, monkeypatch):
    page = topic("Photos", WORDS)
    translation = submit(page)
    say(translation, WORDS, MOTS)
    finish(translation).delete()
    monkeypatch.setattr(archive, "MOST", 3)
    for number in range(4):
        finish(submit(topic(f"Lamp {number}", "Lamps.", summary=page.summary)))
    assert texts(of(submit(page), WORDS, camille)) == [(Kind.EXACT, MOTS)]


def test_deleted_translation_comes_back_where_the_original_is_another_one(camille):
    """Test 57: from English into French, and after the French page and the English source are gone, from Italian."""
    page = topic("Photos", WORDS)
    translation = submit(page)
    say(translation, WORDS, MOTS)
    french = finish(translation)
    finish(submit(page, "it"), "Parola")
    page.delete()
    french.delete()
    italian = Page.objects.get(locale=locale("it"), translation_key=page.translation_key).specific
    from_italian = submit(italian)
    assert not any(suggestions(from_italian, camille).values())  # French was made from other words until now
    finish(from_italian, "Nouveau").delete()
    found = suggestions(submit(italian), camille)
    assert all(of_text[0].text.startswith("Nouveau") for of_text in found.values())


def test_original_made_anew_finds_what_was_translated_of_the_old_one(camille):
    page = topic("Photos", WORDS)
    translation = submit(page)
    say(translation, WORDS, MOTS)
    finish(translation)
    french = translation.get_target_instance()
    page.delete()
    french.delete()
    again = submit(topic("Photos again", WORDS))
    (found,) = of(again, WORDS, camille)
    assert (found.kind, found.text, found.title, found.url) == (Kind.EXACT, MOTS, "", "")


def test_deleted_page_helps_only_who_has_the_same_text_and_serves_the_language(camille):
    page = topic("Photos", "A plan that nobody shall know of today.")
    translation = submit(page)
    finish(translation)
    page.delete()
    same = submit(topic("Same", "A plan that nobody shall know of today."))
    alike = submit(topic("Alike", "A plan that nobody shall know of yesterday."))
    stranger = make_user("Translators it")
    assert suggestions(same, camille)[segment(same, "A plan that nobody shall know of today.").pk]
    assert of(same, "A plan that nobody shall know of today.", stranger) == []
    assert of(same, "A plan that nobody shall know of today.") == []
    assert of(alike, "A plan that nobody shall know of yesterday.", camille) == []


def test_alias_made_and_undone_keeps_every_text(camille):
    """Test 59."""
    page = topic("Photos", WORDS)
    translation = submit(page)
    say(translation, WORDS, MOTS)
    french = finish(translation)
    french.alias_of = page
    french.definition = page.definition
    french.save()
    again = submit(page)
    assert not gaps(again).exists()
    french = finish(again)
    assert french.alias_of is None
    assert "avant de publier" in french.specific.definition


def test_alias_in_place_of_a_deleted_translation_leaves_the_memory(camille):
    """Test 59."""
    page = topic("Photos", WORDS)
    translation = submit(page)
    say(translation, WORDS, MOTS)
    finish(translation).delete()
    alias = page.copy_for_translation(locale("fr"), alias=True)
    again = submit(page)
    assert alias.alias_of is not None
    assert texts(of(again, WORDS, camille)) == [(Kind.EXACT, MOTS)]


def test_what_was_taken_away_on_purpose_is_not_brought_up_again(camille):
    page = topic("Photos", WORDS)
    translation = submit(page)
    say(translation, WORDS, MOTS)
    writing.forget(translation, segment(translation, WORDS), user=camille, via=Via.EDITOR)
    assert of(translation, WORDS, camille) == []


def test_last_words_count_and_how_they_were_written(camille):
    page = topic("Photos", WORDS)
    translation = submit(page)
    text = say(translation, WORDS, "Machine", "machine")
    finish(translation).delete()
    again = submit(page)
    (found,) = of(again, WORDS, camille)
    assert (found.text, found.known.is_machine) == ("Machine", True)
    text = say(again, WORDS, "Premier")
    text.data = MOTS
    text.save()
    finish(again).delete()
    (found,) = of(submit(page), WORDS, camille)
    assert (found.text, found.known.is_machine) == (MOTS, False)


def test_earlier_wording_of_a_deleted_translation_is_remembered_too(camille):
    page = topic("Photos", "The police answer within 50 hours.")
    translation = submit(page)
    say(translation, "The police answer within 50 hours.", "Sous 50 heures.")
    finish(translation).delete()
    page = page.specific
    page.definition = "<p>The police answer within 30 hours.</p>"
    page.save_revision().publish()
    again = submit(page)
    assert texts(of(again, "The police answer within 30 hours.", camille)) == [(Kind.CARRIED, "Sous 50 heures.")]


def test_entry_that_was_deleted_is_remembered(camille):
    term = GlossaryTerm.objects.create(code="x", term="Watch", definition=WORDS, locale=locale("en"))
    translation = submit_entry(term)
    finish_entry(translation)
    term.get_translations().first().delete()
    again = submit_entry(term)
    assert all(found for found in suggestions(again, camille).values())
    assert TextEvent.objects.filter(via=Via.GONE).exists()


def submit_entry(term):
    from wagtail_localize.models import Translation, TranslationSource

    source, _created = TranslationSource.update_or_create_from_instance(term)
    return Translation.objects.create(source=source, target_locale=locale("fr"))


def finish_entry(translation):
    for one in translation.source.stringsegment_set.select_related("string"):
        say(translation, one.string.data, f"Mot {one.order}")
    translation.save_target()
