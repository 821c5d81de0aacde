from .consent import Consent, Person
from .images import PortalImage, PortalRendition
from .outbox import OutboxRow
from .pages import KnowledgePage, PageFacet, PageSource, PageTag, fields_that_follow
from .site import HomePage, StandardPage
from .stamps import Stamp
from .terms import Organisation, Platform, Term
from .translations import TranslationState
from .workflow import PageApproval

__all__ = [
    "Consent",
    "HomePage",
    "KnowledgePage",
    "Organisation",
    "OutboxRow",
    "PageApproval",
    "PageFacet",
    "PageSource",
    "PageTag",
    "Person",
    "Platform",
    "PortalImage",
    "PortalRendition",
    "Stamp",
    "StandardPage",
    "Term",
    "TranslationState",
    "fields_that_follow",
]
