"""Settings shared by every environment. Nothing here is secret and nothing depends on a machine."""

import os
from pathlib import Path
from typing import Any

from . import env
from .languages import LANGUAGE_CODE, LANGUAGES

BASE_DIR = Path(__file__).resolve().parent.parent.parent
# Database, media and generated files of a development machine; production names each place itself.
DATA_DIR = env.folder("PORTAL_DATA_DIR", BASE_DIR / ".var")

INSTALLED_APPS = [
    "portal",
    "patterns",
    "practices",
    "workshops",
    "library",
    "search",
    "community",
    "translation",
    "printing",
    "content",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_countries",
    "community.apps.CommentsXtdConfig",  # the package without its signal handler
    "django_comments",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "portal.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.page_cache.PageCacheMiddleware",  # outside the next: a kept page carries its headers
    "portal.headers.SecurityHeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "community.accounts.language.AccountLanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "community.accounts.second_factor.SecondFactorMiddleware",
    "portal.middleware.null_middleware",
    "portal.shared_cache.AwayMiddleware",
    "portal.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ],
            "builtins": ["portal.templatetags.portal_tags"],
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "portal.sqlite3",
        "CONN_MAX_AGE": None,  # opening a connection costs more than most queries
        "OPTIONS": {
            # Several processes write: take the write lock at BEGIN, and wait for it.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # What is written goes into the database every 32 MB: pages of the index change again and again.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000; "
            "PRAGMA wal_autocheckpoint=8000;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "community.accounts.backend.AuthenticationBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES

STATIC_URL = "/static/"
MEDIA_URL = "/media/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT: Path | str = DATA_DIR / "media"
SERVE_MEDIA = False
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

_LOCAL = "django.core.cache.backends.locmem.LocMemCache"
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": _LOCAL, "LOCATION": "default", "OPTIONS": {"MAX_ENTRIES": 2000}},
    # Finished pages, in each process: a hit needs no other service, and stamps keep the copies exact.
    "pages": {"BACKEND": _LOCAL, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 3000}},
    # Files that readers put together, of some hundred kB each: few, and never beside sessions.
    "files": {"BACKEND": _LOCAL, "LOCATION": "files", "OPTIONS": {"MAX_ENTRIES": 60}},
}

SITE_ID = 1
SITE_NAME = "DIY policing"

# Wagtail
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_IMAGE_MODEL = "portal.PortalImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # asks who may read the collection
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_AUTO_UPDATE_PREVIEW = True
TAGGIT_CASE_INSENSITIVE = True
TAG_SPACES_ALLOWED = True

# Of a translation the revision that was handed in is published, not the newest one.
WAGTAIL_FINISH_WORKFLOW_ACTION = "translation.finishing.publish"
# A new translation stays a draft until somebody publishes it.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# Machine translation of public texts, each read by a person before it counts as done. Without a service: none.
MACHINE_TRANSLATION = os.environ.get("MACHINE_TRANSLATION", "").strip()  # libretranslate or deepl
MACHINE_TRANSLATION_URL = os.environ.get("MACHINE_TRANSLATION_URL", "").strip()
MACHINE_TRANSLATION_KEY = os.environ.get("MACHINE_TRANSLATION_KEY", "").strip()
MACHINE_TRANSLATION_GLOSSARIES = env.words("MACHINE_TRANSLATION_GLOSSARIES")  # en-fr:<what the service calls it>
MACHINE_TRANSLATION_SECONDS = env.number("MACHINE_TRANSLATION_SECONDS", 30)  # that one answer may take
MACHINE_TRANSLATION_WORDS = env.number("MACHINE_TRANSLATION_WORDS", 20_000)  # for each language and month
# Of the words of a translation: from so many per cent that nobody has read on, who publishes is asked, or refused.
UNREAD_MACHINE_WARNED = env.number("UNREAD_MACHINE_WARNED", 50)
UNREAD_MACHINE_REFUSED = env.number("UNREAD_MACHINE_REFUSED", 95)

# Search. Without an address the engine in the site's own database answers alone.
ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "").strip()  # several nodes: separated by commas
ELASTICSEARCH_API_KEY = os.environ.get("ELASTICSEARCH_API_KEY", "").strip()
ELASTICSEARCH_PREFIX = os.environ.get("ELASTICSEARCH_PREFIX", "").strip() or "portal"
ELASTICSEARCH_TIMEOUT = 0.8  # seconds a reader waits before the other engine answers
QUERY_REPORT_SECONDS = 10  # counts of searches wait in memory at most so long; 0: until somebody asks

# What was erased for good, to be erased again when a backup is restored: a file outside the database.
ERASURES_FILE = str(DATA_DIR / "erasures.jsonl")

# Accounts
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_home"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "community.accounts.forms.SignupExtra"
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_FORMS = {"login": "community.accounts.sign_in.LoginForm"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Beside django-allauth's own: wrong passwords of closed pages and documents, from one address and for one of them.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {"shared_password": "10/5m/ip,100/h/key"}
ACCOUNT_ADAPTER = "community.accounts.adapter.AccountAdapter"
MFA_TOTP_ISSUER = SITE_NAME
MFA_ADAPTER = "community.accounts.second_factor.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Whether editors, moderators and coordinators need more than a password. Production turns it on.
SECOND_FACTOR_REQUIRED = False
# One sign-in for members and the admin: there addresses are confirmed and passwords asked for, with limits.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

# Comments: only the model, the form and the signals of the package are used.
COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MAX_THREAD_LEVEL = 3
COMMENTS_XTD_CONFIRM_EMAIL = False
COMMENTS_XTD_SALT = b"portal.comments"
# So many comments of an account are read by a moderator before its next ones appear at once. 0: none.
COMMUNITY_FIRST_COMMENTS_HELD = env.number("COMMUNITY_FIRST_COMMENTS_HELD", 2)
COMMUNITY_FIRST_DAY_LIMITS = env.flag("COMMUNITY_FIRST_DAY_LIMITS", default=True)
COMMENTS_TIMEOUT = 24 * 60 * 60

# Mailboxes of a function (info@, press@) at these domains may be written in comments; no other address may.
GUARD_OFFICIAL_DOMAINS = env.words("GUARD_OFFICIAL_DOMAINS") or [
    *("europa.eu", "interpol.int", "efus.eu", "coe.int"),
    *("police.uk", "gov.uk", "nhs.uk", "gov.ie", "garda.ie", "crimestoppers-uk.org"),
    *("politie.nl", "overheid.nl", "rijksoverheid.nl", "om.nl", "meldmisdaadanoniem.nl"),
    *("police.be", "politie.be", "belgium.be", "fgov.be", "vlaanderen.be", "brussels"),
    *("gouv.fr", "etat.lu", "police.lu", "admin.ch"),
    *("bund.de", "polizei.de", "polizei.nrw", "gv.at", "police.gv.at"),
    *("gov.it", "poliziadistato.it", "carabinieri.it", "interno.it"),
    *("gob.es", "policia.es", "guardiacivil.es", "gencat.cat", "mossos.cat", "bcn.cat", "gva.es", "caib.es"),
]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTACT = ""  # where readers reach the editors: mailto: or https:
SECURITY_CONTACT = ""  # for /.well-known/security.txt: mailto: or https:
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# Pages for readers without an account are kept, compressed, until something they show changes.
PAGE_CACHE_SECONDS = env.number("PAGE_CACHE_SECONDS", 24 * 60 * 60)  # 0: off

FORMS_URLFIELD_ASSUME_HTTPS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"portal": {"level": "INFO"}},
}
