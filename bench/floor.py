"""The floor: a bare Django that answers each address with bytes from a file, on the same server as the portal.

No middleware, no database: what Django and the server cost by themselves.
"""

import json
import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

FOLDER = Path(os.environ["BENCH_FLOOR"])

if not settings.configured:
    settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, MIDDLEWARE=[], SECRET_KEY="floor")

HEADERS = json.loads((FOLDER / "headers.json").read_text())
BODIES = {name: (FOLDER / name).read_bytes() for name in HEADERS}


def answer(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(BODIES[name], headers=HEADERS[name])


def up(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("healthz", up), path("<name>", answer)]
application = get_wsgi_application()
