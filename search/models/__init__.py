"""The catalogue of what can be found, what editors add to searches, and the counts of what was asked."""

from .asked import AskedAs
from .attachments import Attachment, Problem, Reading, ReadPage
from .catalogue import Document, DocumentQuerySet, Word
from .names import Name
from .picks import Pick
from .queries import QueryCount
from .synonyms import Synonym
from .traits import Trait

__all__ = [
    "AskedAs",
    "Attachment",
    "Document",
    "DocumentQuerySet",
    "Name",
    "Pick",
    "Problem",
    "QueryCount",
    "ReadPage",
    "Reading",
    "Synonym",
    "Trait",
    "Word",
]
