"""Production: every value comes from the environment; an insecure or missing one stops the start and is named.

deploy/README.md lists the variables with an example.
"""

from urllib.parse import urlsplit

import dj_database_url

from . import env
from .base import *
from .base import BASE_DIR, CACHES, STORAGES

required = env.Environment()

# Who we are


def _is_random(key: str) -> bool:
    return len(key) >= 50 and len(set(key)) >= 10 and not key.startswith("django-insecure-")


SECRET_KEY = required.text("SECRET_KEY", "be at least 50 random characters", _is_random)
DEBUG = False
DEMO_ACCOUNTS = False
SECOND_FACTOR_REQUIRED = True


def _names_hosts(hosts: str) -> bool:
    names = [host.strip() for host in hosts.split(",")]
    return all(names) and not any("*" in name or "/" in name for name in names)


required.text("ALLOWED_HOSTS", "list the host names of the site, separated by commas, without * or /", _names_hosts)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")


def _is_origin(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" and bool(parts.hostname) and not (parts.path or parts.query)


BASE_URL = required.text("BASE_URL", "be the site's address, https:// and the host name alone", _is_origin)
WAGTAILADMIN_BASE_URL = BASE_URL
CSRF_TRUSTED_ORIGINS = [BASE_URL]
_ADDRESS = "start with mailto: or https:"


def _is_address(contact: str) -> bool:
    return contact.startswith(("mailto:", "https:"))


CONTACT = required.text(
    "CONTACT", f"{_ADDRESS} (readers write there, it stands at the foot of every page)", _is_address
)
SECURITY_CONTACT = required.text("SECURITY_CONTACT", f"{_ADDRESS} (it is printed in security.txt)", _is_address)

# Where things are kept

DATABASE_URL = required.text(
    "DATABASE_URL",
    "name a PostgreSQL database: postgres://user:password@host/name",
    lambda url: url.startswith(("postgres://", "postgresql://")) and len(urlsplit(url).path) > 1,
)
DATABASES = {}
if not required.problems:
    DATABASES["default"] = dict(dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True))
CACHES = {
    **CACHES,
    "default": {
        "BACKEND": "portal.shared_cache.SharedCache",
        "LOCATION": required.text(
            "CACHE_URL",
            "name a Valkey or Redis server: redis://host:6379/0",
            lambda url: url.startswith(("redis://", "rediss://", "unix://")),
        ),
        "KEY_PREFIX": "portal",
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
STATIC_ROOT = env.folder("STATIC_ROOT", BASE_DIR / "static")

if bucket := env.words("S3_BUCKET"):
    MEDIA_URL = required.text(
        "S3_PUBLIC_URL", "be the https:// address of the files", lambda url: url[:8] == "https://"
    )
    STORAGES = {
        **STORAGES,
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": bucket[0],
                "endpoint_url": required.text(
                    "S3_ENDPOINT_URL", "be an https:// address", lambda url: url[:8] == "https://"
                ),
                "access_key": required.text("S3_ACCESS_KEY"),
                "secret_key": required.text("S3_SECRET_KEY"),
                "custom_domain": MEDIA_URL.removeprefix("https://").strip("/"),
                "querystring_auth": False,
                "file_overwrite": False,
            },
        },
    }
else:
    MEDIA_ROOT = required.text(
        "MEDIA_ROOT", "be the absolute path of the folder for uploads", lambda path: path.startswith("/")
    )

ERASURES_FILE = required.text(
    "ERASURES_FILE",
    "be the absolute path of a file that a restored backup leaves as it is, on a disk of its own if you can",
    lambda path: path.startswith("/"),
)

# Mail

EMAIL_HOST = required.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = required.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = required.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = not EMAIL_USE_SSL
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = required.text("DEFAULT_FROM_EMAIL", "be an e-mail address", lambda address: "@" in address)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Machine translation


def _is_http(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


if services := env.words("MACHINE_TRANSLATION"):
    is_deepl = services == ["deepl"]
    required.text("MACHINE_TRANSLATION", "be libretranslate or deepl", lambda name: name in ("libretranslate", "deepl"))
    if is_deepl:
        required.text("MACHINE_TRANSLATION_KEY")
    if not is_deepl or env.words("MACHINE_TRANSLATION_URL"):
        required.text("MACHINE_TRANSLATION_URL", "be the http:// or https:// address of the service", _is_http)

# Transport

SECURE_SSL_REDIRECT = True
# The server listens on the loopback address only; the web server in front sets this header and drops a reader's own.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# It sets X-Forwarded-For too: limits count readers by the last address there, which only that server can have written.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 1)
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 365 * 24 * 60 * 60)
if SECURE_HSTS_SECONDS < 3600:
    required.problems.append("HSTS_SECONDS must be at least 3600")
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"

# Logs: to the console, for the service manager to keep. No addresses of readers, no texts they typed.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.words("LOG_LEVEL", "WARNING")[0].upper()},
    "loggers": {
        "portal": {"level": "INFO"},
        # Whoever probes with invented host names would fill the log.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}

required.refuse()
