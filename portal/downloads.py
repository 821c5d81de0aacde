"""Files that readers save: what they are called, and what is said with them."""

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse

from .languages import active_language
from .structured_data import LICENCE_URL


def file_name(name: str, extension: str) -> str:
    return f"diy-policing-{name}-{active_language()}.{extension}"


def download(response: HttpResponse | StreamingHttpResponse, name: str) -> Any:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Link"] = f'<{LICENCE_URL}>; rel="license"'
    response["X-Robots-Tag"] = "noindex"
    return response
