"""The blocks of an original are moved, deleted, built anew, or hold something else than text: what becomes of its
translations.
"""

import datetime
import io
import uuid

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail_localize.models import StringTranslation, Translation

from library.models import NewsIndexPage, TopicIndexPage
from portal.blocks import Code, Line, Rich
from portal.models import PortalImage
from tests.factories import locale, make_home, make_index, make_news, make_topic
from tests.factories.editing import make_user, signed_in
from translation import doctor, refitting, review, states
from translation.gaps import gaps
from translation.memory import Kind, suggestions
from translation.models import State

from .remembering import edit, finish, say, segment, submit, sync

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db):
    make_home("fr")
    for model, slug in ((TopicIndexPage, "topics"), (NewsIndexPage, "news")):
        make_index(model, slug, "fr")


def block(kind, value):
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def item(value):
    return {"type": "item", "value": value, "id": str(uuid.uuid4())}


def page_of_blocks():
    return [
        block("heading", "Why"),
        block("callout", {"title": "Mind", "text": "<p>Ask <b>first</b>.</p>"}),
        block("questions", {"title": "Ask", "items": [item("Who?"), item("When?")]}),
        block("paragraph", "<p>Nobody decides alone.</p>"),
    ]


FRENCH = {
    "Why": "Pourquoi",
    "Mind": "Attention",
    "Ask <b>first</b>.": "Demandez <b>d’abord</b>.",
    "Ask": "Questions",
    "Who?": "Qui ?",
    "When?": "Quand ?",
    "Nobody decides alone.": "Personne ne décide seul.",
}


@pytest.fixture
def page(site):
    """Published in both languages, with blocks within blocks."""
    page = make_topic(title="Photos", body=page_of_blocks())
    translation = submit(page)
    for source, text in FRENCH.items():
        say(translation, source, text)
    finish(translation)
    return page


def french(page):
    return page.get_translation(locale("fr")).specific


def stream(page):
    page.refresh_from_db()
    return page.specific.body.raw_data


def kinds(page):
    return [one["type"] for one in stream(page)]


def status(page):
    (found,) = states.count(page.translation_key, [locale("fr")])
    return found


# Moved, deleted, put in again


def test_blocks_moved_within_the_page_keep_every_text_and_move_in_the_translation(page):
    body = list(stream(page))
    body[2]["value"]["items"].reverse()
    before = set(StringTranslation.objects.values_list("pk", "data"))
    edit(page, body=[body[3], body[2], body[0], body[1]])
    translation = sync(submit(page))
    assert not gaps(translation).exists()
    assert set(StringTranslation.objects.values_list("pk", "data")) == before
    finish(translation)
    assert kinds(french(page)) == ["paragraph", "questions", "heading", "callout"]
    paragraph, questions, heading, callout = (one["value"] for one in stream(french(page)))
    assert paragraph == "<p>Personne ne décide seul.</p>"
    assert [one["value"] for one in questions["items"]] == ["Quand ?", "Qui ?"]
    assert heading == "Pourquoi"
    assert callout == {"title": "Attention", "text": "<p>Demandez <b>d’abord</b>.</p>"}
    assert (status(page).state, status(page).stale_since) == (State.COMPLETE, None)


def test_deleted_block_is_gone_from_the_translation_and_its_texts_stay_in_memory(page):
    edit(page, body=[one for one in stream(page) if one["type"] != "callout"])
    assert status(page).stale_since is not None  # readers of French still see it
    assert "callout" in kinds(french(page))
    finish(sync(submit(page)))
    assert kinds(french(page)) == ["heading", "questions", "paragraph"]
    assert (status(page).state, status(page).stale_since) == (State.COMPLETE, None)
    other = submit(make_topic(title="Other", body=[block("callout", {"title": "Mind", "text": "<p>X.</p>"})]))
    (found,) = suggestions(other, make_user("Translators fr"))[segment(other, "Mind").pk]
    assert (found.kind, found.text) == (Kind.EXACT, "Attention")


def test_deleted_block_that_is_put_back_needs_no_translator(page):
    body = list(stream(page))
    edit(page, body=body[2:])
    finish(sync(submit(page)))
    edit(page, body=body)
    translation = sync(submit(page))
    assert not gaps(translation).exists()
    finish(translation)
    assert stream(french(page))[1]["value"]["title"] == "Attention"


# Other than text


def image(name):
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(buffer, "PNG")
    return PortalImage.objects.create(title=name, file=ImageFile(buffer, name=f"{name}.png"), description="A table")


def test_image_and_date_are_synced_and_make_nothing_stale(site, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    old, new = image("old"), image("new")
    shown = block("image", {"image": old.pk, "decorative": False, "alt_text": "Two people at a table"})
    page = make_news(title="Meeting", date="2017-01-13", image=old, body=[shown])
    translation = submit(page)
    say(translation, "Two people at a table", "Deux personnes à une table")
    finish(translation)
    shown["value"]["image"] = new.pk
    edit(page, date=datetime.date(2018, 2, 14), image=new, body=[shown])
    assert (status(page).state, status(page).stale_since, status(page).words_to_do) == (State.COMPLETE, None, 0)
    translation = sync(submit(page))
    assert not gaps(translation).exists()
    finish(translation)
    now = french(page)
    assert (now.date, now.image) == (datetime.date(2018, 2, 14), new)
    (kept,) = stream(now)
    assert (kept["value"]["image"], kept["value"]["alt_text"]) == (new.pk, "Deux personnes à une table")
    assert (status(page).state, status(page).stale_since) == (State.COMPLETE, None)


# The blocks of the page type are changed while a translation is under way


def named(kind, name):
    kind.set_name(name)
    return kind


def without_block(monkeypatch, blocks):
    monkeypatch.delitem(blocks, "callout")


def without_field_of_block(monkeypatch, blocks):
    monkeypatch.delitem(blocks["callout"].child_blocks, "title")


def line_became_rich_text(monkeypatch, blocks):
    monkeypatch.setitem(blocks["callout"].child_blocks, "title", named(Rich(), "title"))


def rich_text_became_line(monkeypatch, blocks):
    monkeypatch.setitem(blocks["callout"].child_blocks, "text", named(Line(), "text"))


def text_became_code(monkeypatch, blocks):
    monkeypatch.setitem(blocks, "heading", named(Code(), "heading"))


CHANGES = [without_block, without_field_of_block, line_became_rich_text, rich_text_became_line, text_became_code]


@pytest.fixture(params=CHANGES, ids=lambda change: change.__name__)
def changed(page, monkeypatch, request):
    """The page whose type is another since its texts were handed out; one of its texts waits to be published."""
    text = StringTranslation.objects.get(data="Personne ne décide seul.")
    text.data = "Nul ne décide seul."
    text.save()
    request.param(monkeypatch, type(page).body.field.stream_block.child_blocks)
    return page


def translation_of(page):
    return Translation.objects.get(source__object_id=page.translation_key)


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


TOLD = "The type of this page was changed"


def test_change_of_the_page_type_is_told_where_the_texts_are_and_the_preview_leads_there(changed):
    translation, client = translation_of(changed), signed_in("Coordinators")
    bench = reverse("translation_workbench", args=["fr", translation.pk])
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[french(changed).pk]))
    assert (shown.status_code, TOLD in shown.content.decode()) == (200, True)
    preview = client.get(reverse("wagtail_localize:preview_translation", args=[translation.pk]))
    assert (preview.status_code, preview.url) == (302, bench)
    states.rebuild()
    assert client.get(reverse("translation_desk", args=["fr"])).status_code == 200
    file = reverse("translation_exchange_download", args=["fr", translation.pk, "po"])
    assert "Nul ne décide seul." in client.get(file).content.decode()
    assert StringTranslation.objects.filter(data="Nul ne décide seul.").exists()


def test_page_whose_type_changed_is_published_with_the_texts_that_still_fit(changed, commit):
    client, edit_page = signed_in("Coordinators"), reverse("wagtailadmin_pages:edit", args=[french(changed).pk])
    before = set(StringTranslation.objects.values_list("data", flat=True))
    with commit():
        response = client.post(edit_page, {"action": "publish"})
    if response.status_code == 409:  # what became another kind of text has to be translated anew
        assert french(changed).body.raw_data[-1]["value"] == "<p>Personne ne décide seul.</p>"
        with commit():
            response = client.post(edit_page, {"action": "publish", "gaps": response.context["token"]})
    assert response.status_code == 302
    assert french(changed).body.raw_data[-1]["value"] == "<p>Nul ne décide seul.</p>"
    assert before == set(StringTranslation.objects.values_list("data", flat=True))
    assert refitting.fits(translation_of(changed).source)


def test_draft_and_review_of_a_page_whose_type_changed(changed, commit):
    translation, writer = translation_of(changed), make_user("Translators fr")
    client = Client()
    client.force_login(writer)
    bench = reverse("translation_workbench", args=["fr", translation.pk])
    assert client.post(bench, {"do": "draft"}).status_code == 302
    draft = french(changed).get_latest_revision_as_object()
    assert draft.body.raw_data[-1]["value"] == "<p>Nul ne décide seul.</p>"
    finish(translation)
    with commit():
        review.submit(translation, user=writer)
        review.approve(translation, user=make_user("Coordinators"))
    assert french(changed).body.raw_data[-1]["value"] == "<p>Nul ne décide seul.</p>"


def test_doctor_finds_texts_that_do_not_fit_and_fits_them_in(changed):
    states.rebuild()
    assert "texts that do not fit the page type" in {fault.what for fault in doctor.examine()}
    before = set(StringTranslation.objects.values_list("data", flat=True))
    doctor.treat()
    assert "texts that do not fit the page type" not in {fault.what for fault in doctor.examine()}
    assert set(StringTranslation.objects.values_list("data", flat=True)) == before


def test_page_that_still_fits_is_left_alone(page, django_assert_max_num_queries):
    source = translation_of(page).source
    with django_assert_max_num_queries(12):
        assert refitting.fits(source)
    rows = list(source.stringsegment_set.values_list("pk", "order"))
    assert not refitting.refit(source)
    assert list(source.stringsegment_set.values_list("pk", "order")) == rows
    bench = signed_in("Translators fr").get(reverse("translation_workbench", args=["fr", translation_of(page).pk]))
    assert TOLD not in bench.content.decode()
