"""BM25 as SQLite's FTS5 computes it, so that both databases rank alike."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

K1 = 1.2
B = 0.75


@dataclass(frozen=True)
class Statistics:
    documents: int
    average_length: float
    frequencies: Mapping[str, int]  # documents that hold the token

    def rarity(self, token: str) -> float:
        frequency = self.frequencies.get(token, 1)
        return max(math.log((self.documents - frequency + 0.5) / (frequency + 0.5)), 1e-6)


def score(weighted: Mapping[str, float], length: int, statistics: Statistics) -> float:
    """The score of one document from the weighted frequencies of the query's tokens."""
    norm = K1 * (1 - B + B * length / statistics.average_length)
    return sum(statistics.rarity(token) * w * (K1 + 1) / (w + norm) for token, w in weighted.items())
