"""Writes documents, their tokens and the words of their texts."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from ... import names
from ...analysis import VERSION, clean, exact_key, token, tokens_of
from ...documents import FILTERS, SearchDocument
from ...folding import fold
from ...models import Document, Word
from ..base import Progress
from .store import Store, words_by_field

BATCH = 100
MAX_BODY = 200_000  # characters of one text that are kept; books are not pages


Spelling = tuple[str, str]  # language, word


def write(documents: Iterable[SearchDocument], store: Store, known: set[Spelling] | None = None) -> None:
    """Write documents that the index does not have. Words in `known` have been learnt already."""
    documents = list(documents)
    analysed = [words_by_field(document) for document in documents]
    tokens = [
        {name: tokens_of(words, d.language) for name, words in fields.items()}
        for d, fields in zip(documents, analysed, strict=True)
    ]
    rows = Document.objects.bulk_create(
        [row_of(d, sum(map(len, fields.values()))) for d, fields in zip(documents, tokens, strict=True)]
    )
    names.write((d, row.pk) for d, row in zip(documents, rows, strict=True))
    store.write((row.pk, fields) for row, fields in zip(rows, tokens, strict=True))
    spellings = {
        (d.language, word)
        for d, fields in zip(documents, analysed, strict=True)
        for words in fields.values()
        for word in words
    }
    _learn(spellings - known if known else spellings)
    if known is not None:
        known |= spellings


def rebuild(documents: Iterator[SearchDocument], progress: Progress, store: Store) -> int:
    Document.objects.all().delete()
    Word.objects.all().delete()
    written = 0
    known: set[Spelling] = set()
    while batch := list(islice(documents, BATCH)):
        write(batch, store, known)
        written += len(batch)
        progress(written)
    return written


def facets_text(facets: Mapping[str, tuple[str, ...]]) -> str:
    """The facets that readers can filter by, always the same text for the same facets: so few texts are counted."""
    kept = {name: sorted(facets[name]) for name in FILTERS if facets.get(name)}
    return json.dumps(kept, separators=(",", ":"))


def row_of(document: SearchDocument, length: int) -> Document:
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
        tags="\n".join(clean(tag) for tag in document.tags if tag.strip()),
        headings="\n".join(clean(line) for line in document.headings.splitlines() if line.strip()),
        card=dict(document.card),
        sections=[list(section) for section in document.sections],
        body="\n".join(clean(line) for line in document.body[:MAX_BODY].splitlines() if line.strip()),
    )


def _learn(found: set[Spelling]) -> None:
    rows = []
    for language, word in sorted(found):
        if its_token := token(word, language):
            rows.append(Word(language=language, word=word, folded=fold(word), token=its_token, length=len(word)))
    Word.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
