"""BM25 as SQLite's FTS5 computes it, so that both databases rank alike."""

import math

K1 = 1.2
B = 0.75


def rarity(documents: int, holding: int) -> float:
    """What a word tells that `holding` of all documents have. Never nothing."""
    return math.log(1 + (max(documents, holding) - holding + 0.5) / (holding + 0.5))


def saturation(often: float, relative_length: float) -> float:
    """How much a word says of a document that has it so often, weighted by field, and is so long for the index."""
    return often * (K1 + 1) / (often + K1 * (1 - B + B * relative_length))
