"""Writes documents, their tokens and the words of their texts."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from ...analysis import VERSION, clean, exact_key, token, words
from ...documents import FILTERS, SearchDocument
from ...folding import fold
from ...models import Document, Word
from ..base import Progress
from .store import Store, tokens_by_field

BATCH = 100
MAX_BODY = 200_000  # characters of one text that are kept; books are not pages


def write(documents: Iterable[SearchDocument], store: Store) -> None:
    documents = list(documents)
    tokens = [tokens_by_field(document) for document in documents]
    rows = Document.objects.bulk_create(
        [_row(d, sum(map(len, fields.values()))) for d, fields in zip(documents, tokens, strict=True)]
    )
    store.write((row.pk, fields) for row, fields in zip(rows, tokens, strict=True))
    _learn(_words(documents))


def rebuild(documents: Iterator[SearchDocument], progress: Progress, store: Store) -> int:
    Document.objects.all().delete()
    Word.objects.all().delete()
    written = 0
    while batch := list(islice(documents, BATCH)):
        write(batch, store)
        written += len(batch)
        progress(written)
    return written


def facets_text(facets: Mapping[str, tuple[str, ...]]) -> str:
    """The facets that readers can filter by, always the same text for the same facets: so few texts are counted."""
    kept = {name: sorted(facets[name]) for name in FILTERS if facets.get(name)}
    return json.dumps(kept, separators=(",", ":"))


def _row(document: SearchDocument, length: int) -> Document:
    names = dict.fromkeys(exact_key(name) for name in (document.title, *document.labels))
    return Document(
        key=document.key,
        owner=document.owner,
        page_id=document.page_id,
        subject=document.subject,
        kind=document.kind,
        language=document.language,
        length=length,
        rank=document.rank,
        is_part=document.is_part,
        shown_until=document.shown_until,
        changed=document.changed,
        analyser=VERSION,
        facets=facets_text({**document.facets, "kind": (document.kind,)}),
        exact=f"|{'|'.join(name for name in names if name)}|",
        url=document.url,
        title=clean(document.title),
        summary=clean(document.summary),
        labels="\n".join(clean(label) for label in document.labels if label.strip()),
        card=dict(document.card),
        body="\n".join(clean(line) for line in document.body[:MAX_BODY].splitlines() if line.strip()),
    )


def _words(documents: Iterable[SearchDocument]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for d in documents:
        text = "\n".join((d.title, d.summary, d.headings, d.body, *d.labels, *d.tags))
        found |= {(d.language, word) for word in words(clean(text), d.language)}
    return found


def _learn(found: set[tuple[str, str]]) -> None:
    rows = []
    for language, word in sorted(found):
        if its_token := token(word, language):
            rows.append(Word(language=language, word=word, folded=fold(word), token=its_token, length=len(word)))
    Word.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
