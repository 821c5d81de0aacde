"""What a page says, taken from the page as readers get it.

A sheet is made of the HTML of its page, so it says what the page says: in the same order, under the same headings, and
with nothing that the page withholds. What only serves a screen is left out, as the print styles leave it out.

A block is a dict with its kind in `t`: `h` (heading, with `level`), `p`, `ul`, `ol`, `dl`, `table`, `image`, and
`aside`, `turn` and `quote`, which hold blocks. Text is a list of runs: `s`, and where they differ from what is round
them `b`, `i`, `lang`, `href`.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

Block = dict[str, Any]
Run = dict[str, Any]

LEFT_OUT_TAGS = {"script", "style", "template", "nav", "form", "button", "input", "select", "textarea", "svg"}
LEFT_OUT_CLASSES = {"noprint", "langbar", "contents", "printline", "opener-tab", "state", "crumbs", "go-line"}
LEFT_OUT_SECTIONS = {"talk"}  # the discussion: what others wrote stays on the site
HEADINGS = {f"h{level}": level for level in range(1, 7)}
HOLDERS = {
    "div",
    "section",
    "article",
    "header",
    "footer",
    "figure",
    "details",
    "main",
    "aside",
    "blockquote",
    "address",
}
BLOCKS = {"p", "ul", "ol", "dl", "table", "summary", "figcaption", "img", "caption", *HEADINGS, *HOLDERS}
BOLD, ITALIC = {"b", "strong", "dfn", "th"}, {"i", "em", "cite"}
SPACES = re.compile(r"\s+")
# What the typesetter takes; it would refuse the whole file for anything else.
LANGUAGE = re.compile(r"[a-z]{2,3}", re.I)
LONGEST_LINK = 8000


def blocks_of(html: str, address: str, picture: Callable[[str], str | None]) -> list[Block]:
    """The blocks of a page's main part; `picture` gives a drawing for the source of an image, or nothing."""
    main = BeautifulSoup(html, "html.parser").find("main")
    if not isinstance(main, Tag):
        return []
    found = list(Reader(address, picture).blocks(main, {}))
    return list(_levelled(found, [1]))


class Reader:
    def __init__(self, address: str, picture: Callable[[str], str | None]) -> None:
        self.address = address
        self.picture = picture

    def blocks(self, node: Tag, style: Run) -> Iterator[Block]:
        """The blocks under `node`; text that stands beside blocks becomes a paragraph of its own."""
        line: list[Run] = []
        for child in node.children:
            if _is_left_out(child):
                continue
            if isinstance(child, Tag) and (child.name in BLOCKS or _holds_blocks(child)):
                yield from _paragraph(line)
                line = []
                yield from self.block(child, self.styled(child, style))
            else:
                line += _apart(line, child, self.runs(child, style))
        yield from _paragraph(line)

    def block(self, tag: Tag, style: Run) -> Iterator[Block]:
        name = tag.name
        if name in HEADINGS:
            yield from _paragraph(self.inside(tag, style), t="h", level=HEADINGS[name])
        elif name in ("ul", "ol"):
            items = [list(self.blocks(item, self.styled(item, style))) for item in _children(tag, "li")]
            yield from _holding(name, items=[item for item in items if item])
        elif name == "dl":
            yield from _holding("dl", items=list(self.pairs(tag, style)))
        elif name == "table":
            yield from self.table(tag, style)
        elif name == "img":
            yield from self.image(tag)
        elif name == "summary":
            yield from _paragraph(self.inside(tag, {**style, "b": True}))
        else:
            yield from self.holder(tag, style)

    def holder(self, tag: Tag, style: Run) -> Iterator[Block]:
        inner = self.blocks(tag, style)
        kind = _kind(tag)
        if kind:
            yield from _holding(kind, blocks=list(inner))
        else:
            yield from inner

    def pairs(self, tag: Tag, style: Run) -> Iterator[list[Any]]:
        """Of a list of terms each term with what is said of it."""
        term: list[Run] = []
        said: list[Block] = []
        for child in tag.find_all(["dt", "dd"]):
            if child.find_parent("dl") is not tag or _is_left_out(child):
                continue
            if child.name == "dt":
                if term or said:
                    yield [term, said]
                term, said = self.inside(child, self.styled(child, style)), []
            else:
                said += self.blocks(child, self.styled(child, style))
        if term or said:
            yield [term, said]

    def table(self, tag: Tag, style: Run) -> Iterator[Block]:
        rows = [
            [list(self.blocks(cell, self.styled(cell, style))) for cell in row.find_all(["th", "td"], recursive=False)]
            for row in tag.find_all("tr")
        ]
        width = max((len(row) for row in rows), default=0)
        rows = [[*row, *([[]] * (width - len(row)))] for row in rows if row]
        caption = tag.find("caption")
        if isinstance(caption, Tag):
            yield from _paragraph(self.inside(caption, style))
        has_head = tag.find("thead") is not None
        if width:
            yield {"t": "table", "width": width, "head": rows[0] if has_head else [], "rows": rows[has_head:]}

    def image(self, tag: Tag) -> Iterator[Block]:
        drawn = self.picture(str(tag.get("src", "")))
        if drawn:
            yield {"t": "image", "drawn": drawn, "alt": str(tag.get("alt", ""))}

    # Text

    def inside(self, tag: Tag, style: Run) -> list[Run]:
        found: list[Run] = []
        for child in tag.children:
            if not _is_left_out(child):
                found += _apart(found, child, self.runs(child, style))
        return found

    def runs(self, node: Any, style: Run) -> list[Run]:
        if isinstance(node, NavigableString):
            words = SPACES.sub(" ", str(node))
            return [{**style, "s": words}] if words else []
        if node.name == "br":
            return [{**style, "s": "\n"}]
        return self.inside(node, self.styled(node, style))

    def styled(self, tag: Tag, style: Run) -> Run:
        added: Run = {}
        if tag.name in BOLD or {"kind", "dir"} & set(tag.get_attribute_list("class")):
            added["b"] = True
        if tag.name in ITALIC:
            added["i"] = True
        if language := _language(str(tag.get("lang", ""))):
            added["lang"] = language
        if tag.name == "a" and (target := self.target(str(tag.get("href", "")))):
            added["href"] = target
        return {**style, **added} if added else style

    def target(self, href: str) -> str:
        """Where a link leads; empty within the page, and for what is no address."""
        if not href or href.startswith("#"):
            return ""
        try:
            whole = urljoin(self.address, href)
        except ValueError:
            return ""
        return whole if len(whole.encode()) <= LONGEST_LINK else ""


def _language(code: str) -> str:
    """Of a code such as pt-BR the language; empty for what editors wrote and is none."""
    language = code.partition("-")[0]
    return language if LANGUAGE.fullmatch(language) else ""


def _is_left_out(node: Any) -> bool:
    if not isinstance(node, Tag):
        return isinstance(node, PreformattedString)  # comments and the like
    if node.name in LEFT_OUT_TAGS or node.get("aria-hidden") == "true":
        return True
    return bool(LEFT_OUT_CLASSES & set(node.get_attribute_list("class"))) or (
        node.get("aria-labelledby") in LEFT_OUT_SECTIONS
    )


def _holds_blocks(tag: Tag) -> bool:
    return tag.find(list(BLOCKS)) is not None


def _kind(tag: Tag) -> str:
    classes = set(tag.get_attribute_list("class"))
    if "turn" in classes:
        return "turn"
    if tag.name == "blockquote":
        return "quote"
    return "aside" if tag.name == "aside" else ""


def _children(tag: Tag, name: str) -> list[Tag]:
    return [child for child in tag.find_all(name, recursive=False) if not _is_left_out(child)]


def _apart(before: list[Run], node: Any, runs: list[Run]) -> list[Run]:
    """Runs that the style sheet sets apart, though no space stands between them."""
    if not (before and runs) or str(before[-1]["s"])[-1:].isspace():
        return runs
    first = str(runs[0]["s"])[:1]
    if first.isspace() or first in ".,;:)":
        return runs
    is_bold, after_tag = before[-1].get("b"), isinstance(node.previous_sibling, Tag)
    if isinstance(node, Tag):
        is_set_apart = after_tag if node.name in ("span", "b", "a", "time") else False
        is_set_apart = is_set_apart or "small" in node.get_attribute_list("class")
    else:
        is_set_apart = bool(is_bold) and after_tag and first.isupper()
    return [{"s": ": " if is_bold else " · "}, *runs] if is_set_apart else runs


def _paragraph(line: list[Run], **kind: Any) -> Iterator[Block]:
    merged: list[Run] = []
    for run in line:
        if merged and {**merged[-1], "s": ""} == {**run, "s": ""}:
            merged[-1] = {**run, "s": merged[-1]["s"] + run["s"]}
        else:
            merged.append(run)
    if merged:
        merged[0] = {**merged[0], "s": merged[0]["s"].lstrip()}
        merged[-1] = {**merged[-1], "s": merged[-1]["s"].rstrip()}
    merged = [run for run in merged if run["s"]]
    if merged:
        yield {"t": "p", **kind, "runs": merged}


def _holding(kind: str, **parts: list[Any]) -> Iterator[Block]:
    if any(parts.values()):
        yield {"t": kind, **parts}


def _levelled(found: list[Block], last: list[int]) -> Iterator[Block]:
    """No level of headings is jumped over; the first one of the page is its title, which the sheet prints itself."""
    for block in found:
        if block["t"] == "h":
            level = min(int(block["level"]), last[0] + 1)
            if level == 1:
                continue
            last[0] = level
            yield {**block, "level": level}
        elif "blocks" in block:
            yield {**block, "blocks": list(_levelled(block["blocks"], last))}
        elif block["t"] in ("ul", "ol"):
            yield {**block, "items": [list(_levelled(item, last)) for item in block["items"]]}
        else:
            yield block
