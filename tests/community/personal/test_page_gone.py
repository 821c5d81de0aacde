"""A page is deleted, or its account erased, while its discussion goes on elsewhere: no address breaks."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from community.models import CommentState, DiscussionThread
from community.personal import erasing
from tests.community.conftest import account, posted, signed_in
from tests.factories import make_pattern

from .conftest import NAME

pytestmark = pytest.mark.django_db


def addresses(row):
    """Every address of the discussion, filled with what belongs to this comment."""
    values = {"key": row.thread.translation_key, "public_id": row.public_id, "answers": row.public_id}
    patterns = get_resolver("community.urls").reverse_dict
    for name in {name for name in patterns if isinstance(name, str)}:
        for possible, _pattern, _defaults, _converters in patterns.getlist(name):
            wanted = possible[0][1]
            if set(wanted) <= set(values):
                yield reverse(f"community:{name}", kwargs={key: values[key] for key in wanted})


@pytest.mark.parametrize("way", ["page", "author"])
def test_no_address_of_the_discussion_breaks_when_its_page_or_author_is_gone(page, joanna, moderator, way):
    row = posted(signed_in(joanna), page, "We opened a group before anyone was named to answer it.")
    posted(signed_in(account("silvia", name="Silvia M.")), page, "And who reads the answers?", parent=row)
    row = CommentState.objects.select_related("thread").get(pk=row.pk)
    paths = sorted(addresses(row))
    assert len(paths) > 4
    if way == "page":
        page.delete()
        assert DiscussionThread.objects.get().state == DiscussionThread.Condition.HIDDEN
    else:
        erasing.ask(user=joanna, comments="removed")
        erasing.carry_out_due(timezone.now() + timedelta(days=2))
    for client in (Client(), signed_in(moderator)):
        for path in paths:
            for answer in (client.get(path), client.post(path, {"text": "x", "reason": "law"})):
                assert answer.status_code < 500, path
                assert "We opened a group" not in answer.content.decode(), path
    desk = signed_in(moderator).get(f"/admin/comments/{row.public_id}/")
    assert desk.status_code in {200, 404}
    assert re.search("Page not found", Client().get(page.get_url() or "/x/").content.decode()) or way == "author"


def test_another_page_takes_no_notice(joanna, page):
    other = make_pattern(title="Another pattern", number=9)
    row = posted(signed_in(joanna), other, "Something that we tried elsewhere in town.")
    page.delete()
    assert CommentState.objects.get(pk=row.pk).state == "published"
    assert NAME not in Client().get(other.get_url()).content.decode()
