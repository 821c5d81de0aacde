"""Photos for paper: read from the media storage, made small, and put into a drawing that is plain text.

A page names a photo only while it may be shown, and its files are gone from their place once it may not
(`portal.withholding`): then there is no picture.
"""

import base64
import io
from urllib.parse import unquote

from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image

LARGEST = (1400, 1400)
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {0} {1}" '
    'width="{0}" height="{1}"><image width="{0}" height="{1}" xlink:href="data:image/jpeg;base64,{2}"/></svg>'
)


def picture(source: str) -> str | None:
    base = settings.MEDIA_URL
    name = unquote(source.partition("?")[0].removeprefix(base))
    if not source.startswith(base) or not default_storage.exists(name):
        return None
    try:
        with default_storage.open(name) as stored, Image.open(stored) as opened:
            image = opened.convert("RGB")
    except OSError:
        return None
    image.thumbnail(LARGEST)
    written = io.BytesIO()
    image.save(written, "JPEG", quality=82)
    return DRAWING.format(*image.size, base64.b64encode(written.getvalue()).decode())
