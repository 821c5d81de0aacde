"""Writes documents, their tokens and the words of their texts."""

import json
from collections.abc import Iterable, Iterator, Mapping

from portal.words.analysis import VERSION, clean, exact_key, token, tokens_of
from portal.words.folding import fold

from ... import bulk, names, traits
from ...documents import FILTERS, SearchDocument
from ...models import Document, Word
from .store import FIELD_WEIGHTS, Store, words_by_field

MAX_BODY = 200_000  # characters of one text that are kept; books are not pages
WORD_COLUMNS = ("language", "word", "folded", "token", "length")
Spelling = tuple[str, str]  # language, word


def write(documents: Iterable[SearchDocument], store: Store, known: set[Spelling] | None = None) -> list[int]:
    """Write documents that the index does not have, and return their ids.

    In a rebuild words in `known` have been learnt already, and those that it learns are analysed anew.
    """
    documents = list(documents)
    analysed = [words_by_field(document) for document in documents]
    tokens = [
        {name: tokens_of(words, d.language) for name, words in fields.items()}
        for d, fields in zip(documents, analysed, strict=True)
    ]
    rows = [row_of(d, sum(map(len, fields.values()))) for d, fields in zip(documents, tokens, strict=True)]
    store.write(rows, tokens)
    names.write((d, row.pk) for d, row in zip(documents, rows, strict=True))
    traits.write(
        (row.pk, *trait)
        for d, row, fields in zip(documents, rows, tokens, strict=True)
        for trait in traits.traits(d, fields, FIELD_WEIGHTS)
    )
    spellings = {
        (d.language, word)
        for d, fields in zip(documents, analysed, strict=True)
        for words in fields.values()
        for word in words
    }
    if known is None:
        bulk.insert_new("search_word", WORD_COLUMNS, list(_learnt(spellings)))
    else:
        rows_of_words = [Word(**dict(zip(WORD_COLUMNS, row, strict=True))) for row in _learnt(spellings - known)]
        Word.objects.bulk_create(
            rows_of_words,
            batch_size=2000,
            update_conflicts=True,
            update_fields=["folded", "token", "length"],
            unique_fields=["language", "word"],
        )
        known |= spellings
    return [row.pk for row in rows]


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
        happened=document.happened,
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
        asked="\n".join(clean(line) for line in document.asked),
        body="\n".join(clean(line) for line in document.body[:MAX_BODY].splitlines() if line.strip()),
    )


def _learnt(found: set[Spelling]) -> Iterator[tuple]:
    """Rows of words, as `WORD_COLUMNS` names them."""
    for language, word in sorted(found):
        if its_token := token(word, language):
            yield language, word, fold(word), its_token, len(word)
