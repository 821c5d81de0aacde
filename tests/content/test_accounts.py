import stat

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command

from content.accounts import create_demo_accounts, demo_password

pytestmark = pytest.mark.django_db

User = get_user_model()


def test_each_demo_account_can_sign_in_and_has_its_group():
    create_demo_accounts("open sesame 1")
    groups = {user.username: [group.name for group in user.groups.all()] for user in User.objects.all()}
    assert groups == {
        "admin": [],
        "editor": ["Editors"],
        "moderator": ["Moderators"],
        "translator-fr": ["Translators fr"],
        "member": [],
    }
    assert [user.username for user in User.objects.filter(is_superuser=True)] == ["admin"]
    for name in groups:
        assert authenticate(username=name, password="open sesame 1")


def test_the_addresses_count_as_confirmed():
    create_demo_accounts("open sesame 1")
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == 5


def test_a_second_time_changes_what_is_asked_and_nothing_else():
    create_demo_accounts("open sesame 1")
    editor = User.objects.get(username="editor")
    editor.groups.clear()
    editor.first_name = "Ed"
    editor.save()
    create_demo_accounts("open sesame 2")
    editor = User.objects.get(username="editor")
    assert (editor.first_name, editor.groups.count()) == ("Ed", 0)
    assert editor.check_password("open sesame 2")
    assert (User.objects.count(), EmailAddress.objects.count()) == (5, 5)


def test_the_password_is_made_once_and_readable_by_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("PORTAL_DEMO_PASSWORD", raising=False)
    password = demo_password(tmp_path / "data")
    assert len(password) >= 12
    assert demo_password(tmp_path / "data") == password
    assert stat.S_IMODE((tmp_path / "data/demo-password").stat().st_mode) == 0o600


def test_a_given_password_is_used(tmp_path, monkeypatch):
    monkeypatch.setenv("PORTAL_DEMO_PASSWORD", "given by me")
    assert demo_password(tmp_path) == "given by me"
    assert not list(tmp_path.iterdir())


def test_the_command_says_the_password(settings, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PORTAL_DEMO_PASSWORD", "given by me")
    settings.DATA_DIR = tmp_path
    call_command("create_demo_accounts")
    assert "admin, editor, moderator, translator-fr, member" in capsys.readouterr().out
    assert User.objects.count() == 5


def test_other_than_development_sites_have_none(settings):
    settings.DEMO_ACCOUNTS = False
    with pytest.raises(CommandError, match="development sites only"):
        call_command("create_demo_accounts")
    assert not User.objects.exists()
