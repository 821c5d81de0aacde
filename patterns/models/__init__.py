from .collections import CollectionIndexPage, CollectionPage
from .patterns import PatternGroupPage, PatternIndexPage, PatternPage, PatternRelation

__all__ = [
    "CollectionIndexPage",
    "CollectionPage",
    "PatternGroupPage",
    "PatternIndexPage",
    "PatternPage",
    "PatternRelation",
]
