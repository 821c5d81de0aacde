"""BM25 as SQLite's FTS5 computes it, so that both databases rank alike."""

import math
from collections.abc import Mapping

K1 = 1.2
B = 0.75


def rarity(documents: int, holding: int) -> float:
    """What a word tells that `holding` of all documents have."""
    return max(math.log((documents - holding + 0.5) / (holding + 0.5)), 1e-6)


def score(weighted: Mapping[str, float], rarities: Mapping[str, float], relative_length: float) -> float:
    """The score of one document: how often it has each token, weighted by field, and how long it is for the index."""
    norm = K1 * (1 - B + B * relative_length)
    return sum(rarities.get(token, 0.0) * often * (K1 + 1) / (often + norm) for token, often in weighted.items())
