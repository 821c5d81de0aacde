"""The lines of a thread as HTML.

In Python and not in a template: twenty comments cost 3 ms of a template's time and a tenth of that here, and they stand
on every article.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from html import escape

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from portal.templatetags.portal_tags import icon

from . import text
from .evidence.beside import Beside
from .models import ReactionKind
from .reading import LANGUAGE_NAMES, Line, Row
from .threads.editing import WINDOW
from .threads.viewer import Viewer

LINE = (
    '<article id="c-{id}" tabindex="-1"{kind}><h3 class="vh">{heading}</h3>'
    '<p class="by"><b dir="auto">{author}</b>{badges}'
    '<a href="?c={id}#c-{id}"><time datetime="{iso}">{date}</time></a>{edited}{answers_to}</p>'
    '{outcome}<div class="said" lang="{lang}" dir="auto">{text}</div>{facts}{became}'
    '<div class="under"><ul class="reacts" aria-label="{reactions}">{reacts}</ul><p class="acts">{acts}</p></div>'
    "</article>"
)
GONE = (
    '<article class="tomb" id="c-{}" tabindex="-1"><p class="by"><b>{}</b><time datetime="{}">{}</time></p>'
    "<p>{}</p></article>"
)
PINNED = (
    '<article class="pinned" aria-labelledby="pin-{id}"><h3 class="label" id="pin-{id}">{label}</h3>'
    '<p class="by"><b dir="auto">{author}</b>{badges}<a href="?c={id}#c-{id}"><time datetime="{iso}">{date}</time></a>'
    '</p><div class="said" lang="{lang}" dir="auto">{text}</div></article>'
)
ACT = '<a href="{}{}/"{}>{}<span class="vh"> {}</span></a>'
REACTED = "<li>{}{}{}</li>"
REACT = '<li><a href="{}{}/#react" rel="nofollow" data-react="{}"{}>{}{}{}</a></li>'
KIND_ICONS = {ReactionKind.USEFUL: "plus", ReactionKind.PRACTISED: "check", ReactionKind.CONCERN: "tension"}


@dataclass(frozen=True)
class Addresses:
    """Where the links of a line lead, but for the comment's id at the end."""

    write: str  # empty where nothing can be added
    report: str
    react: str
    takes_concerns: bool = True

    @cached_property
    def edit(self) -> str:
        return _before_id("community:edit")

    @cached_property
    def withdraw(self) -> str:
        return _before_id("community:withdraw")


def _before_id(name: str) -> str:
    return reverse(name, args=["0"]).removesuffix("0/")


def thread(
    lines: list[Line], addresses: Addresses, viewer: Viewer | None = None, beside: Beside | None = None
) -> SafeString:
    return _Writer(addresses, viewer or Viewer(), beside or Beside()).items(lines)


def pinned(row: Row, addresses: Addresses) -> SafeString:
    """The comment that stands above the others; its place in the thread keeps it too."""
    return _Writer(addresses, Viewer(), Beside()).pinned(row)


class _Words:
    """What every line says, translated once."""

    def __init__(self) -> None:
        self.comment_by = _("Comment by %(author)s")
        self.report_from, self.reported_by = _("Report from practice"), _("Report from practice by %(author)s")
        self.answer_by = _("Answer by %(author)s to %(other)s, level %(level)d")
        self.answer_to_removed = _("Answer by %(author)s to a removed comment, level %(level)d")
        self.in_reply, self.in_reply_to_removed = _("in reply to %(author)s"), _("in reply to a removed comment")
        self.removed = _("Removed")
        self.reply, self.reply_to = _("Reply"), _("to %(author)s")
        self.report, self.report_by = pgettext("report a comment", "Report"), _("the comment by %(author)s")
        self.edit, self.withdraw, self.own = _("Edit"), _("Withdraw"), _("your own comment")
        self.official, self.answered = _("For the editors"), _("Answered by the editors")
        self.reactions = _("Reactions to %(author)s")
        self.none, self.yours = pgettext("reactions", "none yet"), pgettext("reactions", "one is yours")
        self.kinds = [(kind.value, str(kind.label), icon(KIND_ICONS[kind])) for kind in ReactionKind]


@cache
def _words(language: str | None) -> _Words:
    """In the active language, which `language` names."""
    return _Words()


class _Writer:
    def __init__(self, addresses: Addresses, viewer: Viewer, beside: Beside) -> None:
        self.addresses = addresses
        self.viewer = viewer
        self.beside = beside
        self.reader = get_language()
        self.words = _words(self.reader)
        self.zone = timezone.get_current_timezone()
        self.dates: dict[date, SafeString] = {}

    def items(self, lines: list[Line]) -> SafeString:
        parts = []
        for line in lines:
            below = f"<ol>{self.items(line.answers)}</ol>" if line.answers else ""
            parts.append(f"<li>{self.line(line) if line.is_shown else self.gone(line)}{below}</li>")
        return mark_safe("".join(parts))

    def line(self, line: Line) -> str:
        """With an escape for each thing that a person wrote: Django's own for everything took half of the time."""
        row = line.row
        author, (iso, day) = escape(row.author), self.when(row)
        return LINE.format(
            id=row.public_id,
            heading=escape(self.heading(line)),
            author=author,
            badges=self.badges(row),
            iso=iso,
            date=day,
            edited=self.edited(row),
            answers_to=self.answers_to(line),
            lang=row.language,
            kind=' class="report"' if row.pk in self.beside.reports else "",
            outcome=self.beside.outcome(row.pk),
            text=text.as_html(row.text, row.mention_spans),
            facts=self.beside.facts(row.pk, row.language),
            became=self.beside.became(row.pk),
            reactions=escape(self.words.reactions % {"author": row.author}),
            reacts=self.reacts(row),
            acts=self.acts(row, author, is_answered=any(answer.is_shown for answer in line.answers)),
        )

    def pinned(self, row: Row) -> SafeString:
        iso, day = self.when(row)
        return format_html(
            PINNED,
            id=row.public_id,
            label=_("Pinned by the moderators"),
            author=row.author,
            badges=self.badges(row),
            iso=iso,
            date=day,
            lang=row.language,
            text=text.as_html(row.text, row.mention_spans),
        )

    def gone(self, line: Line) -> SafeString:
        return format_html(GONE, line.row.public_id, self.words.removed, *self.when(line.row), line.why_gone)

    def heading(self, line: Line) -> str:
        row, other = line.row, line.parent
        if row.pk in self.beside.reports:
            return self.words.reported_by % {"author": row.author}
        if line.level == 1:
            return self.words.comment_by % {"author": row.author}
        if other is None or other.state != "published":
            return self.words.answer_to_removed % {"author": row.author, "level": line.level}
        return self.words.answer_by % {"author": row.author, "other": other.author, "level": line.level}

    def badges(self, row: Row) -> SafeString:
        """Who speaks, whether it was answered, and the name of its language where it is not the reader's."""
        badges = SafeString("")
        if row.pk in self.beside.reports:
            badges += format_html('<span class="tag">{}</span>', self.words.report_from)
        if row.is_official:
            badges += format_html('<span class="tag badge">{}</span>', self.words.official)
        if row.answered:
            badges += format_html('<span class="tag">{}</span>', self.words.answered)
        if row.language != self.reader:
            name = LANGUAGE_NAMES.get(row.language, row.language)
            badges += format_html('<span class="tag" lang="{}">{}</span>', row.language, name)
        return badges

    def edited(self, row: Row) -> SafeString:
        if row.edited_at is None:
            return SafeString("")
        moment = localtime(row.edited_at)
        when = format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="seconds"), date_format(moment))
        return format_html("<span>{}</span>", format_html(_("edited {date}"), date=when))

    def answers_to(self, line: Line) -> SafeString:
        row = line.answers_to
        if row is None:
            return SafeString("")
        is_shown = row.state == "published"
        said = self.words.in_reply % {"author": row.author} if is_shown else self.words.in_reply_to_removed
        return format_html('<a href="?c={}#c-{}">{}</a>', row.public_id, row.public_id, said)

    def reacts(self, row: Row) -> SafeString:
        parts = []
        for kind, label, drawing in self.words.kinds:
            if kind == ReactionKind.CONCERN and not self.addresses.takes_concerns:
                continue
            count = getattr(row, kind)
            if not self.addresses.write:  # closed: what was said stays, and nothing can be added
                parts += [REACTED.format(drawing, label, f" <b>{count}</b>")] if count else []
                continue
            number = f" <b>{count}</b>" if count else f'<span class="vh"> {self.words.none}</span>'
            own = ' class="own"' if (row.pk, kind) in self.viewer.reacted else ""
            number += f'<span class="vh">, {self.words.yours}</span>' if own else ""
            parts.append(REACT.format(self.addresses.react, row.public_id, kind, own, drawing, label, number))
        return mark_safe("".join(parts))

    def acts(self, row: Row, author: str, *, is_answered: bool) -> SafeString:
        names, words, to = {"author": author}, self.words, self.addresses
        acts = []
        if to.write:
            acts.append(ACT.format(to.write, row.public_id, " data-write", words.reply, words.reply_to % names))
        if self.viewer.wrote(row.author_id):
            is_young = not is_answered and timezone.now() - row.posted_at < WINDOW
            if to.write and row.pk in self.beside.reports:
                acts.append(ACT.format(to.edit, row.public_id, "", words.edit, words.own))
            elif to.write and is_young:
                acts.append(ACT.format(to.edit, row.public_id, " data-write", words.edit, words.own))
            acts.append(ACT.format(to.withdraw, row.public_id, "", words.withdraw, words.own))
        acts.append(ACT.format(to.report, row.public_id, "", words.report, words.report_by % names))
        return mark_safe("".join(acts))

    def when(self, row: Row) -> tuple[str, SafeString]:
        """For machines and for people."""
        moment = row.posted_at.astimezone(self.zone)
        day = moment.date()
        if day not in self.dates:
            self.dates[day] = conditional_escape(date_format(day))
        return moment.isoformat(timespec="seconds"), self.dates[day]
