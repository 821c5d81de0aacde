"""The whole language of patterns as one book, for everybody: made by the worker, kept until something changes.

It holds what readers without an account may see, and nothing else, whoever asked for it.
"""

import secrets
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal import printed, stamps
from portal.anonymous import anonymous_request
from portal.languages import alphabetical, language_name
from portal.page_cache import end_of_what_is_kept

from . import engine, sheets
from .cards import pages
from .models import Book

FOLDER = "printed"


CHAPTER = timedelta(minutes=2)  # longer than any of them takes
SETTING = timedelta(minutes=30)  # thousands of pages at once, in a step that nothing can interrupt
ORPHANED = timedelta(hours=1)  # since when a file without a book belongs to nobody

GoingOn = Callable[[timedelta], None]


def _nobody_waits(lease: timedelta) -> None:
    pass


class Chapter(NamedTuple):
    part: printed.Part
    page: Any


def is_current(book: Book) -> bool:
    """Whether everything in the file may still be given out."""
    if book.state != Book.READY or not book.name or book.good_until is None or book.good_until <= timezone.now():
        return False
    return book.version == stamps.read([stamps.SITE])[stamps.SITE] and default_storage.exists(book.name)


def make(language: str, going_on: GoingOn = _nobody_waits) -> None:
    """Make the book of a language and put it in the place of the one before.

    A long book takes longer than the worker's lease: `going_on` is told after each chapter, and before it is set.
    """
    book, _is_new = Book.objects.get_or_create(language=language)
    if is_current(book):
        return
    version = stamps.read([stamps.SITE])[stamps.SITE]
    good_until = end_of_what_is_kept(version)
    forget(book)
    with translation.override(language):
        chapters = list(_chapters(language))
        _note(book, state=Book.MAKING, done=0, total=len(chapters) + 1)

        def progress(done: int) -> None:
            going_on(CHAPTER)
            _note(book, done=done)

        said = _data(language, chapters, progress)
        going_on(SETTING)
        content = engine.pdf("book", said, max((page.last_published_at for _part, page in chapters), default=None))
    name = default_storage.save(f"{FOLDER}/{secrets.token_urlsafe(24)}.pdf", ContentFile(content))
    _note(
        book,
        state=Book.READY,
        version=version,
        good_until=good_until,
        done=len(chapters) + 1,
        name=name,
        size=len(content),
        made_at=timezone.now(),
    )


def forget(book: Book) -> None:
    """Delete the file, which says what may no longer be said."""
    if book.name:
        default_storage.delete(book.name)
        _note(book, state=Book.WAITING, name="", size=0, done=0)


def clear() -> int:
    """Delete the files that may no longer be given out, and those of a worker that was killed; how many there were."""
    cleared = 0
    for book in Book.objects.filter(state=Book.READY).exclude(name=""):
        if not is_current(book):
            name = book.name
            # Not if another worker has made it anew meanwhile: then its file has another name, and that one is gone.
            if Book.objects.filter(pk=book.pk, name=name).update(name="", size=0):
                default_storage.delete(name)
                cleared += 1
    return cleared + _clear_orphans()


def _clear_orphans() -> int:
    known = set(Book.objects.values_list("name", flat=True))
    try:
        names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    except FileNotFoundError:  # no book was ever made
        return 0
    before = timezone.now() - ORPHANED
    orphans = [name for name in names if name not in known and default_storage.get_modified_time(name) < before]
    for name in orphans:
        default_storage.delete(name)
    return len(orphans)


def _note(book: Book, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(book, name, value)
    Book.objects.filter(pk=book.pk).update(**fields)


def _chapters(language: str) -> Iterable[Chapter]:
    for kind in printed.kinds():
        shown = pages(kind, language, None)
        parts = (
            kind.parts(shown, language)
            if kind.parts
            else [printed.Part(str(kind.label), list(shown.select_related("locale")))]
        )
        for part in parts:
            yield from (Chapter(part, page) for page in part.pages)


def _data(language: str, chapters: list[Chapter], progress: Callable[[int], None]) -> dict[str, Any]:
    request = anonymous_request()
    said: list[dict[str, Any]] = []
    last_part = None
    for number, (part, page) in enumerate(chapters):
        begins = {"part": part.label, "intro": part.intro} if part is not last_part else {"part": "", "intro": ""}
        said.append({**sheets.data(page, request), **begins, "id": f"c{number}"})
        last_part = part
        progress(number + 1)
    newest = max((page.last_published_at for _part, page in chapters), default=None)
    day = date_format(newest, "DATE_FORMAT") if newest else ""
    return {
        "title": _("DIY policing: a field guide"),
        "subtitle": _("Patterns, practices and workshops"),
        "author": _("DIY policing: a field guide"),
        "lang": language,
        "foot": ", ".join(part for part in (language_name(language), day, "CC BY 4.0") if part),
        "address": request.build_absolute_uri(f"/{language}/"),
        "contents-label": _("Contents"),
        "index-label": _("Names and numbers"),
        "licence": _(
            "Texts are licensed CC BY 4.0. The pattern language began in the European project MEDI@4SEC (Horizon 2020)."
        ),
        "chapters": said,
        "index": _index(chapters),
    }


def _index(chapters: list[Chapter]) -> list[list[Any]]:
    """Every name and number by which a page goes, with the chapters that carry it."""
    found: dict[str, list[str]] = {}
    for number, (_part, page) in enumerate(chapters):
        for name in (page.title, *page.search_labels()):
            if name.strip() and f"c{number}" not in found.setdefault(name.strip(), []):
                found[name.strip()].append(f"c{number}")
    return [[name, found[name]] for name in sorted(found, key=lambda name: (alphabetical(name), name))]
