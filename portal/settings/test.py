"""Tests: SQLite, or the database named by DATABASE_URL; fast hashing; nothing leaves the process."""

import os
import tempfile
from pathlib import Path

import dj_database_url

from .base import *

SECRET_KEY = "tests-only-not-a-secret"  # noqa: S105 - as it says
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_DIR = Path(tempfile.gettempdir()) / "portal-tests"
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_AUTOREFRESH = True
DEMO_ACCOUNTS = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
SERVE_MEDIA = True
ERASURES_FILE = str(DATA_DIR / "erasures.jsonl")
ACCOUNT_RATE_LIMITS = False
# Tests that want one say so; the processes that they start are told here.
ELASTICSEARCH_URL = os.environ.get("PORTAL_TEST_ELASTICSEARCH", "")
QUERY_REPORT_SECONDS = 0
MACHINE_TRANSLATION = ""
# Tests of other things write with accounts that were made a moment ago.
COMMUNITY_FIRST_COMMENTS_HELD = 0
COMMUNITY_FIRST_DAY_LIMITS = False
PAGE_CACHE_SECONDS = env.number("PAGE_CACHE_SECONDS", 0)

if os.environ.get("DATABASE_URL"):
    DATABASES = {"default": dict(dj_database_url.parse(os.environ["DATABASE_URL"]))}
else:
    # The test run copies a migrated file for each process (tests/services/database.py).
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ.get("PORTAL_TEST_DATABASE") or DATA_DIR / "portal.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
            },
        }
    }
