"""A translator takes over what the memory suggests; what she has not looked at does not count as finished."""

import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from library.models import TopicIndexPage
from tests.factories import locale, make_home, make_index
from tests.factories.editing import make_user, signed_in
from translation import reusing, states, writing
from translation.gaps import gaps
from translation.memory import suggestions
from translation.models import State, TextEvent, Via

from .remembering import edit, finish, say, segment, submit, sync
from .test_memory import MOTS, WORDS, topic
from .test_workbench import address, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation(db):
    """Still empty; all of its texts but the title stand on another page, too."""
    for language in ("fr", "de"):
        make_home(language)
        make_index(TopicIndexPage, "topics", language)
    old = submit(topic("Photos", WORDS, summary="A summary."))
    say(old, WORDS, MOTS)
    finish(old)
    return submit(topic("Other", WORDS, summary="A summary."))


@pytest.fixture
def camille(client):
    user = make_user("Translators fr", name="camille")
    client.force_login(user)
    return user


def text_of(one):
    return StringTranslation.objects.filter(translation_of=one.string, context=one.context, locale=locale("fr")).first()


def press(client, translation, one, key, **fields):
    """The button beside a suggestion, as a browser without scripts sends it."""
    page = client.get(address(translation))
    assert f'value="{key}"' in page.content.decode()
    url = reverse("translation_text", args=["fr", translation.pk, one.pk])
    return client.post(url, {**form_of(page, one), "use": key, **fields})


def status(translation):
    (found,) = states.count(translation.source.object_id, [locale("fr")])
    return found


def test_button_writes_the_same_text_as_read(client, translation, camille):
    """Row 8."""
    one = segment(translation, WORDS)
    (found,) = suggestions(translation, camille)[one.pk]
    response = press(client, translation, one, found.key)
    assert response.status_code == 302
    assert f"at={one.pk}" in response.url
    text = text_of(one)
    assert (text.data, text.translation_type, text.last_translated_by) == (MOTS, "manual", camille)
    assert TextEvent.objects.get(via=Via.MEMORY).new == MOTS


def test_script_gets_the_text_for_the_field(client, translation, camille):
    one = segment(translation, WORDS)
    (found,) = suggestions(translation, camille)[one.pk]
    url = reverse("translation_text", args=["fr", translation.pk, one.pk])
    fields = {**form_of(client.get(address(translation)), one), "use": found.key}
    answer = client.post(url, fields, headers={"accept": "application/json"}).json()
    assert answer["saved"] is True
    assert "⟨1⟩police⟨/1⟩" in answer["typed"]


def test_earlier_wording_is_put_in_to_be_revised_until_it_is_saved(client, translation, camille):
    """Row 9."""
    finish(translation)
    page = translation.source.get_source_instance()
    edit(page, summary="A short summary.")
    translation = sync(translation)
    one = segment(translation, "A short summary.")
    before = status(translation)
    (found, *_rest) = suggestions(translation, camille)[one.pk]
    assert press(client, translation, one, found.key).status_code == 302
    text = text_of(one)
    assert (text.translation_type, text.tool_name) == ("machine", "Translation memory")
    assert TextEvent.objects.filter(via=Via.CARRIED).exists()
    assert status(translation).done == before.done
    assert "from memory, not read yet" in client.get(address(translation)).content.decode()
    form = form_of(client.get(address(translation)), one)
    url = reverse("translation_text", args=["fr", translation.pk, one.pk])
    client.post(url, {**form, "text": text.data})
    text = text_of(one)
    assert (text.translation_type, text.tool_name) == ("manual", "")
    assert status(translation).done == before.done + 1


def test_suggestion_is_looked_up_for_whoever_asks(client, translation, camille):
    german = submit(topic("Secret", "Something else entirely."), "de")
    secret = say(german, "Something else entirely.", "Verschwiegenes")
    one = segment(translation, WORDS)
    form = form_of(client.get(address(translation)), one)
    url = reverse("translation_text", args=["fr", translation.pk, one.pk])
    for key in (f"t{secret.pk}", "t0", "e1", "x", ""):
        response = client.post(url, {**form, "use": key})
        assert response.status_code == 400
        assert "Verschwiegenes" not in response.content.decode()
    assert text_of(one) is None


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(client, translation, camille):
    one = segment(translation, WORDS)
    (found,) = suggestions(translation, camille)[one.pk]
    form = form_of(client.get(address(translation)), one)
    say(translation, WORDS, "Un autre texte.")
    url = reverse("translation_text", args=["fr", translation.pk, one.pk])
    response = client.post(url, {**form, "use": found.key})
    assert response.status_code == 409
    assert "Un autre texte." in response.content.decode()
    assert text_of(one).data == "Un autre texte."


def test_gaps_are_filled_and_wait_to_be_read(client, translation, camille):
    """Filled from memory is in progress, however much there is, until each text was saved by a person."""
    address_of_fill = reverse("translation_fill", args=["fr", translation.pk])
    assert address_of_fill in client.get(address(translation)).content.decode()
    before = gaps(translation).count()
    assert client.post(address_of_fill).status_code == 302
    one = segment(translation, WORDS)
    assert (text_of(one).data, text_of(one).translation_type) == (MOTS, "machine")
    assert gaps(translation).count() < before
    assert [gap.string.data for gap in gaps(translation)] == ["Other"]
    assert (status(translation).done, status(translation).percent) == (0, 0)
    say(translation, "Other", "Autre")
    finish(translation)
    assert status(translation).state == State.IN_PROGRESS
    for found in translation.source.stringsegment_set.select_related("string", "context"):
        writing.write(translation, found, text_of(found).data, user=camille, via=Via.EDITOR)
    finish(translation)
    assert status(translation).state == State.COMPLETE


def test_what_is_written_is_not_filled_over(translation, camille):
    mine = say(translation, WORDS, "Mon texte.")
    reusing.fill(translation, camille)
    mine.refresh_from_db()
    assert (mine.data, mine.translation_type) == ("Mon texte.", "manual")


def test_filling_takes_no_similar_text(translation, camille):
    other = submit(topic("Third", "Ask the <b>police</b> before you post any photo."))
    assert any(found for found in suggestions(other, camille).values())
    reusing.fill(other, camille)
    assert "Ask the <b>police</b> before you post any photo." in [one.string.data for one in gaps(other)]


@pytest.mark.parametrize("group", ["Translators de", "Editors", "Moderators"])
def test_nobody_else_fills(translation, group):
    client = signed_in(group)
    response = client.post(reverse("translation_fill", args=["fr", translation.pk]))
    assert response.status_code in (302, 403)
    if group != "Editors":  # who write in every language
        assert not StringTranslation.objects.filter(context__object_id=translation.source.object_id).exists()


def test_language_in_the_address_is_that_of_the_translation(client, translation, camille):
    wrong = reverse("translation_fill", args=["de", translation.pk])
    assert client.post(wrong, follow=True).status_code == 404
    assert client.get(reverse("translation_fill", args=["fr", translation.pk])).status_code == 405
