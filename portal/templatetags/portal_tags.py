from html import escape  # Django's own asks each time whether its text is lazy
from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from portal import printed
from portal.addresses import address, with_language
from portal.cards import Card, card
from portal.cards import stars as draw_stars
from portal.embedding import Offer, offer
from portal.kinds import kind_label
from portal.languages import language_name
from portal.listing import Group, Option
from portal.navigation import once, section_of
from portal.views_of_pages import FileLink, file_links

register = template.Library()

ICON = '<svg class="ico{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>'


@register.simple_tag
def icon(name: str, *, directed: bool = False) -> SafeString:
    """A mark of the sprite. Names are written in templates, never taken from readers."""
    return mark_safe(ICON.format(" ico-dir" if directed else "", name))


class DrawnOnce(template.Node):
    def __init__(self, name: str, varies: list[Any], nodelist: template.NodeList) -> None:
        self.name = name
        self.varies = varies
        self.nodelist = nodelist

    def render(self, context: Any) -> str:
        request = context.get("request")
        key = (self.name, get_language(), *(value.resolve(context) for value in self.varies))
        if request is None or None in key:
            return self.nodelist.render(context)
        return once(request, key, lambda: self.nodelist.render(context))


@register.tag
def drawonce(parser: Any, token: Any) -> DrawnOnce:
    """`{% drawonce menu site.section %}`: a part that depends on language, site and what is named.

    Where one of these is None it is drawn each time.
    """
    _tag, name, *varies = token.split_contents()
    nodelist = parser.parse(("enddrawonce",))
    parser.delete_first_token()
    return DrawnOnce(name, [parser.compile_filter(value) for value in varies], nodelist)


@register.simple_tag(takes_context=True)
def page_url(context: dict[str, Any], page: Any) -> str:
    """The address of a page under the reader's language."""
    reader: Any = context.get("reader_language")
    return address(page, reader)


@register.filter
def lang_attr(page: Any, language: str) -> SafeString:
    """` lang="…"` for the text of a page that is shown among text of another language."""
    code = page.locale.language_code
    return format_html(' lang="{}"', code) if code != language else SafeString("")


@register.simple_tag(takes_context=True)
def tag_url(context: dict[str, Any], tag: Any) -> str:
    """The page of a tag in the reader's language."""
    url = reverse("tag_page", args=[tag.slug])
    reader = context.get("reader_language")
    return with_language(url, reader) if reader else url


@register.simple_tag(takes_context=True)
def on_paper(context: dict[str, Any], page: Any) -> list[tuple[str, str]]:
    """What there is of the page to print, under the reader's language."""
    reader = context.get("reader_language")
    return [(label, with_language(url, reader) if reader else url) for label, url in printed.links(page)]


@register.simple_tag(takes_context=True)
def embedding(context: dict[str, Any], page: Any) -> Offer | None:
    """How the page's card comes onto another site, in the reader's language."""
    return offer(page, context["request"], context.get("reader_language") or "")


@register.inclusion_tag("components/card.html", takes_context=True, name="card")
def show_card(context: dict[str, Any], page: Any, heading: str = "h3") -> dict[str, Any]:
    """The card of a page or of a prepared `portal.cards.Card`."""
    reader = context.get("reader_language") or get_language() or ""
    shown = page if isinstance(page, Card) else card(page, reader)
    return {"card": shown, "heading": heading, "page_language": context.get("page_language") or reader}


@register.simple_tag
def stars(confidence: Any) -> SafeString:
    """The asterisks of a pattern; nothing for a page that has none."""
    return draw_stars(confidence if isinstance(confidence, int) else None)


@register.simple_tag
def choices(groups: list[Group]) -> SafeString:
    """The filters with their counts. A page has a hundred of them, which a template would take long for."""
    return mark_safe("".join(map(_fieldset, groups)))


def _fieldset(group: Group) -> str:
    if not group.options:
        return ""
    label = escape(str(group.label))
    boxes = "".join(_checkbox(group.name, option) for option in group.options)
    if not group.folded:
        return f"<fieldset><legend>{label}</legend>{boxes}</fieldset>"
    number, is_open = _number(len(group.options)), " open" if group.chosen else ""
    summary = f'<summary>{label} <span class="n">{number}</span></summary>'
    return (
        f'<fieldset><legend class="vh">{label}</legend><details class="fold"{is_open}>{summary}{boxes}</details>'
        "</fieldset>"
    )


def _checkbox(name: str, option: Option) -> str:
    value, label = escape(option.value), escape(str(option.label))
    swatch = f'<span class="swatch" data-group="{value}"></span>' if name == "group" else ""
    return (
        f'<label class="check"><input type="checkbox" name="{escape(name)}" value="{value}"'
        f"{' checked' if option.checked else ''}>{swatch}<span>{label}</span> "
        f'<span class="n">{_number(option.count)}</span></label>'
    )


def _number(value: int) -> str:
    return localize(value) if value > 999 else str(value)


@register.simple_tag(takes_context=True)
def rich(context: dict[str, Any], html: str) -> str:
    """Stored rich text, its links in the reader's language: `{% rich page.intro %}`."""
    return context["reading"].rich(html)


@register.simple_tag(takes_context=True)
def explained(context: dict[str, Any], text: str) -> str:
    """Plain text of the page, its words explained like those of its rich text: `{% explained force.text %}`."""
    return context["reading"].plain(text)


@register.filter
def named_language(code: str) -> str:
    """A language by its name in the reader's language; Django's own filters fail on codes they do not know."""
    return language_name(code)


@register.filter
def type_name(page: Any) -> str:
    """What kind of page it is, for people."""
    return kind_label(page)


@register.inclusion_tag("components/take_along.html", takes_context=True)
def take_along(context: dict[str, Any], listing: Any) -> dict[str, Any]:
    """The files and feeds that the list can be had as, with the choice of the reader."""
    files = file_links(context["reading"])
    return {
        "files": files,
        "is_table": any(file.group == "data" for file in files),
        "listing": listing,
        "section": section_of(type(context["reading"].page)),
    }


@register.simple_tag(takes_context=True)
def page_files(context: dict[str, Any], group: str) -> list[FileLink]:
    """The page as files: its citation (`cite`) or its dates (`dates`)."""
    return file_links(context["reading"], group)
