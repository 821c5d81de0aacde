"""What a page says to machines in the words of schema.org: itself, what it is about, and where it stands.

A page is an article; an index is a collection of pages. What a type's pages tell of, such as an event or a term, is a
node of its own that the article is `about`, so that each property stands on a type that has it.
"""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from . import reported
from .addresses import absolute
from .geography import country_name

if TYPE_CHECKING:
    from .head import Head

LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
TYPES = {"index": "CollectionPage", "page": "WebPage", "home": "WebPage"}

Node = dict[str, Any]


def graph(head: "Head") -> Node:
    nodes = [_page(head), *([head.subject] if head.subject else []), *_breadcrumb(head)]
    return {"@context": "https://schema.org", "@graph": nodes}


def _page(head: "Head") -> Node:
    page, reading = head.page, head.reading
    node: Node = {
        "@type": TYPES.get(page.kind, "Article"),
        "@id": head.canonical,
        "headline": head.title if reading.view else page.title,
        "description": head.description,
        "inLanguage": reading.page_language,
        "url": head.canonical,
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "author": {"@type": "Organization", "name": _("The editors of DIY policing: a field guide")},
        "isPartOf": {"@type": "WebSite", "name": _("DIY policing: a field guide"), "url": home(head)},
    }
    if page.first_published_at:
        node["datePublished"] = page.first_published_at.isoformat()
    if page.last_published_at:
        node["dateModified"] = page.last_published_at.isoformat()
    if head.image:
        node["image"] = head.image
    if head.subject:
        node["about"] = {"@id": head.subject["@id"]}
    if reports := [] if reading.view else [_report(each) for each in reported.cited(page)]:
        node["comment"] = reports
    return {**node, **head.extra}


def _report(cited: reported.Cited) -> Node:
    """What somebody tried: where, when, and how it went."""
    country = country_name(cited.country)
    node: Node = {
        "@type": "Comment",
        "genre": _("Report from practice"),
        "text": _("%(outcome)s (%(place)s)") % {"outcome": reported.OUTCOMES[cited.outcome], "place": country},
        "spatialCoverage": place(country, country=cited.country),
    }
    if cited.began:
        node["temporalCoverage"] = f"{cited.began}/{cited.ended or '..'}"
    return node


def home(head: "Head") -> str:
    return absolute(head.reading.request, f"/{head.reading.page_language or settings.LANGUAGE_CODE}/")


def _breadcrumb(head: "Head") -> list[Node]:
    crumbs = head.reading.breadcrumb
    if len(crumbs) < 2:
        return []
    items = []
    for place, crumb in enumerate(crumbs, 1):
        url = absolute(head.reading.request, crumb.url) if crumb.url else head.canonical
        items.append({"@type": "ListItem", "position": place, "name": crumb.label, "item": url})
    return [{"@type": "BreadcrumbList", "itemListElement": items}]


def place(name: str, *, country: str = "", locality: str = "", region: str = "", point: Any = None) -> Node:
    """A place with as much of its address as is known; `point` is latitude and longitude."""
    address = {"addressLocality": locality, "addressRegion": region, "addressCountry": country}
    known = {key: value for key, value in address.items() if value}
    node: Node = {"@type": "Place", "name": name}
    if known:
        node["address"] = {"@type": "PostalAddress", **known}
    if point:
        node["geo"] = {"@type": "GeoCoordinates", "latitude": float(point[0]), "longitude": float(point[1])}
    return node


def organisation(known: Any) -> Node:
    """An organisation of the register with its own address and identities."""
    node: Node = {"@type": "Organization", "name": known.name}
    if known.url:
        node["url"] = known.url
    same = []
    if known.wikidata:
        same.append(f"https://www.wikidata.org/entity/{known.wikidata}")
    if known.ror:
        same.append(known.ror if known.ror.startswith("https://") else f"https://ror.org/{known.ror}")
    return {**node, "sameAs": same} if same else node
