"""An editor without superuser rights edits, previews, publishes and unpublishes every type of page."""

import json
import re

import pytest
from django import forms
from django.apps import apps
from django.urls import reverse
from wagtail.blocks import BlockField, ChoiceBlock, ListBlock, StreamBlock, StructBlock
from wagtail.models import Locale, Page

from portal.models import KnowledgePage
from portal.stored_content import stream_fields
from tests.factories.editing import errors, make_user, post_data

pytestmark = [pytest.mark.django_db, pytest.mark.content]

TYPES = [model for model in apps.get_models() if issubclass(model, KnowledgePage)]
MADE_BY_EDITORS = [model for model in TYPES if not model.max_count_per_parent]  # the others are there once
NEVER_THE_SAME = {
    "latest_revision_created_at",
    "last_published_at",
    "latest_revision",
    "live_revision",
    "has_unpublished_changes",
    "draft_title",
    "translation_key",
}


@pytest.fixture
def editor(client, loaded_site):
    user = make_user("Editors", name="test-editor")
    assert not user.is_superuser
    client.force_login(user)
    client.user = user
    return client


def example(model):
    """The richest published English page of a type."""
    pages = model.objects.filter(live=True, locale__language_code="en")
    return max(pages, key=lambda page: len(page.to_json()))


def url(name, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def content(page):
    """What is stored, without the marks that the rich text editor adds to paragraphs."""
    stored = type(page).objects.get(pk=page.pk)
    data = {key: value for key, value in stored.serializable_data().items() if key not in NEVER_THE_SAME}
    for field in stream_fields(type(page)):
        data[field.name] = json.loads(data[field.name])
    data["portal_tags"] = sorted(row["tag"] for row in data["portal_tags"])
    text = re.sub(r' data-block-key=\\"\w+\\"', "", json.dumps(data, default=str))
    return json.loads(re.sub(r'<a (id=\\"\d+\\") (linktype=\\"\w+\\")', r"<a \2 \1", text))


def blank(block):
    """What is stored of a block that was added and left empty, with one item in each of its lists."""
    if isinstance(block, StreamBlock):
        return [{"type": name, "value": blank(child)} for name, child in block.child_blocks.items()]
    if isinstance(block, ListBlock):
        return [{"type": "item", "id": "", "value": blank(block.child_block)}]
    if isinstance(block, StructBlock):
        return {name: blank(child) for name, child in block.child_blocks.items()}
    return None


def unfinished(stream):
    """Every kind of block blank, and with one of its choices made and nothing else."""
    for kind in blank(stream):
        yield kind
        for name, part in getattr(stream.child_blocks[kind["type"]], "child_blocks", {}).items():
            if isinstance(part, ChoiceBlock):
                yield kind | {"value": kind["value"] | {name: list(part.field.choices)[-1][0]}}


by_type = pytest.mark.parametrize("model", TYPES, ids=[model.__name__ for model in TYPES])


@by_type
def test_published_page_is_opened_and_published_again_without_losing_anything(editor, model):
    page = example(model)
    before = content(page)
    assert editor.get(url("edit", page.pk)).status_code == 200
    response = editor.post(url("edit", page.pk), post_data(page, editor.user) | {"action-publish": "1"})
    assert response.status_code == 302, errors(response)
    after = content(page)
    for name, value in before.items():
        assert after[name] == value, name
    last = Page.objects.get(pk=page.pk).latest_revision_id
    response = editor.get(url("revisions_compare", page.pk, page.latest_revision_id, last))
    assert [comparison.field_label() for comparison in response.context["comparison"]] == []


@by_type
def test_emptied_page_can_be_saved_as_a_draft_and_previewed(editor, model):
    page = example(model)
    before = content(page)
    fields = page.get_edit_handler().get_form_class().base_fields
    empty = {name: [] for name, field in fields.items() if isinstance(field, BlockField)}
    texts = {
        name: ""
        for name, field in fields.items()
        if isinstance(field, forms.CharField) and name not in {"title", "slug", "code"}
    }
    data = post_data(page, editor.user, **empty, **texts)
    assert editor.post(url("preview_on_edit", page.pk), data).json() == {"is_valid": True, "is_available": True}
    assert editor.get(url("preview_on_edit", page.pk)).status_code == 200
    response = editor.post(url("edit", page.pk), data)
    assert response.status_code == 302, errors(response)
    assert content(page) == before  # readers still see what was published
    assert editor.get(url("view_draft", page.pk)).status_code == 200


@by_type
def test_every_block_can_be_saved_and_previewed_as_soon_as_it_is_added(editor, model):
    page = example(model)
    streams = {
        field.name: [*unfinished(field.stream_block), *field.value_from_object(page).get_prep_value()]
        for field in stream_fields(model)
    }
    data = post_data(page, editor.user, **streams)
    assert editor.post(url("preview_on_edit", page.pk), data).json() == {"is_valid": True, "is_available": True}
    previewed = editor.get(url("preview_on_edit", page.pk))
    assert previewed.status_code == 200
    assert not re.search(r">None( minutes)?<", previewed.content.decode())
    response = editor.post(url("edit", page.pk), data)
    assert response.status_code == 302, errors(response)
    assert editor.get(url("view_draft", page.pk)).status_code == 200


@by_type
def test_page_is_previewed_as_edited(editor, model):
    page = example(model)
    data = post_data(page, editor.user, title="Changed in the form")
    assert editor.post(url("preview_on_edit", page.pk), data).json()["is_valid"]
    response = editor.get(url("preview_on_edit", page.pk))
    assert response.status_code == 200
    assert "Changed in the form" in response.content.decode()


@pytest.mark.parametrize("model", MADE_BY_EDITORS, ids=[model.__name__ for model in MADE_BY_EDITORS])
def test_form_of_a_new_page_opens_with_its_preview(editor, model):
    parent = example(model).get_parent()
    address = url("add", model._meta.app_label, model._meta.model_name, parent.pk)
    assert editor.get(address).status_code == 200
    preview = url("preview_on_add", model._meta.app_label, model._meta.model_name, parent.pk)
    data = post_data(model(locale=Locale.objects.get(language_code="en")), editor.user, parent, title="New one")
    data |= {"slug": "new-one", "number": 90, "date": "2026-01-01"}
    assert editor.post(preview, data).json()["is_valid"], model
    assert editor.get(preview).status_code == 200
    created = editor.post(address, data)
    assert created.status_code == 302, errors(created)
    page = model.objects.get(title="New one")
    assert not page.live
    assert page.code == "new-one"


@by_type
def test_page_is_unpublished_after_its_pointers_were_listed(editor, model):
    page = example(model)
    response = editor.get(url("unpublish", page.pk))
    assert response.status_code == 200
    assert "point" in response.content.decode()
    editor.post(url("unpublish", page.pk), {"translations": "alone"})  # which it is asked where there are any
    assert not Page.objects.get(pk=page.pk).live


@by_type
def test_history_and_comparison_open(editor, model):
    page = example(model)
    first = page.latest_revision_id
    data = post_data(page, editor.user, title="Another title")
    editor.post(url("edit", page.pk), data)
    last = Page.objects.get(pk=page.pk).latest_revision_id
    assert editor.get(url("history", page.pk)).status_code == 200
    response = editor.get(url("revisions_compare", page.pk, first, last))
    assert response.status_code == 200
    assert "Another" in response.content.decode()


def test_autosave_answers_in_json_and_keeps_the_draft(editor):
    from patterns.models import PatternPage

    page = example(PatternPage)
    data = post_data(page, editor.user, card_problem="Typed just now.")
    response = editor.post(url("edit", page.pk), data, headers={"accept": "application/json"})
    assert json.loads(response.content)["success"]
    assert PatternPage.objects.get(pk=page.pk).get_latest_revision_as_object().card_problem == "Typed just now."
