"""The types of content files and where their records live.

The order is the order of pages below the same parent.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps

ModelClass = type[Any]  # a model of which only the label is known here


@dataclass(frozen=True)
class Kind:
    type: str
    model_label: str
    parent: str = ""
    keeps_slug: bool = False  # translations keep the slug of the original, for it stands in permanent addresses

    @property
    def model(self) -> ModelClass:
        return apps.get_model(self.model_label)

    @property
    def is_page(self) -> bool:
        return bool(self.parent)


ROOT = "root"

PAGES = {
    kind.type: kind
    for kind in [
        Kind("home", "portal.HomePage", ROOT, keeps_slug=True),
        Kind("topic_index", "library.TopicIndexPage", "home", keeps_slug=True),
        Kind("topic", "library.TopicPage", "topics"),
        Kind("pattern_index", "patterns.PatternIndexPage", "home", keeps_slug=True),
        Kind("pattern_group", "patterns.PatternGroupPage", "patterns"),
        Kind("pattern", "patterns.PatternPage", "patterns"),
        Kind("practice_index", "practices.PracticeIndexPage", "home", keeps_slug=True),
        Kind("practice", "practices.PracticePage", "practices"),
        Kind("workshop_index", "workshops.WorkshopIndexPage", "home", keeps_slug=True),
        Kind("workshop_series", "workshops.WorkshopSeriesPage", "workshops"),
        Kind("workshop", "workshops.WorkshopPage", "workshops"),
        Kind("recommendation_index", "workshops.RecommendationIndexPage", "home", keeps_slug=True),
        Kind("recommendation", "workshops.RecommendationPage", "recommendations"),
        Kind("collection_index", "patterns.CollectionIndexPage", "home", keeps_slug=True),
        Kind("collection", "patterns.CollectionPage", "collections"),
        Kind("resource_index", "library.ResourceIndexPage", "home", keeps_slug=True),
        Kind("resource", "library.ResourcePage", "resources"),
        Kind("glossary", "library.GlossaryPage", "home", keeps_slug=True),
        Kind("news_index", "library.NewsIndexPage", "home", keeps_slug=True),
        Kind("news", "library.NewsPage", "news"),
        Kind("call", "library.CallPage", "news"),
        Kind("standard", "portal.StandardPage", "about"),
        Kind("project", "library.ProjectPage", "about"),
    ]
}

ROWS = {
    kind.type: kind
    for kind in [
        Kind("organisation", "portal.Organisation"),
        Kind("platform", "portal.Platform"),
        Kind("consent", "portal.Consent"),
        Kind("person", "portal.Person"),
        Kind("term", "portal.Term"),
        Kind("glossary_term", "library.GlossaryTerm"),
    ]
}
KINDS = PAGES | ROWS

# Files that hold many records: the type of the file, the type of each record, and the key of the list.
LISTS = {
    "organisations": ("organisation", "organisations"),
    "platforms": ("platform", "platforms"),
    "people": ("person", "people"),
    "consents": ("consent", "consents"),
    "terms": ("term", "terms"),
    "glossary_terms": ("glossary_term", "terms"),
}

# A file that holds what readers ask for pages and terms, see `asked`.
ASKED, ASKED_FILE = "asked_as", "asked.yaml"

# Files name the sources of a page `sources`; the relation carries the name of its app.
RELATIONS = {"sources": "portal_sources"}
