"""Production refuses to start on a missing or insecure value, and names it."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent.parent
COMPLETE = {
    "SECRET_KEY": "k8#vQ2!mZ7@pL4$wX9^tB6&nC1*rF5(yH3)jD0-sG_aUeIoT+qW=",
    "ALLOWED_HOSTS": "portal.example.org",
    "BASE_URL": "https://portal.example.org",
    "CONTACT": "mailto:editors@example.org",
    "SECURITY_CONTACT": "mailto:security@example.org",
    "DATABASE_URL": "postgres://portal:secret@db.example.org/portal",
    "CACHE_URL": "redis://cache.example.org:6379/0",
    "MEDIA_ROOT": "/srv/portal/media",
    "ERASURES_FILE": "/srv/portal/erasures.jsonl",
    "EMAIL_HOST": "mail.example.org",
    "EMAIL_HOST_USER": "portal",
    "EMAIL_HOST_PASSWORD": "secret",
    "DEFAULT_FROM_EMAIL": "portal@example.org",
}
S3 = {
    "S3_BUCKET": "portal-media",
    "S3_ENDPOINT_URL": "https://s3.example.org",
    "S3_PUBLIC_URL": "https://media.example.org",
    "S3_ACCESS_KEY": "key",
    "S3_SECRET_KEY": "secret",
}
MACHINE = ("MACHINE_TRANSLATION", "MACHINE_TRANSLATION_URL", "MACHINE_TRANSLATION_KEY")


@pytest.fixture
def production(monkeypatch):
    """Read the production settings with this environment and no other."""

    def read(values):
        for name in {*COMPLETE, *S3, *MACHINE, "HSTS_SECONDS", "LOG_LEVEL", "STATIC_ROOT"}:
            monkeypatch.delenv(name, raising=False)
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        return runpy.run_module("portal.settings.production")

    return read


def test_complete_environment_is_accepted(production):
    settings = production(COMPLETE)
    assert settings["DEBUG"] is False
    assert settings["DEMO_ACCOUNTS"] is False
    assert settings["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert settings["SESSION_COOKIE_SECURE"] is settings["CSRF_COOKIE_SECURE"] is True
    # Else every reader would count as the proxy, and one could use up the limits of all.
    assert settings["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


@pytest.mark.parametrize("name", COMPLETE)
def test_missing_value_is_named(production, name):
    with pytest.raises(ImproperlyConfigured, match=name):
        production({key: value for key, value in COMPLETE.items() if key != name})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "django-insecure-" + COMPLETE["SECRET_KEY"]),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "portal.example.org,*"),
        ("ALLOWED_HOSTS", "https://portal.example.org/"),
        ("BASE_URL", "http://portal.example.org"),
        ("BASE_URL", "https://portal.example.org/path"),
        ("CONTACT", "editors"),
        ("SECURITY_CONTACT", "security"),
        ("DATABASE_URL", "sqlite:///portal.sqlite3"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "postgres://portal@db.example.org"),
        ("CACHE_URL", "locmem://"),
        ("MEDIA_ROOT", "media"),
        ("DEFAULT_FROM_EMAIL", "portal"),
        ("HSTS_SECONDS", "0"),
        ("HSTS_SECONDS", "a year"),
        ("EMAIL_PORT", "smtp"),
    ],
)
def test_insecure_or_malformed_value_is_named(production, name, value):
    with pytest.raises(ImproperlyConfigured, match=name):
        production({**COMPLETE, name: value})


def test_everything_that_is_wrong_is_said_at_once(production):
    with pytest.raises(ImproperlyConfigured) as refused:
        production({})
    assert all(name in str(refused.value) for name in COMPLETE)


def test_media_on_s3_need_all_of_its_values(production):
    values = {key: value for key, value in COMPLETE.items() if key != "MEDIA_ROOT"} | S3
    settings = production(values)
    assert settings["STORAGES"]["default"]["BACKEND"] == "storages.backends.s3.S3Storage"
    assert settings["STORAGES"]["default"]["OPTIONS"]["custom_domain"] == "media.example.org"
    for name in S3.keys() - {"S3_BUCKET"}:
        with pytest.raises(ImproperlyConfigured, match=name):
            production({key: value for key, value in values.items() if key != name})


def test_mail_is_always_encrypted(production, monkeypatch):
    assert production(COMPLETE)["EMAIL_USE_TLS"] is True
    settings = production({**COMPLETE, "EMAIL_PORT": "465"})
    assert (settings["EMAIL_USE_SSL"], settings["EMAIL_USE_TLS"]) == (True, False)


def test_check_deploy_is_clean():
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    # The browser's driver sets this in the process it shares with the tests; a server has no reason to.
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    env = {**inherited, **COMPLETE, "DJANGO_SETTINGS_MODULE": "portal.settings.production"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("values", "named"),
    [
        (("libretranslate", "http://127.0.0.1:5000", ""), ""),
        (("deepl", "", "key"), ""),
        (("deepl", "", ""), "MACHINE_TRANSLATION_KEY is missing"),
        (("deepl", "api.deepl.com", "key"), "MACHINE_TRANSLATION_URL must"),
        (("libretranslate", "", ""), "MACHINE_TRANSLATION_URL is missing"),
        (("libretranslate", "file:///etc/passwd", ""), "MACHINE_TRANSLATION_URL must"),
        (("babelfish", "https://example.org", ""), "MACHINE_TRANSLATION must be libretranslate or deepl"),
    ],
)
def test_machine_translation_is_named_with_what_it_needs(production, values, named):
    environment = COMPLETE | {name: value for name, value in zip(MACHINE, values, strict=True) if value}
    if not named:
        production(environment)
        return
    with pytest.raises(ImproperlyConfigured, match=named):
        production(environment)
