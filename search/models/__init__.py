"""The catalogue of what can be found, what editors add to searches, and the counts of what was asked."""

from .catalogue import Document, DocumentQuerySet, Word
from .names import Name
from .picks import Pick
from .queries import QueryCount
from .synonyms import Synonym

__all__ = ["Document", "DocumentQuerySet", "Name", "Pick", "QueryCount", "Synonym", "Word"]
