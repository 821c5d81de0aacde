"""What an index is made of. It holds what is needed to find; all that is shown comes from the catalogue."""

import hashlib
import json
from functools import cache
from typing import Any

from elasticsearch.dsl import Keyword, Mapping, Text

from ...documents import FILTERS
from ..embedded.store import FIELD_WEIGHTS
from . import analysis

NAMES = ("title", "labels")
# A tombstone outlives the longest rebuild, so that what was deleted meanwhile is not written again by it.
TOMBSTONES = "6h"


def mapping(language: str) -> Mapping:
    found = Mapping()
    found.meta("dynamic", "strict")
    stemmed = analysis.stemmed(language)
    for name in FIELD_WEIGHTS:
        also = ["names"] if name in NAMES else []
        # Of long texts it is kept where each word stands: to take them apart again for a hit takes longer than to find.
        text = Text(
            analyzer=stemmed,
            index_options="offsets" if name == "body" else "positions",
            copy_to=["everything", "plain", "spelt", *also],
        )
        found.field(name, text)
    # What the thing is called: whether a word is among it, not how often.
    found.field("names", Text(analyzer=stemmed, norms=False, index_options="docs"))
    # All of a text at once: whether it has a word, which phrases it has, and how its words are written.
    found.field("everything", Text(analyzer=stemmed, norms=False, index_options="docs"))
    found.field("plain", Text(analyzer=analysis.plain(language), norms=False, position_increment_gap=100))
    found.field("spelt", Text(analyzer=analysis.spelt(language), norms=False, index_options="freqs"))
    for name in ("owner", "subject", "kind", "language", "read_in", "exact"):
        found.field(name, Keyword())
    found.field("facets", "object", dynamic=True, properties=dict.fromkeys(_facets(), Keyword()))
    # For counting, see there: all values of all filters in one field, and the subject as a number, which is quickly
    # told apart; once more where it has several texts in this language.
    found.field("values", Keyword())
    found.field("subject_number", "long")
    found.field("subject_of_several", "long")
    found.field("part", "boolean")  # not the whole thing; there only if true
    found.field("page", "integer")
    found.field("above", "integer")  # the page and all above it: a restriction of any of them closes it
    found.field("rank", "float")
    for name in ("changed", "begins", "ends"):
        found.field(name, "date")
    for name in ("shown_until", "happened"):
        found.field(name, "date", format="strict_date")
    return found


def body(language: str) -> dict[str, Any]:
    """The body of the request that makes an index."""
    its_mapping = mapping(language)
    settings = {
        "number_of_shards": 1,
        "auto_expand_replicas": "0-1",
        "gc_deletes": TOMBSTONES,
        "analysis": its_mapping._collect_analysis(),
    }
    mappings = its_mapping.to_dict()
    mappings["dynamic_templates"] = [{"facets": {"path_match": "facets.*", "mapping": {"type": "keyword"}}}]
    return {"settings": settings, "mappings": mappings}


@cache
def version(language: str) -> str:
    """Changes with the definition: an index of another version is written anew."""
    return hashlib.sha256(json.dumps(body(language), sort_keys=True).encode()).hexdigest()[:16]


def _facets() -> list[str]:
    return [name for name in FILTERS if name not in ("kind", "language")]
