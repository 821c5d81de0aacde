from .glossary import GlossaryPage, GlossaryTerm
from .news import CallContact, CallPage, NewsIndexPage, NewsPage
from .project import ProjectPage
from .resources import ResourceIndexPage, ResourcePage
from .topics import TopicIndexPage, TopicPage

__all__ = [
    "CallContact",
    "CallPage",
    "GlossaryPage",
    "GlossaryTerm",
    "NewsIndexPage",
    "NewsPage",
    "ProjectPage",
    "ResourceIndexPage",
    "ResourcePage",
    "TopicIndexPage",
    "TopicPage",
]
