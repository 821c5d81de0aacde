"""Security headers of every answer.

The public site has no inline code and loads nothing from elsewhere, and its policy says so. Wagtail's admin writes
inline scripts and styles and shows previews in a frame, so it has a policy of its own, as strict as it works with.
A view that sets one of these headers itself keeps its own.
"""

from collections.abc import Callable, Mapping
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

Policy = dict[str, str]

PUBLIC: Policy = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
ADMIN: Policy = {
    **PUBLIC,
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "frame-src": "'self'",
    "worker-src": "'self' blob:",
}
# What editors uploaded, opened by itself: it may show, and do nothing.
UPLOADED: Policy = {
    "default-src": "'none'",
    "img-src": "'self' data:",
    "style-src": "'unsafe-inline'",
    "media-src": "'self'",
    "frame-ancestors": "'none'",
    "sandbox": "",
}
# A card in somebody else's page: nothing runs and nothing is sent.
EMBEDDED: Policy = {
    "default-src": "'none'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self'",
    "form-action": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "*",
}
DEVICES = ["accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "usb"]
PERMISSIONS = ", ".join(f"{feature}=()" for feature in [*DEVICES, "browsing-topics", "midi", "payment"])


def written(policy: Policy, changes: Mapping[str, str] = {}) -> str:
    return "; ".join(f"{name} {value}".strip() for name, value in {**policy, **changes}.items())


@cache
def policies() -> dict[str, str]:
    media = urlsplit(settings.MEDIA_URL)
    # Pictures on S3 come from another host.
    origin = f" {media.scheme}://{media.netloc}" if media.netloc else ""
    images = {"img-src": PUBLIC["img-src"] + origin}
    admin = {"img-src": ADMIN["img-src"] + origin}
    return {
        "public": written(PUBLIC, images),
        "admin": written(ADMIN, admin),
        "preview": written(PUBLIC, {**images, "frame-ancestors": "'self'"}),
        "uploaded": written(UPLOADED),
    }


def policy_for(path: str, response: HttpResponseBase) -> str:
    """Which policy an answer gets; Wagtail marks what its own pages may frame with X-Frame-Options."""
    if path.startswith("/admin/"):
        return "preview" if response.get("X-Frame-Options") == "SAMEORIGIN" else "admin"
    return "uploaded" if path.startswith(("/media/", "/documents/")) else "public"


def may_be_framed(response: HttpResponse) -> HttpResponse:
    """Let every site put this answer into a frame; without it none may."""
    response.headers["Content-Security-Policy"] = written(EMBEDDED)
    response.xframe_options_exempt = True
    return response


class SecurityHeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        policy = policy_for(request.path_info, response)
        if policy == "preview":  # it was made by an inner request, which put its own policy on
            response.headers["Content-Security-Policy"] = policies()[policy]
        response.headers.setdefault("Content-Security-Policy", policies()[policy])
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
