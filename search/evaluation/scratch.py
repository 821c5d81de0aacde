"""An index for other people's texts that leaves no trace: whatever is written into it is rolled back.

The transaction hides the site's own documents from the engine that is measured, and only from it. On SQLite nobody
else can write meanwhile, so sets are measured on a copy of a busy site, not beside its editors.
"""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from django.db import transaction
from wagtail.models import Page

from portal import navigation

from ..documents import SearchDocument
from ..engines.base import Engine
from ..engines.embedded import memory
from ..engines.embedded.rebuilding import in_pieces
from ..models import Document, Word


@contextmanager
def scratch_index(engine: Engine) -> Iterator["Scratch"]:
    """The engine over an empty index; what was in it is back afterwards, also when something goes wrong."""
    with transaction.atomic(), indices_of_its_own(engine):
        page = Page.get_first_root_node().add_child(instance=Page(title="Scratch", slug=f"scratch-{uuid.uuid4().hex}"))
        Document.objects.all().delete()
        Word.objects.all().delete()
        forget()
        try:
            yield Scratch(engine, page.pk)
        finally:
            transaction.set_rollback(True)
            forget()


def forget() -> None:
    """What a process remembers of pages and documents: a transaction that is rolled back gives their ids once more."""
    navigation.forget()
    memory.forget()


def indices_of_its_own(engine: Engine) -> AbstractContextManager[None]:
    if engine.name == "embedded":
        return nullcontext()
    from ..engines.elasticsearch.connection import scratch_indices

    return scratch_indices()


class Scratch:
    def __init__(self, engine: Engine, page_id: int) -> None:
        self.engine = engine
        self.page_id = page_id

    def put(self, documents: Iterable[SearchDocument]) -> None:
        self.engine.rebuild(in_pieces(documents), lambda written: None)

    def document(self, key: str, subject: str, language: str, *, title: str = "", body: str = "") -> SearchDocument:
        return SearchDocument(
            key=key,
            owner=key,
            page_id=self.page_id,
            subject=subject,
            kind="page",
            language=language,
            url="/",
            title=title,
            body=body,
        )
