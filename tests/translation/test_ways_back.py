"""From every page about translations a link leads back to where one came from."""

import pytest
from django.urls import reverse

from tests.factories.editing import signed_in
from translation.models import SegmentComment

from .desk_pages import addresses

pytestmark = pytest.mark.django_db


def test_every_page_of_a_language_leads_back_to_its_desk(client):
    paths = addresses(client)
    desk = f'href="{reverse("translation_desk", args=["fr"])}"'
    without = [name for name, path in paths.items() if desk not in client.get(path).content.decode()]
    assert without == ["questions", "changes"]  # of the original
    of_page = [paths[name] for name in ("comments", "comment", "sending to review", "machine", "import")]
    assert [path for path in of_page if paths["workbench"] not in client.get(path).content.decode()] == []


def test_editor_of_the_original_is_led_back_to_the_questions_and_to_no_translation(client):
    paths = addresses(client)
    question = SegmentComment.objects.get(parent=None)
    page = signed_in("Translators en").get(reverse("translation_comment", args=[question.pk])).content.decode()
    assert f'href="{paths["questions"]}"' in page
    assert paths["workbench"] not in page
