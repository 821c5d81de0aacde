"""What was translated before comes back where it helps, and to nobody who may not read where it comes from."""

import uuid

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupPagePermission, PageViewRestriction
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from library.models import GlossaryTerm, TopicIndexPage
from tests.factories import locale, make_home, make_index, make_topic
from tests.factories.editing import make_user
from translation import states
from translation.gaps import gaps
from translation.memory import Kind, suggestions

from .remembering import edit, finish, say, segment, submit, sync

pytestmark = pytest.mark.django_db

KEY = uuid.UUID(int=1)
WORDS = "Ask the <b>police</b> before you post a photo."
MOTS = "Demandez à la <b>police</b> avant de publier une photo."


@pytest.fixture
def site(db):
    for language in ("fr", "es", "de"):
        make_home(language)
        make_index(TopicIndexPage, "topics", language)


@pytest.fixture
def camille(site):
    return make_user("Translators fr")


def topic(title, *paragraphs, **fields):
    text = "".join(f"<p>{one}</p>" for one in paragraphs or [f"What {title} is."])
    return make_topic(title=title, definition=text, **fields)


def blocks(*paragraphs):
    return [{"type": "paragraph", "value": f"<p>{one}</p>", "id": str(uuid.uuid5(KEY, one))} for one in paragraphs]


def of(translation, source, user=None):
    found = segment(translation, source)
    return suggestions(translation, user)[found.pk]


def kinds(found):
    return [one.kind for one in found]


def test_same_text_elsewhere_is_suggested_with_its_page_and_date(camille):
    """Row 8."""
    old = submit(topic("Photos", WORDS))
    text = say(old, WORDS, MOTS)
    page = finish(old)
    (found,) = of(submit(topic("Other", WORDS)), WORDS, camille)
    assert (found.kind, found.score, found.text, found.title) == (Kind.EXACT, 100, MOTS, page.title)
    assert found.changed_at == text.updated_at
    assert str(page.pk) in found.url
    assert not found.needs_revision


def test_what_a_person_wrote_stands_before_what_a_machine_wrote(camille):
    for number, kind in enumerate(("machine", "manual", "machine")):
        say(submit(topic(f"Page {number}", WORDS)), WORDS, f"{kind} {number}", kind)
    found = of(submit(topic("Other", WORDS)), WORDS, camille)
    assert [one.text for one in found] == ["manual 1", "machine 2", "machine 0"]


def test_what_readers_see_stands_before_what_waits(camille):
    """Row 8: approved before written."""
    old = submit(topic("Old", WORDS))
    say(old, WORDS, "approved")
    finish(old)
    say(submit(topic("Newer", WORDS)), WORDS, "draft")
    say(submit(topic("Newest", WORDS)), WORDS, "machine", "machine")
    found = of(submit(topic("Other", WORDS)), WORDS, camille)
    assert [one.text for one in found] == ["approved", "draft", "machine"]
    assert len({one.origin for one in found}) == 3


def test_text_that_many_pages_share_is_suggested_once(camille):
    for number in range(4):
        say(submit(topic(f"Page {number}", WORDS)), WORDS, MOTS)
    assert len(of(submit(topic("Other", WORDS)), WORDS, camille)) == 1


def test_text_with_an_error_is_not_suggested(camille):
    say(submit(topic("Photos", WORDS)), WORDS, "<script>x</script>")
    assert of(submit(topic("Other", WORDS)), WORDS, camille) == []


def test_text_pasted_as_a_new_block_is_found_again(camille):
    """Test 16, pitfall P10: the place is another, the text is the same."""
    page = topic("Photos", WORDS)
    translation = submit(page)
    say(translation, WORDS, MOTS)
    finish(translation)
    edit(page, definition="<p>Something else.</p>", body=blocks(WORDS))
    translation = sync(translation)
    found = of(translation, WORDS, camille)
    assert [(one.kind, one.text) for one in found] == [(Kind.EXACT, MOTS)]


def test_deleted_block_leaves_the_page_and_stays_in_memory(camille):
    """Test 15."""
    page = topic("Photos", WORDS, "Second paragraph.")
    translation = submit(page)
    say(translation, WORDS, MOTS)
    french = finish(translation)
    edit(page, definition="<p>Second paragraph.</p>")
    translation = sync(translation)
    translation.save_target(publish=True)
    french.refresh_from_db()
    assert "photo" not in french.specific.definition
    assert [one.text for one in of(submit(topic("Other", WORDS)), WORDS, camille)] == [MOTS]


def test_moved_block_keeps_all_its_texts(site):
    """Test 14."""
    page = topic("Photos", body=blocks("one", "two"))
    translation = submit(page)
    finish(translation)
    before = set(StringTranslation.objects.values_list("pk", "data"))
    edit(page, body=blocks("two", "one"))
    translation = sync(translation)
    assert not gaps(translation).exists()
    assert set(StringTranslation.objects.values_list("pk", "data")) == before


def test_paragraph_put_in_between_leaves_the_others_as_they_are(camille):
    """Test 17."""
    page = topic("Photos", "First paragraph.", "Last paragraph.")
    translation = submit(page)
    finish(translation)
    edit(page, definition="<p>First paragraph.</p><p>Wholly new words in the middle.</p><p>Last paragraph.</p>")
    translation = sync(translation)
    assert [one.string.data for one in gaps(translation)] == ["Wholly new words in the middle."]
    assert of(translation, "Wholly new words in the middle.", camille) == []


def test_changed_paragraph_brings_its_earlier_wording_with_the_difference(camille):
    """Row 9."""
    page = topic("Photos", "The police answer within 50 hours.", "Nobody posts a photo.")
    translation = submit(page)
    say(translation, "The police answer within 50 hours.", "La police répond sous 50 heures.")
    finish(translation)
    edit(page, definition="<p>Nobody posts a photo.</p><p>The police answer within 30 hours.</p>")
    translation = sync(translation)
    (found,) = of(translation, "The police answer within 30 hours.", camille)
    assert (found.kind, found.text) == (Kind.CARRIED, "La police répond sous 50 heures.")
    assert "<del>50 </del><ins>30 </ins>" in found.difference
    assert len(found.warnings) == 1
    assert found.needs_revision
    assert found.score < 100


def test_formatting_alone_loses_nothing(camille):
    """Test 18."""
    page = topic("Photos", "Ask the <b>police</b> first.")
    translation = submit(page)
    say(translation, "Ask the <b>police</b> first.", "Demandez d’abord à la <b>police</b>.")
    finish(translation)
    edit(page, definition="<p>Ask the police first.</p>")
    translation = sync(translation)
    (found,) = of(translation, "Ask the police first.", camille)
    assert (found.kind, found.score, found.text) == (Kind.CARRIED, 100, "Demandez d’abord à la police.")
    assert not found.warnings


def test_title_that_says_something_else_still_brings_the_earlier_one(camille):
    """A field holds one text: what stood there before is its earlier wording, however little is left of it."""
    page = topic("Photos")
    translation = submit(page)
    say(translation, "Photos", "Images")
    finish(translation)
    edit(page, title="Rules of use")
    translation = sync(translation)
    (found,) = of(translation, "Rules of use", camille)
    assert (found.kind, found.text) == (Kind.CARRIED, "Images")


def test_what_is_translated_again_is_not_bothered_with_the_earlier_wording(camille):
    page = topic("Photos")
    translation = submit(page)
    finish(translation)
    edit(page, title="Rules")
    translation = sync(translation)
    say(translation, "Rules", "Règles")
    assert of(translation, "Rules", camille) == []


def test_links_of_the_earlier_wording_fit_the_new_one(camille):
    page = topic("Photos", 'Read <a href="https://a.example/">the rules</a> first.')
    translation = submit(page)
    say(translation, 'Read <a id="a1">the rules</a> first.', 'Lisez <a id="a1">les règles</a> d’abord.')
    finish(translation)
    new = 'Read <a href="https://b.example/">the map</a> and <a href="https://a.example/">the rules</a> first.'
    edit(page, definition=f"<p>{new}</p>")
    translation = sync(translation)
    source = 'Read <a id="a1">the map</a> and <a id="a2">the rules</a> first.'
    (found,) = of(translation, source, camille)
    assert found.text == 'Lisez <a id="a2">les règles</a> d’abord.'


def test_text_that_reads_alike_is_suggested_with_its_doubts(camille):
    """Row 10."""
    old = submit(topic("Photos", "You may share the photo of a suspect."))
    say(old, "You may share the photo of a suspect.", "Vous pouvez partager la photo d’un suspect.")
    new = "You may not share the photo of a suspect."
    (found,) = of(submit(topic("Other", new)), new, camille)
    assert (found.kind, found.source) == (Kind.FUZZY, "You may share the photo of a suspect.")
    assert 75 <= found.score < 100
    assert "<ins>not </ins>" in found.difference
    assert len(found.warnings) == 1


def test_text_that_hardly_reads_alike_is_not_suggested(camille):
    say(submit(topic("Photos", "You may share the photo of a suspect.")), "You may share the photo of a suspect.", "X")
    assert of(submit(topic("Other", "Nobody answers the telephone.")), "Nobody answers the telephone.", camille) == []


def test_other_languages_stand_beside_it(site):
    """Row 11: published Spanish helps whoever translates into French from English."""
    page = topic("Photos", WORDS)
    spanish = submit(page, "es")
    say(spanish, WORDS, "Pregunte a la policía.")
    finish(spanish, "Palabra")
    (found,) = of(submit(page), WORDS, make_user("Translators fr"))
    assert (found.kind, found.language, found.text) == (Kind.PIVOT, "es", "Pregunte a la policía.")
    assert not found.can_be_used


def test_same_sentence_twice_in_a_text_is_one_translation(camille):
    """Test 21."""
    translation = submit(topic("Photos", WORDS, WORDS))
    say(translation, WORDS, MOTS)
    finish(translation)
    (status,) = states.count(translation.source.object_id, [locale("fr")])
    assert StringTranslation.objects.filter(data=MOTS).count() == 1
    assert status.done == status.segments == translation.source.stringsegment_set.count()
    assert status.words_to_do == 0


def test_same_sentence_in_two_places_of_a_page_is_suggested_from_the_other(camille):
    """Test 21."""
    translation = submit(topic("Photos", WORDS, body=blocks(WORDS)))
    say(translation, WORDS, MOTS)
    rest = translation.source.stringsegment_set.filter(string__data=WORDS).order_by("order")[1]
    (found,) = suggestions(translation, camille)[rest.pk]
    assert (found.kind, found.text) == (Kind.EXACT, MOTS)


# What is not everybody's


def part_translator(page):
    """Somebody who may edit one page alone, in French."""
    user = make_user(name="part")
    group = Group.objects.create(name="Part")
    user.groups.add(group)
    for codename in ("change_page",):
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    return user


@pytest.fixture
def secret(site):
    """A page whose French text nobody but the French editors may read, in four ways."""
    return submit(topic("Secret", WORDS, "A plan that nobody shall know of today."))


PLAN, PROJET = "A plan that nobody shall know of today.", "Un projet que personne ne doit connaître."


def asked_by_somebody_with_one_page():
    """What she is suggested for the same text and for one like it."""
    translation = submit(topic("Other", PLAN, "A plan that nobody shall know of yesterday."))
    user = part_translator(translation.get_target_instance())
    return [
        one.text
        for source in (PLAN, "A plan that nobody shall know of yesterday.")
        for one in of(translation, source, user)
    ]


def test_draft_of_somebody_else_is_no_source(secret):
    say(secret, PLAN, PROJET)
    assert asked_by_somebody_with_one_page() == []


def test_text_that_waits_in_a_published_page_is_no_source(secret):
    finish(secret)
    StringTranslation.objects.filter(translation_of__data=PLAN).update(data=PROJET)
    assert asked_by_somebody_with_one_page() == []


def test_private_page_is_no_source(secret):
    say(secret, PLAN, PROJET)
    page = finish(secret)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    group = PageViewRestriction.objects.get()
    group.restriction_type = "groups"
    group.save()
    assert asked_by_somebody_with_one_page() == []


def test_what_readers_see_is_a_source_for_everybody(secret):
    say(secret, PLAN, PROJET)
    finish(secret)
    assert asked_by_somebody_with_one_page() == [PROJET, PROJET]


def test_draft_in_another_language_is_not_shown_beside(site, camille):
    page = topic("Photos", WORDS)
    german = submit(page, "de")
    text = say(german, WORDS, "Verschwiegenes")
    french = submit(page)
    assert of(french, WORDS, camille) == []
    finish(german, "Wort")
    assert [one.text for one in of(french, WORDS, camille)] == ["Verschwiegenes"]
    StringTranslation.objects.filter(pk=text.pk).update(data="Verschwiegenes neu")
    assert of(french, WORDS, camille) == []


def test_entries_are_a_source_too(camille):
    term = GlossaryTerm.objects.create(code="x", term="Watch", definition="The same words.", locale=locale("en"))
    source, _created = TranslationSource.update_or_create_from_instance(term)
    of_term = Translation.objects.create(source=source, target_locale=locale("fr"))
    say(of_term, "The same words.", "Les mêmes mots.")
    of_term.save_target()
    translation = submit(topic("Other", "The same words."))
    for user in (camille, None):
        (found,) = of(translation, "The same words.", user)
        assert found.text == "Les mêmes mots."
        assert found.title


@pytest.mark.parametrize("is_open", [True, False])
def test_more_texts_take_no_more_queries(camille, is_open):
    """40 and 80 texts; also where every origin is to be compared with what readers see."""
    counts = []
    for number in (40, 80):
        words = [f"Paragraph number {one} of {number} about posting photos." for one in range(number)]
        finish(submit(topic(f"Old {number}", *words)))
        page = topic(f"New {number}", *[f"{one} Again." for one in words[::2]], *words[1::2])
        finish(submit(page, "es"), "Palabra")
        translation = submit(page)
        user = None if not is_open else camille
        suggestions(translation, user)  # reads what is kept for the request or the process
        with CaptureQueriesContext(connection) as captured:
            found = suggestions(translation, user)
        assert sum(map(bool, found.values())) > number * 0.9
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 15, counts
