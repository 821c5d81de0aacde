"""Every block an editor can choose says what it is, and shows an example."""

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.admin.icons import get_icons
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.models import Page

from patterns.models import PatternPage
from portal.admin.block_examples import example
from portal.models import Term
from portal.stored_content import stream_fields
from tests.factories import locale, make_home, make_pattern, make_topic, translate
from tests.factories.editing import post_data, signed_in

CHOSEN = {
    f"{model.__name__}.{stream.name}.{name}": block
    for model in apps.get_models()
    if issubclass(model, Page)
    for stream in stream_fields(model)
    for name, block in stream.stream_block.child_blocks.items()
}
each_block = pytest.mark.parametrize("block", CHOSEN.values(), ids=CHOSEN.keys())


def inside(block):
    children = []
    if isinstance(block, StructBlock | StreamBlock):
        children = list(block.child_blocks.values())
    elif isinstance(block, ListBlock):
        children = [block.child_block]
    for child in children:
        yield child
        yield from inside(child)


@each_block
def test_block_has_a_label_an_icon_and_a_description(block):
    assert getattr(block.meta, "label", None)
    assert f'id="icon-{block.meta.icon}"' in get_icons(), block.meta.icon
    assert str(block.get_description())


@each_block
def test_fields_of_a_block_have_labels(block):
    for child in inside(block):
        is_item = not child.name  # the one kind of entry of a list goes without
        is_wagtails = child.name == "image"
        assert is_item or is_wagtails or getattr(child.meta, "label", None), child.name


@pytest.mark.django_db
def test_example_comes_from_a_page_that_readers_see_in_the_editors_language():
    make_home("fr")
    stream = PatternPage._meta.get_field("when_to_use")
    assert not example(PatternPage, stream, "item")
    make_pattern(live=False, when_to_use=[("item", "A draft, much longer than the published one.")])
    page = make_pattern(when_to_use=[("item", "Published.")])
    assert example(PatternPage, stream, "item") == "Published."
    translate(page, "fr", title="T", slug="t", when_to_use=[("item", "Oui.")])
    assert example(PatternPage, stream, "item") == "Published."


@pytest.mark.django_db
def test_new_term_is_offered_in_the_form_at_once():
    make_home()
    page = make_pattern()
    editor = signed_in("Editors")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Brand new risk" not in editor.get(edit).content.decode()
    Term.objects.create(scheme="ethical_risk", code="new", label="Brand new risk", locale=locale("en"))
    assert "Brand new risk" in editor.get(edit).content.decode()


# Comparison of versions


def compared(page, **changes):
    """The comparison of the published version with a draft that changes some fields."""
    first = page.latest_revision_id
    for name, value in changes.items():
        setattr(page, name, value)
    last = page.save_revision().pk
    response = signed_in("Editors").get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first, last]))
    assert response.status_code == 200
    html = response.content.decode()
    return html.partition("<main")[2]


@pytest.mark.django_db
def test_comparison_names_pages_terms_and_choices():
    Term.objects.create(scheme="ethical_risk", code="shaming", label="Public shaming", locale=locale("en"))
    source = make_topic(title="The named page")
    page = make_pattern(platforms=["website"])
    risk = {"term": "shaming", "text": "T", "mitigation": "", "source": source.pk, "locator": "", "editorial": True}
    actor = {"actor": "police", "role": "receives", "note": ""}
    html = compared(
        page, considerations=[("ethical_risk", risk)], actors=[("actor", actor)], platforms=["website", "sms"]
    )
    for words in ("Public shaming", "The named page", "Police and other law enforcement", "receives reports", "SMS"):
        assert words in html
    for code in (">shaming<", f">{source.pk}<", "receives<", ">None<", "[&#x27;", ">True<"):
        assert code not in html


@pytest.mark.django_db
def test_comparison_of_a_changed_page_reference_names_both():
    one, two = make_topic(title="First page"), make_topic(title="Second page")
    page = make_topic(body=[("related", {"title": "See", "pages": [one.pk]})])
    stream = page.body
    stream[0].value["pages"][0] = two.pk
    html = compared(page, body=stream)
    assert "First" in html
    assert "Second" in html


@pytest.mark.django_db
def test_comparison_survives_a_page_that_is_gone():
    gone = make_topic(title="Gone")
    page = make_topic(body=[("related", {"title": "See", "pages": [gone.pk]})])
    gone.delete()
    assert "New title" in compared(page, title="New title")


@pytest.mark.django_db
def test_comparison_shows_the_changed_block_under_its_name_and_counts_the_others():
    page = make_topic(
        body=[("heading", "One"), ("heading", "Two"), ("quote", {"text": "Old words", "attribution": ""})]
    )
    stream = page.body
    stream[2].value["text"] = "New words"
    html = compared(page, body=stream)
    assert "Quote" in html
    assert "2 entries are unchanged" in html
    assert "One" not in html.partition("Quote")[2]


@pytest.mark.django_db
def test_comparison_says_when_only_the_order_has_changed():
    page = make_topic(body=[("heading", "One"), ("heading", "Two")])
    raw = list(page.body.get_prep_value())
    field = type(page)._meta.get_field("body")
    html = compared(page, body=field.to_python(raw[::-1]))
    assert "The order has changed" in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("<p>Text</p>", '<p data-block-key="abc">Text</p>', False),
        ('<p><a id="3" linktype="page">x</a></p>', '<p><a linktype="page" id="3">x</a></p>', False),
        ('<p><a href="https://a.example">x</a></p>', '<p><a href="https://b.example">x</a></p>', True),
        ("<p>Text</p>", "<p><b>Text</b></p>", True),
    ],
)
def test_comparison_knows_what_is_a_change_of_rich_text(old, new, shown):
    page = make_topic(definition=old)
    assert ("Links or formatting have changed" in compared(page, title="T", definition=new)) is shown


@pytest.mark.django_db
def test_lines_sent_by_a_browser_are_stored_as_they_were():
    make_home()
    lines = "One name\nAnother name"
    page = make_pattern(also_called=lines, guidance=[("activity", {"title": "T", "minutes": 1, "steps": lines})])
    editor = signed_in("Editors")
    sent = {name: value.replace("\n", "\r\n") if value == lines else value for name, value in post_data(page).items()}
    assert editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent).status_code == 302
    draft = PatternPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.also_called == lines
    assert draft.guidance[0].value["steps"] == lines
