import json

import pytest
from wagtail.blocks import StreamValue

from portal import streams
from portal.models import StandardPage
from tests.factories import _add, locale, make_home, make_pattern

pytestmark = pytest.mark.django_db


def body(*blocks):
    page = StandardPage(title="About", slug="about", code="about", summary="S", locale=locale("en"))
    page.body = json.dumps([{"type": kind, "value": value} for kind, value in blocks])
    return page


def test_stored_blocks_are_read_as_they_are():
    page = body(("heading", "Why"), ("quote", {"text": "T", "attribution": "A"}))
    assert streams.stored(page.body) == [("heading", "Why"), ("quote", {"text": "T", "attribution": "A"})]
    assert streams.values(page.body, "heading") == ["Why"]


def test_what_a_form_holds_is_read_too():
    block = StandardPage.body.field.stream_block
    value = StreamValue(block, [("heading", "Because"), ("quote", {"text": "T", "attribution": ""})])
    assert streams.stored(value) == [("heading", "Because"), ("quote", {"text": "T", "attribution": ""})]


def test_all_pages_that_a_stream_names_are_found():
    chosen, linked, deep = make_pattern(), make_pattern(), make_pattern()
    link = f'<p><a linktype="page" id="{linked.pk}">x</a></p>'
    page = body(
        ("paragraph", link),
        ("callout", {"title": "T", "text": f'<p><a id="{deep.pk}" linktype="page">y</a></p>'}),
        ("related", {"title": "T", "pages": [chosen.pk]}),
        ("heading", '<a linktype="page" id="99">not rich text</a>'),
    )
    _add(make_home(), page, live=True)
    stored = StandardPage.objects.get()
    assert streams.page_ids(stored.body) == {chosen.pk, linked.pk, deep.pk}
