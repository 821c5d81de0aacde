"""Texts of translations are written in one place: checked, against what stood there, and with a history."""

import pytest
from django.urls import reverse
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from tests.factories.editing import make_user, signed_in
from translation import places, writing
from translation.models import TextEvent, Via

from .walking import translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation(french):
    translation = TranslationSource.objects.get(object_id=french.translation_key).translations.get()
    StringTranslation.objects.all().delete()
    return translation


@pytest.fixture
def user():
    return make_user("Translators fr")


def segment(translation, path):
    return translation.source.stringsegment_set.select_related("string", "context").get(context__path=path)


def write(translation, path, text, user, **rest):
    return writing.write(translation, segment(translation, path), text, user=user, via=Via.EDITOR, **rest)


def put(client, translation, one, text):
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, one.pk])
    return client.put(address, f"value={text}", content_type="application/x-www-form-urlencoded")


def test_a_text_is_written_with_its_author_and_leaves_an_event(translation, user):
    text = write(translation, "title", "Sujet", user)
    assert (text.data, text.last_translated_by, text.translation_type) == ("Sujet", user, "manual")
    event = TextEvent.objects.first()
    assert (event.old, event.new, event.source, event.via) == ("", "Sujet", "Subject", Via.EDITOR)
    assert (event.source_language, event.language, event.user) == ("en", "fr", user)
    assert event.translation_key == translation.source.object_id
    assert event.source_hash == segment(translation, "title").string.data_hash


def test_the_second_of_two_translators_sees_what_the_first_wrote(translation, user):
    """Test 41."""
    other = make_user("Translators fr", name="other")
    read = writing.token(writing.current(translation, segment(translation, "title")))
    write(translation, "title", "Premier", user, expected=read)
    with pytest.raises(writing.Conflict) as conflict:
        write(translation, "title", "Second", other, expected=read)
    assert conflict.value.current.data == "Premier"
    assert conflict.value.current.last_translated_by == user
    assert StringTranslation.objects.get().data == "Premier"
    again = writing.token(conflict.value.current)
    assert write(translation, "title", "Second", other, expected=again).data == "Second"


def test_who_writes_into_a_text_that_was_taken_away_is_told(translation, user):
    read = writing.token(write(translation, "title", "Premier", user))
    writing.forget(translation, segment(translation, "title"), user=user, via=Via.EDITOR)
    with pytest.raises(writing.Conflict) as conflict:
        write(translation, "title", "Second", user, expected=read)
    assert conflict.value.current is None
    write(translation, "title", "Second", user, expected=writing.token(None))
    with pytest.raises(writing.Conflict):
        writing.forget(translation, segment(translation, "title"), user=user, via=Via.EDITOR, expected=read)


def test_the_same_text_from_two_people_is_no_conflict_and_no_event(translation, user):
    write(translation, "title", "Sujet", user, expected=writing.token(None))
    write(translation, "title", "Sujet", user, expected=writing.token(None))
    assert TextEvent.objects.count() == 1


def test_a_person_confirms_the_text_of_a_machine(translation, user):
    one = segment(translation, "title")
    text = writing.write(translation, one, "Sujet", user=user, via=Via.MACHINE, tool="Engine")
    assert (text.translation_type, text.tool_name) == ("machine", "Engine")
    before = writing.token(text)
    text = write(translation, "title", "Sujet", user, expected=before)
    assert (text.translation_type, text.tool_name) == ("manual", "")
    assert writing.token(text) != before
    assert list(TextEvent.objects.values_list("via", flat=True)) == [Via.EDITOR, Via.MACHINE]


def test_errors_block_and_change_nothing(translation, user):
    write(translation, "title", "Sujet", user)
    for text in ("", "<script>alert(1)</script>", "<b>ouvert", "x" * 300):
        with pytest.raises(writing.Refused) as refused:
            write(translation, "title", text, user)
        assert refused.value.problems
        assert str(refused.value)
    assert StringTranslation.objects.get().data == "Sujet"
    assert TextEvent.objects.count() == 1


def test_reasons_for_which_warnings_do_not_hold_are_kept(translation, user):
    write(translation, "title", "Sujet", user)
    write(translation, "title", "Sujet", user, reasons={"same": "A name."})
    assert TextEvent.objects.first().reasons == {"same": "A name."}


def test_every_change_of_a_text_leaves_an_event(translation, user, client):
    """Test 62, also where other code than ours writes: what it saves, and what goes with a page that is deleted."""
    translated(translation.source, "de", "Wort")  # stays out of it
    one = segment(translation, "title")
    row = StringTranslation.objects.create(
        translation_of=one.string, context=one.context, locale=translation.target_locale, data="A"
    )
    row.data, row.last_translated_by = "B", user
    row.save()
    row.save()  # nothing changed
    translation.import_po(_po(translation, "title", "C"), user=user, tool_name="PO File")
    client.force_login(user)
    put(client, translation, one, "D")
    translation.get_target_instance().delete()
    found = TextEvent.objects.filter(language="fr", path="title").order_by("pk").values_list("old", "new", "via")
    assert list(found) == [
        ("", "A", Via.EDITOR),
        ("A", "B", Via.EDITOR),
        ("B", "C", Via.PO),
        ("C", "D", Via.EDITOR),
        ("D", "", Via.GONE),
    ]


def _po(translation, path, text):
    po = translation.export_po()
    next(entry for entry in po if entry.msgctxt == path).msgstr = text
    return po


def test_the_history_survives_pages_sources_and_people(translation, user):
    write(translation, "title", "Sujet", user)
    key = translation.source.object_id
    translation.get_target_instance().delete()
    translation.source.get_source_instance().delete()
    user.delete()
    assert not StringTranslation.objects.exists()
    assert not TranslationSource.objects.filter(object_id=key).exists()
    gone, written = TextEvent.objects.filter(translation_key=key, path="title")
    assert (written.new, gone.old, gone.new, written.user) == ("Sujet", "Sujet", "", None)


def test_events_are_not_changed():
    event = TextEvent(translation_key="0" * 32, source_hash="0" * 32)
    event.save()
    for change in (event.save, event.delete, TextEvent.objects.all().delete, lambda: TextEvent.objects.update(new="")):
        with pytest.raises(TypeError):
            change()


def test_history_has_the_newest_first(translation, user):
    for text in ("Un", "Deux"):
        write(translation, "title", text, user)
    one = segment(translation, "title")
    history = writing.history(translation)[one.context.path, one.string.data_hash]
    assert [event.new for event in history] == ["Deux", "Un"]


class TestOfTheShippedEditor:
    def test_refuses_what_would_break_the_page_and_says_why(self, translation):
        response = put(signed_in("Translators fr"), translation, segment(translation, "title"), "<b>ouvert")
        assert response.status_code == 400
        assert response.json()["error"]
        assert not StringTranslation.objects.exists()

    def test_what_is_taken_away_is_kept_in_the_history(self, translation, user, client):
        write(translation, "title", "Sujet", user)
        one = segment(translation, "title")
        address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, one.pk])
        client.force_login(user)
        assert client.delete(address).json()["data"] == "Sujet"
        client.delete(address)  # of nothing
        event = TextEvent.objects.first()
        assert (event.old, event.new, event.via, event.user) == ("Sujet", "", Via.EDITOR, user)
        assert TextEvent.objects.count() == 2

    def test_a_text_that_the_original_lost_while_it_was_open_is_told(self, translation):
        """Test 44."""
        one = segment(translation, "title")
        english = translation.source.get_source_instance()
        english.title = "Another subject"
        english.save_revision().publish()
        translation.source.update_from_db()
        assert not StringSegment.objects.filter(pk=one.pk).exists()
        response = put(signed_in("Translators fr"), translation, one, "Sujet")
        assert response.status_code == 409
        assert "has changed" in response.json()["error"]


def test_the_model_says_where_a_text_stands(translation):
    def of(path):
        return places.place(translation.source, translation.source.stringsegment_set.get(context__path=path))

    assert (of("title").kind, of("title").max_length) == ("text", 255)
    assert of("summary").max_length == 300
    assert of("definition").kind == "html"
