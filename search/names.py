"""What readers may begin to type: every title and other name, from each of its words on."""

from collections.abc import Iterable, Iterator

from .analysis import WORD, clean
from .documents import SearchDocument
from .folding import fold
from .models import Name
from .stopwords import STOPWORDS

LONGEST = 60  # characters of a name that are compared
BEGINNINGS = 8  # words of a name at which one may begin
MOST_NAMES = 12  # of one document
MOST_CHARACTERS = 250  # of a name that are shown


def beginning(typed: str) -> str:
    """What was typed as names are compared: “Sécurité  de l’” is “securite de l”."""
    return " ".join(fold(word) for word in WORD.findall(clean(typed).lower()))[:LONGEST]


def names_of(document: SearchDocument, pk: int) -> Iterator[Name]:
    if document.is_part:
        return
    names = dict.fromkeys(clean(name) for name in (document.title, *document.labels[: MOST_NAMES - 1]))
    for name in filter(None, names):
        words = WORD.findall(name.lower())
        folded = [fold(word) for word in words]
        for place, word in enumerate(words[:BEGINNINGS]):
            if place == 0 or word not in STOPWORDS.get(document.language, ()):
                key = " ".join(folded[place:])[:LONGEST]
                yield Name(document_id=pk, key=key, place=place, text=name[:MOST_CHARACTERS])


def write(documents: Iterable[tuple[SearchDocument, int]]) -> None:
    rows = [name for document, pk in documents for name in names_of(document, pk)]
    Name.objects.bulk_create(rows, batch_size=2000)
