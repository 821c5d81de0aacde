"""What an editor sees before publishing: blocks by themselves, and whole pages with their checks."""

import pytest
from django.urls import reverse

from tests.factories.editing import make_user
from tests.portal.test_admin_blocks import CHOSEN

pytestmark = [pytest.mark.django_db, pytest.mark.content]


def test_every_block_is_previewed_in_the_look_of_the_site(client, loaded_site):
    client.force_login(make_user("Editors", name="test-editor"))
    for name, block in CHOSEN.items():
        assert block.is_previewable, name
        response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert response.status_code == 200, name
        html = response.content.decode()
        assert "portal/css/style" in html
        assert "None" not in html, name
        assert "portal.blocks" not in html, name
