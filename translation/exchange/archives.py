"""Many pages in one ZIP file."""

import io
import zipfile
import zlib
from collections.abc import Iterable

from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from .formats import Format
from .outgoing import document
from .units import LARGEST_FILE, FileRefused

LARGEST = 20 * 1024 * 1024
LARGEST_UNPACKED = 60 * 1024 * 1024
MOST_FILES = 200
NO_TRANSLATIONS = ("__MACOSX/", ".")


def file_name(translation: Translation, chosen: Format) -> str:
    title = slugify(translation.source.object_repr)[:60] or "page"
    return f"{title}-{translation.pk}.{translation.target_locale.language_code}.{chosen.ending}"


# Of the others Python unpacks a whole piece at once, whatever its size.
BOUNDED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def write(translations: Iterable[Translation], chosen: Format) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for translation in translations:
            archive.writestr(file_name(translation, chosen), chosen.write(document(translation)))
    return packed.getvalue()


def read(data: bytes) -> list[tuple[str, bytes]]:
    """The files by their names. Nothing is ever unpacked to a disk; what was packed to exhaust memory is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise FileRefused(_("The ZIP file is damaged, or locked with a password.")) from error


def _read(archive: zipfile.ZipFile) -> list[tuple[str, bytes]]:
    wanted = [one for one in archive.infolist() if _is_wanted(one)]
    if not wanted:
        raise FileRefused(_("There are no files in the ZIP file."))
    if len(wanted) > MOST_FILES:
        raise FileRefused(_("The ZIP file has more than %(number)d files.") % {"number": MOST_FILES})
    if any(one.compress_type not in BOUNDED for one in wanted):
        raise FileRefused(_("The ZIP file is packed in a way that is not read here."))
    found, left = [], LARGEST_UNPACKED
    for one in wanted:
        with archive.open(one) as packed:  # what the list says about sizes may be a lie
            content = packed.read(min(left, LARGEST_FILE) + 1)
        left -= len(content)
        if len(content) > LARGEST_FILE or left < 0:
            raise FileRefused(_("What is in the ZIP file is too large when it is unpacked."))
        found.append((one.filename, content))
    return found


def _is_wanted(one: zipfile.ZipInfo) -> bool:
    """Not what systems add, and not what would lie outside of the folder it is unpacked into."""
    parts = one.filename.replace("\\", "/").split("/")
    is_stray = one.filename.startswith(NO_TRANSLATIONS) or parts[-1].startswith(".") or ".." in parts or parts[0] == ""
    return not (one.is_dir() or is_stray or ":" in parts[0])
