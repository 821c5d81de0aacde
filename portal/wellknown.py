"""robots.txt and security.txt."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

PLAIN = "text/plain; charset=utf-8"
VALID = timedelta(days=180)  # RFC 9116: less than a year
CLOSED = ("/admin/", "/accounts/", *(f"/{code}/{place}/" for code, _ in settings.LANGUAGES for place in ("search",)))


def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read; what is behind a sign-in or made of what readers type need not be indexed."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


def security(request: HttpRequest) -> HttpResponse:
    """How to report a weakness (RFC 9116)."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (timezone.now() + VALID).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _ in settings.LANGUAGES)}",
        f"Canonical: {request.build_absolute_uri()}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)
