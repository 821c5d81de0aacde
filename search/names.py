"""What readers may begin to type: every title and other name, from each of its words on."""

from collections.abc import Iterable, Iterator

from portal.words.analysis import WORD, clean
from portal.words.folding import fold
from portal.words.stopwords import STOPWORDS

from . import bulk
from .documents import SearchDocument

LONGEST = 60  # characters of a name that are compared
BEGINNINGS = 8  # words of a name at which one may begin
MOST_NAMES = 12  # of one document
MOST_CHARACTERS = 250  # of a name that are shown


def beginning(typed: str) -> str:
    """What was typed as names are compared: “Sécurité  de l’” is “securite de l”."""
    return " ".join(fold(word) for word in WORD.findall(clean(typed).lower()))[:LONGEST]


def rows_of(document: SearchDocument, pk: int) -> Iterator[tuple[int, str, int, str]]:
    if document.is_part:
        return
    names = dict.fromkeys(clean(name) for name in (document.title, *document.labels[: MOST_NAMES - 1]))
    for name in filter(None, names):
        words = WORD.findall(name.lower())
        folded = [fold(word) for word in words]
        for place, word in enumerate(words[:BEGINNINGS]):
            if place == 0 or word not in STOPWORDS.get(document.language, ()):
                yield pk, " ".join(folded[place:])[:LONGEST], place, name[:MOST_CHARACTERS]


def write(documents: Iterable[tuple[SearchDocument, int]]) -> None:
    rows = (row for document, pk in documents for row in rows_of(document, pk))
    bulk.insert("search_name", ("document_id", "key", "place", "text"), rows)
