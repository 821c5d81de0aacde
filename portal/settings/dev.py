"""Development: everything on this machine, nothing to configure, mail on the console or in files."""

import os
from contextlib import suppress

from django.core.management.utils import get_random_secret_key

from .base import *
from .base import DATA_DIR

DATA_DIR.mkdir(parents=True, exist_ok=True)
_secret = DATA_DIR / "secret-key"
if not _secret.exists():
    _fresh = DATA_DIR / f"secret-key-{os.getpid()}"
    _fresh.touch(0o600)
    _fresh.write_text(get_random_secret_key())
    with suppress(FileExistsError):  # another process may be first; nobody reads half a key
        os.link(_fresh, _secret)
    _fresh.unlink()
SECRET_KEY = _secret.read_text().strip()

DEBUG = env.flag("PORTAL_DEBUG")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
INTERNAL_IPS = ["127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if env.flag("PORTAL_MAIL_FILES"):
    EMAIL_BACKEND, EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", DATA_DIR / "mail"
CONTACT = "mailto:editors@portal.invalid"
SECURITY_CONTACT = "mailto:security@portal.invalid"
WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{env.number('PORT', 8000)}"
DEMO_ACCOUNTS = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http on this machine
SERVE_MEDIA = True
