"""The formats that the texts of one page go out and come in with."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from translation.models import Via

from . import po, xliff
from .units import LARGEST_FILE, Document, FileRefused

ZIP = b"PK\x03\x04"
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Format:
    label: str
    ending: str
    content_type: str
    write: Callable[[Document], bytes]


FORMATS = {
    "po": Format("PO", "po", "text/x-gettext-translation; charset=utf-8", po.write),
    "xliff": Format("XLIFF 1.2", "xlf", "application/x-xliff+xml", partial(xliff.write, version="1.2")),
    "xliff2": Format("XLIFF 2.1", "xlf", "application/xliff+xml", partial(xliff.write, version="2.1")),
}


def is_zip(data: bytes) -> bool:
    return data.startswith(ZIP)


def checked(data: bytes) -> bytes:
    if len(data) > LARGEST_FILE:
        size = LARGEST_FILE // 2**20
        raise FileRefused(_("The file is larger than %(size)d MB.") % {"size": size})
    if not data.strip():
        raise FileRefused(_("The file is empty."))
    return data


def read(data: bytes) -> tuple[Document, Via]:
    """What the file is, its content says: names are changed on the way, or lie."""
    checked(data)
    start = data[:200]
    for mark in MARKS:
        start = start.removeprefix(mark)
    if start.replace(b"\0", b"").lstrip().startswith(b"<"):
        return xliff.read(data), Via.XLIFF
    return po.read(data), Via.PO
