"""The Markdown subset of the content files, as Wagtail's rich text."""

import re

import markdown
from bs4 import BeautifulSoup, NavigableString

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
            try:
                element.attrs = _link(element.attrs.get("href", ""), references, place)
            except Gone:
                element.unwrap()
        elif element.name == "p" and element.parent.name == "li":
            element.unwrap()
        else:
            element.name = ALLOWED[element.name]
    _tidy(soup, place)
    return str(soup)


def _tidy(soup: BeautifulSoup, place: Place) -> None:
    """No white space between and round the blocks, and no Markdown that was meant but not understood."""
    for node in list(soup.find_all(string=True)):
        if node.parent.name in {"[document]", "ul", "ol"} and not node.strip():
            node.extract()
        elif leftover := LEFTOVER.search(node):
            place.complain(f"unfinished Markdown at “{node[leftover.start() : leftover.start() + 30]}”")
        else:
            node.replace_with(NavigableString(re.sub(r"\s+", " ", node)))
    for item in soup.find_all("li"):
        for end, strip in ((-1, str.rstrip), (0, str.lstrip)):
            if isinstance(item.contents[end], NavigableString):
                item.contents[end].replace_with(NavigableString(strip(item.contents[end])))


def _link(href: str, references: References, place: Place) -> dict[str, str]:
    if href.startswith("code:"):
        return {"linktype": "page", "id": str(references.page(href.removeprefix("code:"), "wagtailcore.Page", place))}
    if not ADDRESS.fullmatch(href):
        place.complain(f"“{href}” is no address: write https://… or code:… of a page")
    return {"href": href}
