"""Passkeys and codes; and nobody works on a real site with a password alone."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.test import Client
from django.test.utils import override_settings

from community import checks
from community.models import Membership, WorkingGroup
from tests.community.conftest import account, send, signed_in

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password-1"


@pytest.fixture
def production_like(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.DEMO_ACCOUNTS = False


def give_factor(user, kind="totp"):
    data = {"secret": "JBSWY3DPEHPK3PXP"} if kind == "totp" else {"name": "Key", "credential": {}}
    return Authenticator.objects.create(user=user, type=kind, data=data)


def works(role):
    """Accounts that can do more than write: by a group, a permission of their own, a role in a working group."""
    user = account(role.replace(" ", "-").lower(), name=f"{role} Zorilla", groups=[role])
    if role == "permission":
        user.user_permissions.add(Permission.objects.get(codename="moderate_comment"))
    if role in {"chair", "moderator"}:
        Membership.objects.create(group=WorkingGroup.objects.create(code="g"), user=user, role=role)
    return user


@pytest.mark.parametrize(
    "role", ["Editors", "Moderators", "Coordinators", "Translators fr", "permission", "chair", "moderator"]
)
def test_who_works_on_the_site_is_led_to_a_second_factor(production_like, page, role):
    client = signed_in(works(role))
    answer = client.get("/admin/pages/")
    assert answer.status_code == 302
    assert answer.url == "/accounts/second-factor/?next=%2Fadmin%2Fpages%2F"
    html = client.get(answer.url).content.decode()
    assert "/accounts/2fa/webauthn/add/" in html
    assert "/accounts/2fa/totp/activate/" in html
    refused = send(client, page, "Something said in the name of somebody who works here.")
    assert refused.status_code == 403
    assert "your text is still in the form" in refused.content.decode()
    assert client.get(page.get_url()).status_code == 200  # reading stays open
    assert client.get("/accounts/").status_code == 200


@pytest.mark.parametrize("kind", ["totp", "webauthn"])
def test_with_one_the_door_is_open(production_like, editor, kind):
    client = signed_in(editor)
    give_factor(editor, kind)
    assert client.get("/admin/").status_code == 200
    assert "You can work" in client.get("/accounts/second-factor/").content.decode()


def test_recovery_codes_alone_are_no_factor(production_like, editor):
    Authenticator.objects.create(user=editor, type="recovery_codes", data={"seed": "x"})
    assert signed_in(editor).get("/admin/").status_code == 302


def test_members_and_visitors_are_not_asked(production_like, page, joanna):
    client = signed_in(joanna)
    assert send(client, page, "We opened a group before anyone was named to answer it.").status_code == 302
    assert Client().get("/admin/").status_code == 302
    assert "login" in Client().get("/admin/").url
    assert send(Client(), page, "Something that a visitor has to say here.", name="Vera").status_code in {302, 400}


def test_reading_and_members_pay_no_query_for_it(page, joanna, django_assert_num_queries):
    with override_settings(SECOND_FACTOR_REQUIRED=True):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as made:
            signed_in(joanna).get("/accounts/profile/")
            Client().get(page.get_url())
    assert not [query for query in made if "mfa_authenticator" in query["sql"]]


def test_the_sign_in_leads_there_at_once(production_like, editor, client):
    done = client.post("/accounts/login/", {"login": editor.email, "password": PASSWORD})
    assert done.url == "/accounts/second-factor/"


def test_the_demo_asks_nobody(editor):
    assert signed_in(editor).get("/admin/").status_code == 200


def test_the_last_factor_stays_with_those_who_need_one(production_like, editor, joanna):
    from allauth.mfa.adapter import get_adapter

    only = give_factor(editor)
    assert not get_adapter().can_delete_authenticator(only)
    give_factor(editor, "webauthn")
    assert get_adapter().can_delete_authenticator(only)
    assert get_adapter().can_delete_authenticator(give_factor(joanna))


def test_a_real_site_without_it_does_not_pass_the_check(settings):
    assert checks.work_needs_a_second_factor(None) == []  # a demo
    settings.DEMO_ACCOUNTS = False
    assert [problem.id for problem in checks.work_needs_a_second_factor(None)] == ["community.E002"]
    settings.SECOND_FACTOR_REQUIRED = True
    assert checks.work_needs_a_second_factor(None) == []
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "SecondFactor" not in name]
    assert [problem.id for problem in checks.work_needs_a_second_factor(None)] == ["community.E003"]


def signed_in_by_form(user):
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def without_inline_code(html):
    """What a strict policy lets through: scripts of our own, and data that is not run."""
    scripts = re.findall(r"<script([^>]*)>", html)
    assert all("src=" in script or 'type="application/json"' in script for script in scripts), scripts
    assert all(source.startswith("/static/") for source in re.findall(r'<script[^>]* src="([^"]+)"', html))
    return " style=" not in html and " onclick=" not in html


def test_the_pages_of_passkeys_are_in_the_look_and_run_no_inline_code(joanna):
    client = signed_in_by_form(joanna)
    in_the_look(client, "/accounts/2fa/webauthn/add/")  # first: it reads the keys there are
    key = give_factor(joanna, "webauthn")
    pages = ["/accounts/2fa/", "/accounts/2fa/webauthn/"]
    pages += [f"/accounts/2fa/webauthn/keys/{key.pk}/{act}/" for act in ("edit", "remove")]
    for path in pages:
        in_the_look(client, path)


def in_the_look(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    html = answer.content.decode()
    assert html.count("<h1>") == 1
    assert without_inline_code(html)
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_signing_in_offers_a_passkey_where_scripts_run(client):
    html = client.get("/accounts/login/").content.decode()
    assert re.search(r"<div data-passkeys hidden[^>]*>.*?passkey_login", html)
    assert without_inline_code(html)
    asked = client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    assert "challenge" in asked.json()["request_options"]["publicKey"]


def test_whoever_has_only_a_passkey_is_asked_for_it_after_the_password(joanna, client):
    give_factor(joanna, "webauthn")
    done = client.post("/accounts/login/", {"login": joanna.email, "password": PASSWORD})
    assert done.url == "/accounts/2fa/authenticate/"


class CountingHasher(MD5PasswordHasher):
    count = 0

    def encode(self, password, salt):
        CountingHasher.count += 1
        return super().encode(password, salt)


@pytest.fixture
def hashed(settings, joanna):
    settings.PASSWORD_HASHERS = [f"{CountingHasher.__module__}.CountingHasher"]

    def count(path, **data):
        CountingHasher.count = 0
        Client().post(path, data)
        return CountingHasher.count

    return count


def test_nobody_learns_from_the_time_it_takes_who_has_an_account(hashed, joanna):
    """Hashing a password is what takes time."""
    known = hashed("/accounts/login/", login=joanna.email, password="wrong-password-1")
    assert known == hashed("/accounts/login/", login="no@mail.example", password="wrong-password-1") > 0
    fields = {"password1": PASSWORD, "password2": PASSWORD, "website": ""}
    known = hashed("/accounts/signup/", email=joanna.email, display_name="Aardwolf", **fields)
    assert known == hashed("/accounts/signup/", email="no@mail.example", display_name="Binturong", **fields) > 0


def test_limits_count_by_network_without_keeping_its_address(settings, joanna):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/ip"}
    kept = []
    for address, tries in (("203.0.113.77", 5), ("203.0.113.78", 1)):
        answers = [
            Client(REMOTE_ADDR=address).post("/accounts/login/", {"login": "x@y.example", "password": "wrong-1"})
            for _number in range(tries)
        ]
        kept.append("Too many" in answers[-1].content.decode())
    assert kept == [True, False]
    assert not [key for key in cache._cache if "203.0.113" in key]


def test_the_admin_changes_neither_address_nor_password(db):
    """Both are changed where a password is asked for and an address confirmed: else a stolen session is an account."""
    editor = account("eddy", name="Eddy", groups=["Editors"])
    client = signed_in(editor)
    form = client.get("/admin/account/").content.decode()
    client.post(
        "/admin/account/", {"name_email-first_name": "E", "name_email-last_name": "D", "name_email-email": "t@x.eu"}
    )
    editor.refresh_from_db()
    assert editor.email == "eddy@mail.example"
    assert 'name="password-old_password"' not in form
