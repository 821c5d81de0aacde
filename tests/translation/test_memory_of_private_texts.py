"""What was written for a page that is gone is offered to others only if readers have seen it."""

import importlib

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from library.models import GlossaryTerm, TopicIndexPage
from tests.factories import locale, make_home, make_index, make_topic
from tests.factories.editing import make_user
from translation import promotion, writing
from translation.exchange import memories, tmx
from translation.memory import suggestions
from translation.models import TextEvent, Via

from .remembering import edit, finish, say, segment, submit, sync
from .test_memory import MOTS, WORDS, topic

pytestmark = pytest.mark.django_db

PLAN, PROJET = "A plan that nobody shall know of today.", "Un projet que personne ne doit connaître."


@pytest.fixture
def site(db):
    for language in ("fr", "it"):
        make_home(language)
        make_index(TopicIndexPage, "topics", language)


@pytest.fixture
def camille(site):
    return make_user("Translators fr", name="camille")


@pytest.fixture
def colleague(site):
    return make_user("Translators fr", name="colleague")


def write(translation, source, text, user):
    found = segment(translation, source)
    return writing.write(translation, found, text, user=user, via=Via.EDITOR)


def begun(user, **fields):
    """A page with the plan, which `user` has translated into French as a draft."""
    page = topic("Secret", PLAN, **fields)
    translation = submit(page)
    write(translation, PLAN, PROJET, user)
    finish(translation, publish=False)
    return page, translation


def delete(page):
    """With all that it was translated into."""
    for one in Page.objects.filter(translation_key=page.translation_key).order_by("-pk"):
        one.specific.delete()
    assert not StringTranslation.objects.filter(context__object_id=page.translation_key).exists()


def offered(user, source=PLAN):
    translation = submit(make_topic(definition=f"<p>{source}</p>"))
    found = suggestions(translation, user)
    return [one.text for of_text in found.values() for one in of_text if one.source == source]


def test_draft_of_a_deleted_page_is_offered_to_who_wrote_it_and_to_nobody_else(camille, colleague):
    page, _translation = begun(camille)
    delete(page)
    assert offered(colleague) == []
    assert offered(make_user("Coordinators")) == []
    assert offered(camille) == [PROJET]


def test_draft_of_a_deleted_page_is_in_no_answer_that_a_colleague_gets(camille, colleague):
    """The workbench with what fills the gaps, other languages beside it, the memory as a file."""
    page, _translation = begun(camille)
    write(submit(page, "it"), PLAN, "Un piano segreto.", camille)
    delete(page)
    same = submit(topic("Same", PLAN))
    client = Client()
    client.force_login(colleague)
    bench = reverse("translation_workbench", args=["fr", same.pk])
    assert PLAN in client.get(bench).content.decode()
    fill = client.post(reverse("translation_fill", args=["fr", same.pk]), follow=True)
    assert not StringTranslation.objects.filter(context__object_id=same.source.object_id, locale=locale("fr")).exists()
    event = TextEvent.objects.filter(new=PROJET).get()
    data = {"use": f"e{event.pk}"}
    text = client.post(reverse("translation_text", args=["fr", same.pk, segment(same, PLAN).pk]), data, follow=True)
    file = client.get(reverse("translation_exchange_memory", args=["fr"]), {"source": "en"})
    answers = [one.content.decode() for one in (client.get(bench), fill, text)]
    for answer in [*answers, b"".join(file.streaming_content).decode()]:
        assert "Un projet" not in answer
        assert "Un piano" not in answer


def test_published_text_of_a_deleted_page_is_offered(camille, colleague):
    page, translation = begun(camille)
    finish(translation)
    delete(page)
    assert offered(colleague) == [PROJET]


def test_draft_that_came_after_the_published_text_is_not_offered_in_its_place(camille, colleague):
    page, translation = begun(camille)
    finish(translation)
    write(translation, PLAN, "Un projet encore plus secret.", camille)
    delete(page)
    assert offered(colleague) == [PROJET]
    assert offered(camille) == ["Un projet encore plus secret."]


def test_what_was_taken_away_on_purpose_is_not_brought_up_by_what_was_public_before(camille, colleague):
    page, translation = begun(camille)
    finish(translation)
    writing.forget(translation, segment(translation, PLAN), user=camille, via=Via.EDITOR)
    write(translation, PLAN, "Brouillon.", camille)
    delete(page)
    assert offered(colleague) == []


def test_page_for_a_few_is_not_public_though_it_is_published(camille, colleague):
    page, translation = begun(camille)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    finish(translation)
    delete(page)
    assert offered(colleague) == []


def test_page_that_was_opened_after_it_was_published_is_public(camille, colleague):
    page, translation = begun(camille)
    closed = PageViewRestriction.objects.create(page=page, restriction_type="login")
    finish(translation)
    closed.delete()
    delete(page)
    assert offered(colleague) == [PROJET]


def test_translation_withdrawn_before_it_was_deleted_has_been_public(camille, colleague):
    page, translation = begun(camille)
    finish(translation).unpublish()
    delete(page)
    assert offered(colleague) == [PROJET]


def test_text_kept_for_another_wording_of_the_original_is_public_without_being_published_again(camille, colleague):
    page, translation = begun(camille)
    finish(translation)
    edit(page, definition="<p>A plan that nobody shall know of now.</p>")
    write(sync(translation), "A plan that nobody shall know of now.", PROJET, camille)
    delete(page)
    assert offered(colleague, "A plan that nobody shall know of now.") == [PROJET]


def test_texts_of_a_page_whose_original_was_deleted_are_public_while_it_stands(camille, colleague):
    page, translation = begun(camille)
    finish(translation)
    TextEvent._base_manager.update(was_public=False)  # as before they were marked
    page.specific.delete()
    assert offered(colleague) == [PROJET]


def test_texts_of_a_draft_that_lost_its_original_are_offered_to_those_who_may_edit_it(camille, colleague):
    page, _translation = begun(camille)
    page.specific.delete()
    assert Page.objects.filter(translation_key=page.translation_key, locale=locale("fr")).exists()
    assert offered(colleague) == [PROJET]
    Page.objects.filter(translation_key=page.translation_key).get().specific.delete()
    assert offered(colleague) == []


def test_promoted_page_leaves_its_old_originals_texts_to_everybody(camille, colleague):
    page, translation = begun(camille)
    french = finish(translation)
    promotion.promote(french)
    delete(page)
    again = submit(topic("Encore", PROJET, language="fr"), "en")
    reader = make_user("Editors")
    assert [one.text for one in suggestions(again, reader)[segment(again, PROJET).pk]] == [PLAN]


def test_entry_is_public_as_soon_as_it_is_saved(camille, colleague):
    term = GlossaryTerm.objects.create(code="x", term="Watch", definition=PLAN, locale=locale("en"))
    source, _created = TranslationSource.update_or_create_from_instance(term)
    translation = Translation.objects.create(source=source, target_locale=locale("fr"))
    say(translation, "Watch", "Garde")
    write(translation, PLAN, PROJET, camille)
    assert not TextEvent.objects.filter(was_public=True).exists()
    translation.save_target()
    GlossaryTerm.objects.filter(locale=locale("fr")).get().delete()
    term.delete()
    assert offered(colleague) == [PROJET]


def test_what_came_in_a_file_is_for_everybody_and_added_though_a_draft_said_the_same(camille, colleague):
    page, _translation = begun(camille)
    delete(page)
    pair = tmx.Pair(PLAN, PROJET)
    coordinator = make_user("Coordinators")
    assert memories.add([pair], "file.tmx", "en", "fr", coordinator).added == 1
    assert memories.add([pair], "file.tmx", "en", "fr", coordinator).known == 1
    assert offered(colleague) == [PROJET]


def test_what_is_live_when_the_column_comes_is_marked(camille):
    begun(camille)
    page = topic("Photos", WORDS)
    translation = submit(page)
    say(translation, WORDS, MOTS)
    finish(translation)
    closed = topic("Closed", WORDS)
    of_closed = submit(closed)
    say(of_closed, WORDS, "Fermé.")
    PageViewRestriction.objects.create(page=finish(of_closed, "Fermé"), restriction_type="login")
    marked = set(TextEvent.objects.filter(was_public=True).values_list("new", flat=True))
    TextEvent._base_manager.update(was_public=False)
    importlib.import_module("translation.migrations.0008_texts_that_were_public").mark(apps, None)
    now = set(TextEvent.objects.filter(was_public=True).values_list("new", flat=True))
    assert MOTS in now
    assert PROJET not in now
    assert now == {text for text in marked if not text.startswith("Fermé")}
