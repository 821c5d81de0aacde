"""Addresses whose end is a secret, and which somebody who reads a log could use, are in no log of the web server."""

import re

import pytest
from django.conf import settings
from django.urls import get_resolver, reverse

SECRETS = {
    "community:report_status": ["N1", "secret"],
    "community:reporter_appeal": ["N1", "secret"],
    "community:moderators_mail": [1, "secret"],
    "notices:confirm": ["secret"],
    "notices:stop": ["secret"],
    "translation_notices_stop": ["secret"],
    "personal_undo": ["secret"],
    "account_confirm_email": ["secret"],
    "account_reset_password_from_key": ["1", "secret"],
}
WITHOUT = ["/en/", "/en/discussion/reports/", "/accounts/data/", "/accounts/password/reset/", "/en/notices/feed/"]


def unlogged():
    conf = (settings.BASE_DIR / "deploy/nginx.conf").read_text()
    assert "$uri" not in conf[conf.index("log_format") : conf.index("server {")]
    return [re.compile(pattern) for pattern in re.findall(r"^    ~(\S+) -;$", conf, re.MULTILINE)]


@pytest.mark.parametrize("name", SECRETS)
def test_the_web_server_logs_no_secret_address(name):
    path = reverse(name, args=SECRETS[name])
    assert any(pattern.search(path) for pattern in unlogged()), path


def test_other_addresses_are_logged():
    assert [path for path in WITHOUT for pattern in unlogged() if pattern.search(path)] == []


def test_no_secret_address_is_missing_here():
    found = set()

    def walk(resolver, before=""):
        for each in resolver.url_patterns:
            if hasattr(each, "url_patterns"):
                walk(each, f"{before}{each.namespace}:" if each.namespace else before)
            elif {"token", "secret"} & set(each.pattern.converters):
                found.add(f"{before}{each.name}")

    walk(get_resolver())
    assert {name for name in found if not name.startswith("wagtail")} <= set(SECRETS)
