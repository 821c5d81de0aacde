"""The Markdown subset of the content files, as Wagtail's rich text."""

import re

import markdown
from bs4 import BeautifulSoup, NavigableString, Tag

from .problems import Place
from .references import Gone, References

ALLOWED = {"p": "p", "ul": "ul", "ol": "ol", "li": "li", "strong": "b", "em": "i", "a": "a", "br": "br"}
LEFTOVER = re.compile(r"\*\*|\]\(|(?<!\w)__|^\s*[*+-] ", re.MULTILINE)
ADDRESS = re.compile(r"(https?|mailto):\S+")


def rich_text(text: str, references: References, place: Place) -> str:
    """Paragraphs, lists, bold, italic and links; anything else is a problem of `place`."""
    soup = BeautifulSoup(markdown.markdown(text.strip()), "html.parser")
    for element in soup.find_all(True):
        if element.name not in ALLOWED:
            place.complain(f"only paragraphs, lists, bold, italic and links are allowed here, not <{element.name}>")
        elif element.name == "a":
            _link(element, references, place)
        elif element.name == "p" and element.find_parent("li"):
            element.unwrap()
        else:
            element.name = ALLOWED[element.name]
    _tidy(soup, place)
    return str(soup)


def _tidy(soup: BeautifulSoup, place: Place) -> None:
    """No white space between and round the blocks, and no Markdown that was meant but not understood."""
    for node in list(soup.find_all(string=True)):
        if not node.strip() and not node.find_parent(["p", "li"]):
            node.extract()
        elif leftover := LEFTOVER.search(node):
            place.complain(f"unfinished Markdown at “{node[leftover.start() : leftover.start() + 30]}”")
        else:
            node.replace_with(NavigableString(re.sub(r"\s+", " ", node)))
    for item in soup.find_all("li"):
        for end, strip in ((-1, str.rstrip), (0, str.lstrip)):
            edge = item.contents[end] if item.contents else None
            if isinstance(edge, NavigableString):
                edge.replace_with(NavigableString(strip(edge)))


def _link(element: Tag, references: References, place: Place) -> None:
    """`code:x` leads to the page with that code; a link to a page that is gone leaves its words behind."""
    href = str(element.attrs.get("href", ""))
    if href.startswith("code:"):
        try:
            page = references.page(href.removeprefix("code:"), "wagtailcore.Page", place)
            element.attrs = {"linktype": "page", "id": str(page)}
        except Gone:
            element.unwrap()
    elif ADDRESS.fullmatch(href):
        element.attrs = {"href": href}
    else:
        place.complain(f"“{href}” is no address: write https://… or code:… of a page")
