"""What the worker does for paper: books."""

import datetime
from collections.abc import Iterable, Sequence
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import outbox, periodic

from . import book
from .models import Book

TOPIC = "printing.book"


def ask_for(language: str) -> Book:
    """Have the book made unless it is on its way; asking twice makes it once. After a failure it begins anew."""
    with transaction.atomic():
        asked, _is_new = Book.objects.get_or_create(language=language)
        if not outbox.pending(TOPIC).filter(key=language, error="").exists():
            Book.objects.filter(pk=asked.pk).update(state=Book.WAITING, done=0)
            asked.state, asked.done = Book.WAITING, 0
            outbox.put(TOPIC, language)
    return asked


def has_failed(language: str) -> bool:
    """Whether the last attempt at the book that was asked for came to nothing."""
    return outbox.pending(TOPIC).filter(key=language).exclude(error="").exists()


@outbox.handler(TOPIC, batch=1, label=_("Books to print"))
def make_books(tasks: Sequence[outbox.Task]) -> Iterable[outbox.Failed] | None:
    known = dict(settings.LANGUAGES)
    for task in tasks:
        if task.key in known:
            book.make(task.key, partial(outbox.renew, TOPIC, task))
    return None


periodic.add("clear_books", book.clear, datetime.timedelta(hours=1))
