from .collections import CollectionIndexPage, CollectionPage
from .kept import KeptSequence
from .patterns import PatternGroupPage, PatternIndexPage, PatternPage, PatternRelation

__all__ = [
    "CollectionIndexPage",
    "CollectionPage",
    "KeptSequence",
    "PatternGroupPage",
    "PatternIndexPage",
    "PatternPage",
    "PatternRelation",
]
