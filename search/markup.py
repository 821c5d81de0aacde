"""The hits of the result page as HTML.

In Python and not in a template: ten hits cost 3 ms of a template's time and a tenth of that here.
"""

import datetime
from collections.abc import Mapping
from functools import cache, lru_cache
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

from portal.cards import stars
from portal.languages import language_name
from portal.vocabulary import PatternGroup

from .documents import Hit, Results, Version
from .explaining import Explanation
from .filters import all_kind_names

# What is printed large beside a hit stands in the colour of its group; `number` is said by screen readers before the
# title. `reader` and `own` name the language of a text where it differs from that around it.
HIT = (
    '<li><article class="rowcard" data-group="{colour}"><span class="num{abbr}" aria-hidden="true">{mark}</span>'
    '<div{own}><h3><a href="{url}"{link}>{number}{title}</a></h3>\n'
    '<p class="meta"{reader}>{meta}</p>\n'
    "<p>{summary}</p>{therefore}{passage}{asked}\n"
    "{names}{on}{why}</div></article></li>"
)


def hits(results: Results, explained: Mapping[str, Explanation]) -> SafeString:
    """The list of them, in the active language; `explained` by subject, for editors."""
    writer = _Writer(results.query.language)
    items = [writer.hit(hit, explained.get(hit.subject)) for hit in results.hits]
    return mark_safe(f'<ol class="rowcards">{"".join(items)}</ol>' if items else "")


class _Words:
    """What hits say, translated once."""

    def __init__(self) -> None:
        self.therefore, self.section, self.asked = _("Therefore:"), _("In the section"), _("Answers:")
        self.label, self.versions, self.on = _("Found through:"), _("Also in:"), _("Attached to:")
        self.colon = pgettext("after a label", ":")
        self.pattern, self.page, self.changed = _("Pattern %(number)s:"), _("page %(number)d"), _("changed %(date)s")
        self.groups = {group.value: _("Group %(group)s") % {"group": group.label} for group in PatternGroup}


@cache
def _words(language: str) -> _Words:
    """In the active language, which `language` names."""
    return _Words()


@cache
def _stars(confidence: int | None, language: str) -> SafeString:
    return stars(confidence)


@lru_cache(maxsize=1000)
def _day(day: datetime.date, language: str) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


@cache
def own_language_name(code: str) -> str:
    return str(get_language_info(code)["name_local"])


class _Writer:
    def __init__(self, language: str) -> None:
        self.language = language
        self.words = _words(language)
        self.kinds = all_kind_names()

    def hit(self, hit: Hit, explanation: Explanation | None) -> str:
        card, words = hit.card, self.words
        group, mark = card.get("group", ""), card.get("number", "")
        is_pattern = bool(mark) and group in words.groups
        is_foreign = hit.language != self.language
        reader, code = f' lang="{self.language}"' if is_foreign else "", escape(hit.language)
        number = words.pattern % {"number": mark} if is_pattern else self._kind_first(hit)
        return HIT.format(
            colour=escape(group) or "place",
            abbr="" if number else " abbr",
            mark=escape(mark),
            own=f' lang="{code}"' if is_foreign else "",
            url=escape(hit.url),
            link=f' hreflang="{code}"' if is_foreign else "",
            number=f'<span class="vh"{reader}>{escape(number)} </span>' if number else "",
            title=conditional_escape(hit.title),
            reader=reader,
            meta=self._meta(hit, words.groups[group] if is_pattern else ""),
            summary=conditional_escape(hit.summary),
            therefore=f"<p><b{reader}>{words.therefore}</b> {conditional_escape(hit.therefore)}</p>"
            if hit.therefore
            else "",
            passage=self._passage(hit, reader) if hit.snippet else "",
            asked=f'<p><span class="muted"{reader}>{words.asked}</span> '
            f'<q lang="{escape(hit.snippet_language)}">{conditional_escape(hit.asked)}</q></p>'
            if hit.asked
            else "",
            names=self._names(hit, reader) if hit.label or hit.versions else "",
            on=self._on(hit, reader) if card.get("on") else "",
            why=self._why(explanation) if explanation else "",
        )

    def _kind_first(self, hit: Hit) -> str:
        """What is headed by the title of something else says what it is."""
        return f"{self.kinds.get(hit.kind, '')}:" if "caption" in hit.card else ""

    def _meta(self, hit: Hit, group: str) -> str:
        card, words = hit.card, self.words
        page = words.page % {"number": card["page"]} if "page" in card else ""
        changed = words.changed % {"date": _day(hit.changed.date(), self.language)} if hit.changed else ""
        return "".join(
            (
                _span(hit.pick, ' class="tag"'),
                f"<span>{escape(self.kinds.get(hit.kind, ''))}</span>",
                _span(group),
                _stars(card.get("confidence"), self.language),
                _span(language_name(hit.language), ' class="tag"') if hit.language != self.language else "",
                _span(page),
                _span(changed),
            )
        )

    def _passage(self, hit: Hit, reader: str) -> str:
        snippet = conditional_escape(hit.snippet)
        if hit.snippet_language != hit.language:
            name = escape(language_name(hit.snippet_language)) + self.words.colon
            label = f'<span class="muted" lang="{self.language}">{name}</span>'
            return f'<p>{label} <span lang="{escape(hit.snippet_language)}">{snippet}</span></p>'
        if not hit.section:
            return f"<p>{snippet}</p>"
        link = f' hreflang="{escape(hit.language)}"' if reader else ""
        section = f'<a href="{escape(hit.section_url)}"{link}>{escape(hit.section)}</a>'
        return f'<p><span class="muted"{reader}>{self.words.section}</span> {section}: {snippet}</p>'

    def _names(self, hit: Hit, reader: str) -> str:
        label = versions = ""
        if hit.label:
            own = f' lang="{escape(hit.language)}"' if reader else ""
            label = f"<span>{self.words.label} <span{own}>{conditional_escape(hit.label)}</span></span>"
        if hit.versions:
            versions = f"<span>{self.words.versions} {', '.join(map(_version, hit.versions))}</span>"
        return f'<p class="meta"{reader}>{label}{versions}</p>'

    def _on(self, hit: Hit, reader: str) -> str:
        """The page that a file is attached to."""
        code = escape(hit.language)
        own = f' lang="{code}" hreflang="{code}"' if reader else ""
        link = f'<a href="{escape(hit.card.get("on_url", ""))}"{own}>{escape(hit.card["on"])}</a>'
        return f'<p class="meta"{reader}><span>{self.words.on} {link}</span></p>'

    def _why(self, explanation: Explanation) -> str:
        context: dict[str, Any] = {"why": explanation, "site": {"language": self.language}}
        return render_to_string("search/components/explanation.html", context)


def _span(text: str, attribute: str = "") -> str:
    return f"<span{attribute}>{escape(text)}</span>" if text else ""


def _version(version: Version) -> str:
    code, name = escape(version.language), escape(own_language_name(version.language))
    return f'<a href="{escape(version.url)}" lang="{code}" hreflang="{code}">{name}</a>'
