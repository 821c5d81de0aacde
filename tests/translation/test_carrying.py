"""An original that changes and means the same keeps its translations; one that means something else keeps its readers
from reading two languages at once.
"""

import datetime

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry
from wagtail_localize.models import StringTranslation, TranslationSource

from library.models import GlossaryTerm
from tests.factories import locale
from tests.factories.editing import make_user, publish, signed_in
from translation import carrying, states
from translation.gaps import gaps
from translation.memory import Kind, suggestions
from translation.models import State, TextEvent, Via

from .remembering import edit, finish, say, segment, submit, sync
from .test_memory import topic
from .walking import make_trees

pytestmark = pytest.mark.django_db

OLD, NEW = "The police, answer within a day.", "The police answer within a day."
FRENCH = "La police répond sous un jour."


@pytest.fixture
def page(db):
    """Published in English and French; the French text is known by its date."""
    make_trees("fr", "de")
    page = topic("Photos", OLD, "Second paragraph.")
    translation = submit(page)
    text = say(translation, OLD, FRENCH)
    finish(translation)
    monday = datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)
    StringTranslation.objects.filter(pk=text.pk).update(updated_at=monday)
    return page


@pytest.fixture
def editor(page):
    return signed_in("Editors")


def source_of(page):
    return TranslationSource.objects.get_for_instance(page)


def status(page, language="fr"):
    (found,) = states.count(page.translation_key, [locale(language)])
    return found


def french(page):
    return page.specific.get_translation(locale("fr"))


def hand_out(page, *olds):
    """As an editor who ticks the changes of these texts."""
    source = source_of(page)
    keys = {change.key for change in carrying.changes(source) if change.old in olds}
    assert len(keys) == len(olds)
    return carrying.hand_out(source, keys, make_user("Editors", name="decider"))


def body(page):
    french_page = french(page)
    return french_page.specific.definition


def test_readers_never_see_the_original_after_a_comma_was_changed(page, editor):
    """Test 12, pitfall P2: edited, handed out with “publish immediately”, and nothing decided."""
    coordinator = signed_in("Coordinators")
    edit(page, definition=f"<p>{NEW}</p><p>Second paragraph.</p>")
    address = reverse("wagtail_localize:update_translations", args=[source_of(page).pk])
    assert coordinator.post(address, {"publish_translations": "on"}).status_code == 302
    assert FRENCH in body(page)
    assert NEW not in body(page)
    assert status(page).stale_since is not None
    (found,) = suggestions(submit(page))[segment(submit(page), NEW).pk]
    assert (found.kind, found.text) == (Kind.CARRIED, FRENCH)


def test_typo_keeps_the_translation_complete_and_its_date_and_is_logged(page):
    """Test 13, row 23."""
    edit(page, definition=f"<p>{NEW}</p><p>Second paragraph.</p>")
    assert status(page).stale_since is not None
    revision = french(page).live_revision_id
    outcome = hand_out(page, OLD)
    assert (outcome.carried, outcome.refused) == (1, 0)
    now = status(page)
    assert (now.state, now.stale_since) == (State.COMPLETE, None)
    assert french(page).live_revision_id == revision  # nothing was published for that
    text = StringTranslation.objects.get(translation_of__data=NEW)
    assert (text.data, text.updated_at.year, text.translation_type) == (FRENCH, 2026, "manual")
    assert text.updated_at.date() == datetime.date(2026, 1, 5)
    event = TextEvent.objects.filter(via=Via.CARRIED).get()
    assert (event.new, event.source, event.user.username) == (FRENCH, NEW, "decider")
    entry = PageLogEntry.objects.get(action=carrying.LOGGED)
    assert (entry.user.username, entry.page_id) == ("decider", page.pk)
    assert entry.data["texts"] == [{"path": "definition", "old": OLD, "new": NEW, "languages": ["fr"]}]


def test_what_was_decided_can_be_published_later_without_a_gap(page):
    edit(page, definition=f"<p>{NEW}</p><p>Second paragraph.</p>")
    hand_out(page, OLD)
    assert not gaps(submit(page)).exists()
    finish(submit(page))
    assert FRENCH in body(page)
    assert status(page).state == State.COMPLETE


def test_decision_after_the_texts_were_handed_out_counts_as_well(page):
    edit(page, definition=f"<p>{NEW}</p><p>Second paragraph.</p>")
    sync(submit(page))
    hand_out(page, OLD)
    assert (status(page).state, status(page).stale_since) == (State.COMPLETE, None)


def test_only_what_was_ticked_is_kept(page):
    edit(page, definition=f"<p>{NEW}</p><p>Second paragraph, quite changed.</p>")
    hand_out(page, OLD)
    assert [one.string.data for one in gaps(submit(page))] == ["Second paragraph, quite changed."]
    assert status(page).stale_since is not None
    assert FRENCH in body(page)


def test_new_paragraph_beside_the_typo_leaves_the_translation_stale(page):
    edit(page, definition=f"<p>{NEW}</p><p>Second paragraph.</p><p>Another matter.</p>")
    hand_out(page, OLD)
    assert status(page).stale_since is not None
    assert [one.string.data for one in gaps(submit(page))] == ["Another matter."]


def test_paragraph_that_is_gone_leaves_the_translation_stale_until_it_is_published(page):
    edit(page, definition=f"<p>{NEW}</p>")
    hand_out(page, OLD)
    assert status(page).stale_since is not None
    finish(submit(page))
    assert status(page).stale_since is None


def test_text_that_waits_to_be_published_still_waits(page):
    text = StringTranslation.objects.get(translation_of__data=OLD)
    text.data = "Nouvelle phrase."
    text.save()
    edit(page, definition=f"<p>{NEW}</p><p>Second paragraph.</p>")
    hand_out(page, OLD)
    assert status(page).state == State.IN_PROGRESS
    assert FRENCH in body(page)


def test_machine_text_stays_unread(page):
    StringTranslation.objects.filter(translation_of__data=OLD).update(translation_type="machine")
    edit(page, definition=f"<p>{NEW}</p><p>Second paragraph.</p>")
    hand_out(page, OLD)
    assert status(page).state == State.MACHINE


def test_all_languages_are_kept_and_a_text_written_meanwhile_stays(page):
    german = submit(page, "de")
    say(german, OLD, "Die Polizei antwortet am selben Tag.")
    finish(german, "Wort")
    edit(page, definition=f"<p>{NEW}</p><p>Second paragraph.</p>")
    sync(submit(page))
    mine = say(submit(page), NEW, "Mon texte.")
    (change,) = carrying.changes(source_of(page))
    assert change.languages == ["de"]
    hand_out(page, OLD)
    mine.refresh_from_db()
    assert mine.data == "Mon texte."
    assert StringTranslation.objects.get(translation_of__data=NEW, locale=locale("de")).data.startswith("Die Polizei")


def test_change_back_asks_nothing(page):
    edit(page, definition=f"<p>{NEW}</p><p>Second paragraph.</p>")
    edit(page, definition=f"<p>{OLD}</p><p>Second paragraph.</p>")
    assert carrying.changes(source_of(page)) == []


def test_other_than_text_asks_nothing_and_makes_nothing_stale(page):
    """Test 20: a code follows the original when it is handed out and published."""
    edit(page, allow_comments=False)
    assert carrying.changes(source_of(page)) == []
    assert status(page).stale_since is None
    finish(sync(submit(page)))
    assert french(page).specific.allow_comments is False
    assert (status(page).state, status(page).stale_since) == (State.COMPLETE, None)


def test_links_that_the_new_wording_has_not_are_unwrapped(page):
    edit(page, definition='<p>Read <a href="https://a.example/">the rules</a>.</p>')
    translation = sync(submit(page))
    say(translation, 'Read <a id="a1">the rules</a>.', 'Lisez <a id="a1">les règles</a>.')
    finish(translation)
    edit(page, definition="<p>Read the rules.</p>")
    hand_out(page, 'Read <a id="a1">the rules</a>.')
    assert StringTranslation.objects.get(translation_of__data="Read the rules.").data == "Lisez les règles."


def test_text_that_does_not_fit_is_told_and_not_kept(page):
    edit(page, definition='<p>The police, answer within <a href="https://a.example/">a day</a>.</p>')
    outcome = hand_out(page, OLD)
    assert (outcome.carried, outcome.refused) == (0, 1)
    assert not StringTranslation.objects.filter(translation_of__data__contains="a1").exists()
    assert FRENCH in body(page)


# In the admin


def test_editor_is_led_from_publishing_to_the_question_and_decides(page, editor):
    """Row 23, through the pages of the admin."""
    assert publish(editor, page.specific, definition=f"<p>{NEW}</p><p>Second paragraph.</p>") == {}
    address = reverse("translation_changes", args=[source_of(page).pk])
    response = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert address in response.content.decode()
    shown = editor.get(address).content.decode()
    assert "<del>police</del>" not in shown
    assert "<del>,</del>" in shown.replace(", </del>", ",</del>")
    assert FRENCH in shown
    (change,) = carrying.changes(source_of(page))
    response = editor.post(address, {"unchanged": [change.key]})
    assert response.status_code == 302
    assert status(page).state == State.COMPLETE
    assert "stays valid" in " ".join(map(str, get_messages(response.wsgi_request)))
    assert "No text that is translated has changed" in editor.get(address).content.decode()


def test_publishing_that_changes_no_text_asks_nothing(page, editor):
    assert publish(editor, page.specific) == {}
    response = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert reverse("translation_changes", args=[source_of(page).pk]) not in response.content.decode()


def test_original_that_changed_again_is_shown_again(page, editor):
    edit(page, definition=f"<p>{NEW}</p><p>Second paragraph.</p>")
    (change,) = carrying.changes(source_of(page))
    edit(page, definition="<p>The police never answer within a day.</p><p>Second paragraph.</p>")
    address = reverse("translation_changes", args=[source_of(page).pk])
    assert editor.post(address, {"unchanged": [change.key]}).url == address
    assert not TextEvent.objects.filter(via=Via.CARRIED).exists()


def test_coordinator_decides_where_the_texts_are_handed_out(page):
    edit(page, definition=f"<p>{NEW}</p><p>Second paragraph.</p>")
    coordinator = signed_in("Coordinators")
    address = reverse("wagtail_localize:update_translations", args=[source_of(page).pk])
    (change,) = carrying.changes(source_of(page))
    assert change.key in coordinator.get(address).content.decode()
    assert coordinator.post(address, {"unchanged": [change.key]}).status_code == 302
    assert status(page).state == State.COMPLETE


@pytest.mark.parametrize("group", ["Translators fr", "Translators de", "Authors", "Moderators"])
def test_nobody_else_decides(page, group):
    edit(page, definition=f"<p>{NEW}</p><p>Second paragraph.</p>")
    (change,) = carrying.changes(source_of(page))
    address = reverse("translation_changes", args=[source_of(page).pk])
    client = signed_in(group)
    assert client.get(address).status_code in (302, 403)
    assert client.post(address, {"unchanged": [change.key]}).status_code in (302, 403)
    assert not TextEvent.objects.filter(via=Via.CARRIED).exists()


def test_entry_is_asked_about_too(page):
    term = GlossaryTerm.objects.create(code="x", term="Watch", definition=OLD, locale=locale("en"))
    source, _created = TranslationSource.update_or_create_from_instance(term)
    translation = source.translations.create(target_locale=locale("fr"))
    for one in source.stringsegment_set.select_related("string"):
        say(translation, one.string.data, FRENCH)
    translation.save_target()
    term.definition = NEW
    term.save()
    (change,) = carrying.changes(source)
    client = signed_in("Coordinators")
    response = client.post(reverse("translation_changes", args=[source.pk]), {"unchanged": [change.key]})
    assert response.status_code == 302
    assert (status(term).state, status(term).stale_since) == (State.COMPLETE, None)


def test_more_texts_take_no_more_queries(page):
    counts = []
    for number in (10, 20):
        words = [f"Paragraph number {one} of {number} about photos, here." for one in range(number)]
        many = topic(f"Many {number}", *words)
        finish(submit(many))
        edit(many, definition="".join(f"<p>{one.replace(',', '')}</p>" for one in words))
        source = source_of(many)
        carrying.changes(source)
        with CaptureQueriesContext(connection) as captured:
            assert len(carrying.changes(source)) == number
        counts.append(len(captured))
    assert counts[0] == counts[1], counts
