import pytest
from django.core.management import CommandError, call_command

from community.models import WorkingGroup
from content.accounts import create_demo_accounts
from portal.groups import ensure_groups
from tests.community.conftest import signed_in

pytestmark = pytest.mark.django_db


def test_a_development_site_has_a_readable_and_a_private_group(client, django_user_model):
    ensure_groups()
    create_demo_accounts("open sesame 1")
    for _twice in range(2):
        call_command("create_demo_groups")
    assert WorkingGroup.objects.count() == 2
    assert "Closed room" not in client.get("/en/working-groups/").content.decode()
    member = signed_in(django_user_model.objects.get(username="member"))
    assert "Closed room" in member.get("/en/working-groups/").content.decode()
    chair = signed_in(django_user_model.objects.get(username="moderator"))
    assert "Demo member" in chair.get("/admin/working-groups/closed-room/members/").content.decode()


def test_other_sites_have_none(settings):
    settings.DEMO_ACCOUNTS = False
    with pytest.raises(CommandError, match="development sites only"):
        call_command("create_demo_groups")
    assert not WorkingGroup.objects.exists()
