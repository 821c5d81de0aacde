"""The working group for which a call of the first content looked for members."""

import pytest
from django.test import Client

from community.groups.calls import CODE, EFUS
from community.models import GroupText, WorkingGroup
from portal.content_loaded import content_loaded
from tests.factories import translate
from tests.factories.sections import make_call

pytestmark = pytest.mark.django_db


def test_loading_the_call_makes_its_group_once_in_the_words_of_the_call():
    content_loaded.send(None)
    assert not WorkingGroup.objects.exists()
    call = make_call(title="Working group on local security", slug=EFUS)
    translate(call, "fr", title="Groupe de travail", slug=EFUS)
    content_loaded.send(None)
    group = WorkingGroup.objects.get(code=CODE)
    assert (group.call_id, group.can_be_asked, group.memberships.count()) == (call.pk, False, 0)
    assert {text.language: text.title for text in group.texts.all()} == {"en": call.title, "fr": "Groupe de travail"}
    GroupText.objects.filter(language="fr").update(title="Changed by somebody")
    content_loaded.send(None)
    assert GroupText.objects.get(language="fr").title == "Changed by somebody"
    html = Client().get(f"/en/working-groups/{CODE}/").content.decode()
    assert call.title in html
    assert Client().get(f"/en/working-groups/{CODE}/join/").status_code == 404
