"""What a page is compared with others by: the words that it uses most, and what editors noted of it.

Chosen when the page is indexed, so that finding pages like it takes one query. How much a trait tells depends on how
many others have it, which is asked then.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice

from django.apps import apps

from portal.models import KnowledgePage

from . import bulk
from .documents import SearchDocument

MOST_WORDS = 40
SHORTEST = 3  # letters of a stem
LONGEST = 120  # characters of a code
DIGIT = re.compile(r"\d")  # of any script
# What editors noted tells more than any one word. A country says little of what something is about.
NOTED = {"tag": 6.0, "use": 2.0, "risk": 2.0, "benefit": 2.0, "group": 2.0, "country": 2.0}


@cache
def compared_kinds() -> frozenset[str]:
    models = (model for model in apps.get_models() if issubclass(model, KnowledgePage))
    return frozenset(model.kind for model in models if model.has_similar_pages)


def marker(language: str) -> str:
    """The code that every text of a language has: so it says how many there are."""
    return f"{language}:"


def traits(
    document: SearchDocument, tokens: Mapping[str, list[str]], weights: Mapping[str, float]
) -> Iterator[tuple[str, float]]:
    """Codes with their weights, whose squares add up to one: so long texts are not more like everything.

    `weights` says what a word is worth in which field.
    """
    if document.is_part or document.kind not in compared_kinds():
        return
    yield marker(document.language), 0.0
    found = {token: 1 + math.log(worth) for token, worth in _most_used(tokens, weights, document.language)}
    for name, weight in NOTED.items():
        found |= {f"{marker(document.language)}{name}:{value}": weight for value in document.facets.get(name, ())}
    length = math.sqrt(sum(weight * weight for weight in found.values()))
    yield from ((code[:LONGEST], weight / length) for code, weight in found.items())


def _most_used(tokens: Mapping[str, list[str]], weights: Mapping[str, float], language: str) -> list[tuple[str, float]]:
    worth: dict[str, float] = defaultdict(float)
    for field, found in tokens.items():
        for token in found if field != "asked" else ():  # what readers say of a page is not what it says
            worth[token] += weights[field]
    most_first = sorted(worth.items(), key=lambda pair: pair[1], reverse=True)
    return list(islice((pair for pair in most_first if _tells(pair[0], language)), MOST_WORDS))


def _tells(token: str, language: str) -> bool:
    stem = token.removeprefix(language)
    return len(stem) >= SHORTEST and not DIGIT.search(stem)


def write(rows: Iterable[tuple[int, str, float]]) -> None:
    bulk.insert("search_trait", ("document_id", "code", "weight"), rows)
