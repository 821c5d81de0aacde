from .consent import Consent, Person
from .images import PortalImage, PortalRendition
from .pages import KnowledgePage, PageFacet, PageSource, PageTag, fields_that_follow
from .site import HomePage, StandardPage
from .stamps import Stamp
from .terms import Organisation, Platform, Term
from .translations import TranslationState

__all__ = [
    "Consent",
    "HomePage",
    "KnowledgePage",
    "Organisation",
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
