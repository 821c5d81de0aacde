"""What would break a page: tags, links, placeholders, length."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote

from django.utils.translation import gettext as _
from wagtail_localize.strings import INLINE_TAGS

from portal.xml_text import NOT_IN_XML

from .pair import PLACEHOLDER, TAG, Pair, Problem, error, warning

LONE = {"br"}
ACTIVE = {"script", "style", "iframe", "object", "embed", "svg", "math", "form", "base", "link", "meta", "template"}
STRONG = {"b": "b", "strong": "b", "i": "i", "em": "i"}
BEGINS_TAG = re.compile(r"<[a-zA-Z/]")
DECLARES = re.compile(r"<[!?]")  # a comment or the like
HIDDEN = re.compile(r"[\x00-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
RUNS = re.compile(r"(?:javascript|vbscript|livescript):(?=\S)|data:text/", re.I)
SURROGATES = re.compile(r"[\ud800-\udfff]")


LONGEST, TIMES_THE_ORIGINAL = 20_000, 4  # characters of markup
DEEPEST = 20  # tags in tags: whoever puts the page together goes down one by one


class Markup(HTMLParser):
    """The tags of one text, read as Wagtail reads them when the page is put together."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.unsafe: list[str] = []
        self.tags: Counter[str] = Counter()
        self.links: Counter[str] = Counter()
        self.links_without_id = 0
        self._open: list[str] = []
        # The parser would look for the end of these again and again.
        self.unsafe += dict.fromkeys(DECLARES.findall(text))
        if BEGINS_TAG.search(TAG.sub("", text)):
            self.faults.append(_("A tag is not finished: its > is missing."))
        self.is_read = not (self.unsafe or self.faults)
        if not self.is_read:
            return
        self.feed(text)
        self.close()
        self.faults += [_("<%(tag)s> is not closed.") % {"tag": tag} for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._seen(tag, attrs)
        if tag not in LONE:
            self._open.append(tag)
        if len(self._open) == DEEPEST + 1:
            self.faults.append(_("Too many tags stand within one another."))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._seen(tag, attrs)
        if tag not in LONE:
            self.faults.append(_("<%(tag)s> has nothing in it.") % {"tag": tag})

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open[-1:]:
            self._open.pop()
        elif tag in self._open:
            self.faults.append(_("</%(tag)s> stands in the wrong place.") % {"tag": tag})
            self._open.remove(tag)
        else:
            self.faults.append(_("</%(tag)s> closes what was not opened.") % {"tag": tag})

    def _seen(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        if tag in ACTIVE:
            self.unsafe.append(f"<{tag}>")
        elif tag not in INLINE_TAGS:
            self.faults.append(_("<%(tag)s> cannot be used here.") % {"tag": tag})
        given = dict(attrs)
        if tag == "a":
            name = given.pop("id", None)
            self.links.update([name] if name else [])
            self.links_without_id += not name
        for name, value in given.items():
            acts = name.startswith("on") or name == "style" or RUNS.search(HIDDEN.sub("", unquote(value or "")))
            if acts:
                self.unsafe.append(f"{name}=")
            else:
                self.faults.append(_("<%(tag)s> cannot have “%(name)s”.") % {"tag": tag, "name": name})


def room(source: str) -> int:
    return max(LONGEST, TIMES_THE_ORIGINAL * len(source))


def is_too_long(source: str, text: str) -> bool:
    return len(text) > room(source)


def too_long(length: int, limit: int) -> Problem:
    numbers = {"length": length, "limit": limit}
    return error("length", _("%(length)d characters, and there is room for %(limit)d.") % numbers)


def empty() -> Problem:
    return error("empty", _("There is no text."))


def check(pair: Pair) -> Iterator[Problem]:
    source, text = Markup(pair.source), Markup(pair.text)
    yield from _unsafe(pair, text)
    if text.faults:
        yield error("markup", " ".join(dict.fromkeys(text.faults)))
    if not text.is_read:
        return
    yield from _links(source, text)
    yield from _formatting(pair, source, text)
    yield from _placeholders(pair)
    length = len(pair.plain)
    if pair.max_length and length > pair.max_length:
        yield too_long(length, pair.max_length)


def _unsafe(pair: Pair, text: Markup) -> Iterator[Problem]:
    bare = HIDDEN.sub("", pair.plain)
    found = text.unsafe + [match for match in RUNS.findall(bare) if match not in pair.plain_source]
    if found:
        yield error("unsafe", _("This is not safe and cannot be used here: %(what)s") % {"what": ", ".join(found)})
    if NOT_IN_XML.search(pair.plain) or SURROGATES.search(pair.plain):
        yield error("characters", _("The text has characters that no page can show. Type it anew."))


def _links(source: Markup, text: Markup) -> Iterator[Problem]:
    if text.links_without_id:
        yield error("link_without_id", _("A link does not say which one of the original it is."))
    if lost := sorted((source.links - text.links).keys()):
        yield error("link_missing", _("Links of the original are missing: %(links)s") % {"links": ", ".join(lost)})
    if unknown := sorted(set(text.links) - set(source.links)):
        found = {"links": ", ".join(unknown)}
        yield error("link_unknown", _("The original has no such links: %(links)s") % found)
    elif more := sorted((text.links - source.links).keys()):
        yield error(
            "link_added", _("Links stand there more often than in the original: %(links)s") % {"links": ", ".join(more)}
        )


def _formatting(pair: Pair, source: Markup, text: Markup) -> Iterator[Problem]:
    if pair.kind == "text":
        if tags := sorted(set(text.tags) - LONE):
            names = ", ".join(f"<{tag}>" for tag in tags)
            yield error("formatting", _("This text takes no formatting: %(tags)s would be lost.") % {"tags": names})
        return
    lost = {kind for tag, kind in STRONG.items() if source.tags[tag]} - {
        kind for tag, kind in STRONG.items() if text.tags[tag]
    }
    if lost:
        names = ", ".join(f"<{tag}>" for tag in sorted(lost))
        yield warning("formatting", _("The original has %(tags)s, the translation has not.") % {"tags": names})


def _placeholders(pair: Pair) -> Iterator[Problem]:
    source, text = (Counter(PLACEHOLDER.findall(each)) for each in (pair.plain_source, pair.plain))
    if source != text:
        names = ", ".join(sorted(set((source - text) | (text - source))))
        yield error("placeholder", _("Keep each of these as often as in the original: %(names)s") % {"names": names})
