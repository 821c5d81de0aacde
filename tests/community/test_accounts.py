"""Accounts: made, confirmed by POST, named, in the reader's language, and silent about who has one."""

import re
import time
from html import unescape
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from community.accounts.backend import AuthenticationBackend
from community.models import Member

from .conftest import account, fields_of, signed_in, write_url

pytestmark = pytest.mark.django_db
PASSWORD = "quite-a-long-password-7"


def sign_up(client, email="new@mail.example", name="New Neighbour", **fields):
    data = {"email": email, "display_name": name, "password1": PASSWORD, "password2": PASSWORD, "website": "", **fields}
    return client.post("/accounts/signup/", data)


def link_in(message):
    return re.search(r"http://testserver(\S+)", message.body).group(1)


def test_an_account_is_made_and_confirmed_by_post_not_by_get(client):
    assert client.get("/accounts/signup/").status_code == 200
    assert sign_up(client).url == "/accounts/confirm-email/"
    assert "Look at your mail" in client.get("/accounts/confirm-email/").content.decode()
    user = User.objects.get()
    assert user.username.startswith("member")
    assert user.member.display_name == "New Neighbour"
    [message] = mail.outbox
    assert "new@mail.example" not in message.body
    page = client.get(link_in(message))
    assert not EmailAddress.objects.get().verified  # as a mail scanner would open it
    other = Client()
    assert other.post(link_in(message), fields_of(page.content.decode())).status_code == 302
    assert EmailAddress.objects.get().verified
    done = other.post("/accounts/login/", {"login": "new@mail.example", "password": PASSWORD})
    assert done.url == "/accounts/"
    assert "New Neighbour" in other.get("/accounts/").content.decode()


def test_an_unconfirmed_account_cannot_sign_in(client):
    sign_up(client)
    answer = Client().post("/accounts/login/", {"login": "new@mail.example", "password": PASSWORD})
    assert answer.url == "/accounts/confirm-email/"


def test_signing_up_tells_nobody_who_has_an_account(joanna):
    known, unknown = Client(), Client()
    first = sign_up(known, email=joanna.email, name="One")
    second = sign_up(unknown, name="Two")
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert "you have an account already" in mail.outbox[0].subject
    assert User.objects.count() == 2


def test_asking_for_a_password_tells_nobody_who_has_an_account(joanna, client):
    answers = [
        client.post("/accounts/password/reset/", {"email": email}) for email in [joanna.email, "no@mail.example"]
    ]
    assert answers[0].url == answers[1].url == "/accounts/password/reset/done/"
    assert [message.subject for message in mail.outbox] == [
        "DIY policing: choose a new password",
        "DIY policing: there is no account with this address",
    ]


def test_a_new_password_is_chosen_from_the_mail(joanna, client):
    client.post("/accounts/password/reset/", {"email": joanna.email})
    form = client.get(link_in(mail.outbox[0]), follow=True)
    url = form.redirect_chain[-1][0]
    assert client.post(url, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    assert client.post("/accounts/login/", {"login": "joanna", "password": PASSWORD}).url == "/accounts/"
    assert all("127.0.0.1" not in message.body.replace("http://127.0.0.1:8000", "") for message in mail.outbox)


@pytest.mark.parametrize("name", ["", "Joanna", "JOANNA ", "Police", "Мoderator", "a@b.example", "x" * 50])
def test_a_name_that_is_taken_or_reserved_is_refused_at_sign_up(joanna, client, name):
    answer = sign_up(client, name=name)
    assert answer.status_code == 200
    assert 'href="#id_display_name"' in answer.content.decode()
    assert User.objects.count() == 1


def test_a_machine_that_fills_the_trap_makes_no_account(client):
    sign_up(client, website="https://spam.example")
    assert not User.objects.exists()


def test_a_name_is_changed_and_the_old_one_kept_from_others(joanna):
    account("silvia", name="Silvia M.")
    client = signed_in(joanna)
    taken = client.post("/accounts/profile/", {"name": "silvia m", "language": "en"})
    assert taken.status_code == 400
    assert client.post("/accounts/profile/", {"name": "Joanna B.", "language": "nl"}).url == "/accounts/"
    assert Member.objects.get(user=joanna).language == "nl"
    assert 'lang="nl"' in client.get("/accounts/").content.decode()


def test_the_account_page_lists_own_comments_held_ones_too(page, joanna):
    from .conftest import send

    client = signed_in(joanna)
    send(client, page, "My number is 06-12345678.", do="insist")
    html = client.get("/accounts/").content.decode()
    assert "06-12345678" in html
    assert "held" in html
    assert "Neighbourhood watch" in html
    assert "no-store" in client.get("/accounts/").headers["Cache-Control"]
    assert Client().get("/accounts/").url == "/accounts/login/?next=/accounts/"


def test_the_pages_speak_the_language_of_the_browser_or_the_one_chosen(client):
    dutch = client.get("/accounts/login/", headers={"accept-language": "nl"})
    assert '<html lang="nl"' in dutch.content.decode()
    chosen = client.get("/accounts/login/?lang=de", headers={"accept-language": "nl"})
    assert '<html lang="de"' in chosen.content.decode()
    assert client.get("/accounts/login/?lang=xx").status_code == 200


def test_a_chosen_language_goes_on_without_a_session(client):
    def links(html):
        return [unescape(link) for link in re.findall(r'(?:href|action)="(/accounts/[^"#]*)"', html)]

    html = client.get("/accounts/login/?lang=de&next=/de/").text
    assert len(links(html)) > 3
    assert all("lang=" in link for link in links(html))
    assert '<html lang="de"' in client.get(next(link for link in links(html) if "signup" in link)).text
    done = client.post("/accounts/password/reset/?lang=de", {"email": "x@mail.example"})
    assert done.url == "/accounts/password/reset/done/?lang=de"
    assert '<html lang="de"' in client.post("/accounts/login/?lang=de", {"login": "x", "password": "y"}).text


def test_a_chosen_language_is_kept_in_the_session_of_who_has_one(joanna):
    client = signed_in(joanna)
    client.get("/accounts/?lang=de")
    assert '<html lang="de"' in client.get("/accounts/").text


@pytest.mark.parametrize("cookie", ["", "invented"])
def test_reading_makes_no_session_and_sets_no_cookie(page, client, cookie):
    if cookie:
        client.cookies["sessionid"] = cookie
    address = page.get_url()
    plain = ["/", "/en/", "/fr/", address, f"{address}?comments=fr", "/en/search/?q=watch", "/en/tags/", "/en/feed/"]
    plain += ["/sitemap.xml", "/robots.txt", f"/share/{page.pk}.png", "/en/nothing-here/", "/p/DIY-01", "/accounts/"]
    forms = ["/accounts/login/?lang=fr", "/accounts/signup/?lang=fr", "/accounts/password/reset/?lang=fr"]
    for path in [*plain, *forms, write_url(page)]:
        answer = client.get(path)
        allowed = {"csrftoken"} if path in forms or path == write_url(page) else set()
        set_now = {name for name, morsel in answer.cookies.items() if morsel["max-age"] != 0}
        assert set_now <= allowed, path
    assert not Session.objects.exists()


def test_the_language_menu_of_the_account_pages_leads_somewhere(client):
    assert 'href="/accounts/login/?lang=fr"' in client.get("/accounts/login/").content.decode()


def test_mails_speak_the_language_of_the_account(joanna, client):
    from django.utils import translation

    Member.objects.filter(user=joanna).update(language="fr")
    client.post("/accounts/password/reset/", {"email": joanna.email}, headers={"accept-language": "en"})
    with translation.override("fr"):
        expected = translation.gettext("Hello %s,") % "Joanna"
    assert "Joanna" in mail.outbox[0].body.splitlines()[0]
    assert expected


def test_signing_out_takes_a_post(joanna):
    client = signed_in(joanna)
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_the_admin_uses_the_same_sign_in(moderator, client):
    assert unquote(client.get("/admin/", follow=True).redirect_chain[-1][0]) == "/accounts/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/pages/").url == "/accounts/login/?next=/admin/pages/"
    done = client.post("/accounts/login/", {"login": "mo", "password": "a-long-password-1", "next": "/admin/"})
    assert done.url == "/admin/"
    assert client.get("/admin/password_reset/", follow=True).status_code == 404


def test_a_member_at_the_door_of_the_admin_is_told_and_not_sent_in_circles(joanna):
    answer = signed_in(joanna).get("/admin/pages/", follow=True)
    assert answer.status_code == 403
    assert "cannot edit this site" in answer.content.decode()


def test_a_redirect_to_another_site_is_refused(joanna, client):
    data = {"login": "joanna", "password": "a-long-password-1", "next": "//evil.example/"}
    assert client.post("/accounts/login/", data).url == "/accounts/"


@pytest.mark.parametrize(
    "name",
    [
        "account_home",
        "account_profile",
        "account_email",
        "account_change_password",
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
    ],
)
def test_every_account_page_is_in_the_look(joanna, name):
    client = Client()
    client.post("/accounts/login/", {"login": "joanna", "password": "a-long-password-1"})
    html = client.get(reverse(name), follow=True).content.decode()
    assert html.count("<h1>") == 1
    assert 'id="main"' in html
    assert " style=" not in html


def test_a_second_factor_is_set_up_asked_and_removed(joanna, monkeypatch):
    from allauth.mfa.totp.internal import auth

    now = time.time()
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: now))  # no code ends while the test runs

    def code(secret):
        return auth.format_hotp_value(auth.hotp_value(secret, next(auth.yield_hotp_counters_from_time())))

    client = Client()
    client.post("/accounts/login/", {"login": "joanna", "password": "a-long-password-1"})
    asked = client.get("/accounts/2fa/totp/activate/").url
    assert "Is it you?" in client.get(asked).content.decode()
    assert client.post(asked, {"password": "a-long-password-1"}).url == "/accounts/2fa/totp/activate/"
    html = client.get("/accounts/2fa/totp/activate/").content.decode()
    assert "<svg" in html
    assert '="data:' not in html
    secret = re.search(r"<code>(\w+)</code>", html).group(1)
    assert client.post("/accounts/2fa/totp/activate/", {"code": code(secret)}).status_code == 302
    assert client.get("/accounts/2fa/recovery-codes/").content.decode().count("<code>") == 10
    again = Client()
    step = again.post("/accounts/login/", {"login": "joanna", "password": "a-long-password-1"})
    assert step.url == "/accounts/2fa/authenticate/"
    assert again.get(step.url).status_code == 200
    assert client.get("/accounts/2fa/totp/deactivate/").status_code == 200
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert mail.outbox[-1].subject == "DIY policing: second factor removed"


def test_changing_the_password_is_told_by_mail_without_the_address_of_the_computer(joanna):
    client = Client()
    client.post("/accounts/login/", {"login": "joanna", "password": "a-long-password-1"})
    data = {"oldpassword": "a-long-password-1", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/accounts/password/change/", data, headers={"user-agent": "CanaryBrowser"}).status_code == 302
    [message] = mail.outbox
    assert "has been changed" in message.body
    assert "CanaryBrowser" not in message.body
    assert "127.0.0.1" not in message.body.replace("http://127.0.0.1:8000", "")


def test_rights_are_ones_own_and_those_of_the_groups_in_one_query(django_assert_num_queries):
    """As Django would say them; who is shut out has none."""
    own, of_group = Permission.objects.filter(codename__in=["add_user", "delete_group"]).order_by("codename")
    user = User.objects.create_user("somebody")
    user.user_permissions.add(own)
    group = Group.objects.create(name="Some")
    group.permissions.add(of_group, own)
    user.groups.add(group)
    with django_assert_num_queries(1):
        user = AuthenticationBackend().get_user(user.pk)
    assert not hasattr(user, "wagtail_userprofile")
    with django_assert_num_queries(1):
        assert user.get_all_permissions() == {"auth.add_user", "auth.delete_group"}
        assert user.has_perms(["auth.add_user", "auth.delete_group"])
        assert not user.has_perm("auth.change_user")
    assert user.get_all_permissions() == ModelBackend().get_all_permissions(User.objects.get(pk=user.pk))
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert AuthenticationBackend().get_user(user.pk) is None
    assert User.objects.get(pk=user.pk).get_all_permissions() == set()
    assert AuthenticationBackend().get_user(0) is None
    root = User.objects.create_superuser("root")
    assert len(AuthenticationBackend().get_all_permissions(root)) == Permission.objects.count()
