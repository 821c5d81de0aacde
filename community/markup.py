"""The lines of a thread as HTML.

In Python and not in a template: twenty comments cost 3 ms of a template's time and a tenth of that here, and they stand
on every article.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from . import text
from .reading import LANGUAGE_NAMES, Line

LINE = (
    '<article id="c-{id}"><h3 class="vh">{heading}</h3><p class="by"><b dir="auto">{author}</b>{language}'
    '<a href="?c={id}#c-{id}"><time datetime="{iso}">{date}</time></a>{answers_to}</p>'
    '<div class="said" lang="{lang}" dir="auto">{text}</div><p class="acts">{acts}</p></article>'
)
GONE = '<article class="tomb" id="c-{}"><p class="by"><b>{}</b><time datetime="{}">{}</time></p><p>{}</p></article>'
ACT = '<a href="{}{}/"{}>{}<span class="vh"> {}</span></a>'


@dataclass(frozen=True)
class Addresses:
    """Where the links of a line lead, but for the comment's id at the end."""

    write: str  # empty where nothing can be added
    report: str


def thread(lines: list[Line], addresses: Addresses) -> SafeString:
    return _Writer(addresses).items(lines)


class _Words:
    """What every line says, translated once for all of them."""

    def __init__(self) -> None:
        self.comment_by = _("Comment by %(author)s")
        self.answer_by = _("Answer by %(author)s, level %(level)d")
        self.removed = _("Removed")
        self.reply, self.reply_to = _("Reply"), _("to %(author)s")
        self.report, self.report_by = pgettext("report a comment", "Report"), _("the comment by %(author)s")


class _Writer:
    def __init__(self, addresses: Addresses) -> None:
        self.addresses = addresses
        self.reader = get_language()
        self.words = _Words()
        self.dates: dict[object, str] = {}

    def items(self, lines: list[Line]) -> SafeString:
        parts = []
        for line in lines:
            below = f"<ol>{self.items(line.answers)}</ol>" if line.answers else ""
            parts.append(f"<li>{self.line(line) if line.is_shown else self.gone(line)}{below}</li>")
        return mark_safe("".join(parts))

    def line(self, line: Line) -> SafeString:
        row, said = line.row, self.words.comment_by if line.level == 1 else self.words.answer_by
        return format_html(
            LINE,
            id=row.public_id,
            heading=said % {"author": row.author, "level": line.level},
            author=row.author,
            language=self.label(row.language),
            iso=localtime(row.posted_at).isoformat(timespec="seconds"),
            date=self.date(row.posted_at),
            answers_to=self.answers_to(line),
            lang=row.language,
            text=text.as_html(row.text),
            acts=self.acts(row.public_id, row.author),
        )

    def gone(self, line: Line) -> SafeString:
        row = line.row
        iso = localtime(row.posted_at).isoformat(timespec="seconds")
        return format_html(GONE, row.public_id, self.words.removed, iso, self.date(row.posted_at), line.why_gone)

    def label(self, language: str) -> SafeString:
        """The name of the comment's language, where it is not the reader's."""
        if language == self.reader:
            return SafeString("")
        name = LANGUAGE_NAMES.get(language, language)
        return format_html('<span class="tag" lang="{}">{}</span>', language, name)

    def answers_to(self, line: Line) -> SafeString:
        row = line.answers_to
        if row is None:
            return SafeString("")
        said = _("in reply to a removed comment")
        if row.state == "published":
            said = _("in reply to %(author)s") % {"author": row.author}
        return format_html('<a href="?c={}#c-{}">{}</a>', row.public_id, row.public_id, said)

    def acts(self, public_id: str, author: str) -> SafeString:
        names, words = {"author": conditional_escape(author)}, self.words
        acts = ACT.format(self.addresses.report, public_id, "", words.report, words.report_by % names)
        if self.addresses.write:
            reply = ACT.format(self.addresses.write, public_id, " data-write", words.reply, words.reply_to % names)
            acts = reply + acts
        return mark_safe(acts)

    def date(self, moment: datetime) -> str:
        day = localtime(moment).date()
        if day not in self.dates:
            self.dates[day] = date_format(day)
        return self.dates[day]
