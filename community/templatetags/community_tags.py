from collections.abc import Iterator
from typing import Any, NamedTuple

from django import template
from django.forms import BoundField
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.querysets import is_restricted

from .. import markup
from ..evidence import adopting
from ..evidence.beside import Beside, beside, facts_html
from ..evidence.credits import thanks
from ..evidence.showing import facts_of, outcome_tag
from ..evidence.summary import Summary, summary
from ..groups.reading import Discussed
from ..models import CommentState, DiscussionThread, WorkingGroup
from ..reading import OFFICIAL, PAGE_SIZE, REPORTS, Discussion, discussion
from ..threads import closing
from ..threads.viewer import all_lines, viewer_of

register = template.Library()


@register.inclusion_tag("community/discussion.html", takes_context=True, name="discussion")
def show_discussion(context: Any, page: Any) -> dict[str, Any]:
    """The discussion of a page. Holds no form, and nothing of the reader but for members with a session.

    So it can be kept for everybody else.
    """
    request = context.get("request")
    language = context.get("reader_language") or translation.get_language() or ""
    if not getattr(page, "discussable", False):
        return {"thread": None}
    key = page.translation_key
    with translation.override(language):
        thread = discussion(key, request.GET if request else {})
        of_group = isinstance(page, Discussed)
        is_open = page.allow_comments and not thread.is_closed
        may_be = is_open and not of_group and (page.closed_because or closing.is_below_closed(page.path, request))
        closed_with = closing.said_of(page) if may_be else SafeString("")
        is_open = is_open and not closed_with
        if thread.is_hidden or not (is_open or thread.total or getattr(page, "is_for_members", False)):
            return {"thread": None}
        viewer = viewer_of(request, key, thread.lines)
        tried = summary(key) if thread.has_reports else None
        addresses = _addresses(key, is_open=is_open, takes_concerns=not of_group)
        return {
            "thread": thread,
            "page": page,
            "reader_language": language,
            "page_language": page.locale.language_code,
            "is_open": is_open,
            "closed_with": closed_with,
            "write_url": reverse("community:write", args=[key]),
            "feed_url": reverse("community:feed", args=[key]) if thread.total and _has_feed(page) else "",
            "lines": markup.thread(thread.lines, addresses, viewer, _beside(thread, key, request)),
            "tried": tried,
            "thanked": thanks(key, request),
            "tried_url": reverse("community:tried", args=[key]) if is_open and _takes_reports(page) else "",
            "pinned": markup.pinned(thread.pinned, addresses) if thread.pinned else "",
            "held": viewer.held,
            "choices": list(_choices(thread, tried)) if thread.total > 1 else [],
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
            "above": thread.asked.query(talk=thread.page_above) if thread.page_above else "",
            "below": thread.asked.query(talk=thread.page_below) if thread.page_below else "",
            "house_rules_url": context["site"].url("house-rules") if "site" in context else "",
        }


def _takes_reports(page: Any) -> bool:
    return bool(getattr(page, "takes_reports", False))


def _beside(thread: Discussion, key: Any, request: Any) -> Beside:
    comments = [line.row.pk for line in all_lines(thread.lines)]
    user = getattr(request, "user", None)
    return beside(comments, key, reports=thread.has_reports, adoptions=thread.has_adoptions, user=user)


def _has_feed(page: Any) -> bool:
    """Feeds hold what everybody may read."""
    if isinstance(page, Discussed):
        return DiscussionThread.objects.visible_to(None).filter(pk=page.thread.pk, by_role=False).exists()
    return not is_restricted(page)


def _addresses(key: Any, *, is_open: bool, takes_concerns: bool) -> markup.Addresses:
    write, report, react = (reverse(f"community:{name}", args=[key, "0"]) for name in ("reply", "report", "comment"))
    report, react = report.removesuffix("0/"), react.removesuffix("0/")
    return markup.Addresses(write.removesuffix("0/") if is_open else "", report, react, takes_concerns)


class Choice(NamedTuple):
    """One way to look at the thread, beside others of its row."""

    label: str
    url: str
    is_current: bool
    number: int | None = None
    language: str = ""


def _choices(thread: Discussion, tried: Summary | None) -> Iterator[tuple[str, list[Choice]]]:
    """The rows of links above the comments, each with its name: which language, which kind, in which order."""
    asked = thread.asked
    if len(thread.languages) > 1:
        languages = [Choice(_("All languages"), asked.query(comments=""), not asked.comments, thread.total)]
        for each in thread.languages:
            url = asked.query(comments=each.code)
            languages.append(Choice(each.name, url, asked.comments == each.code, each.count, each.code))
        yield _("Language of the comments"), languages
    kinds = [(OFFICIAL, _("Answered by the editors"), thread.official)]
    kinds.append((REPORTS, _("Reports from practice"), tried.total if tried else 0))
    offered = [Choice(label, asked.query(kind=kind), asked.kind == kind, n) for kind, label, n in kinds if n]
    if offered:
        yield _("Kind of comment"), [Choice(_("Everything"), asked.query(kind=""), not asked.kind), *offered]
    orders = [("", _("By exchange, the latest")), ("old", _("By exchange, from the first"))]
    if thread.total <= PAGE_SIZE:
        orders = [("", _("By exchange"))]
    orders += [("new", _("Newest first")), ("useful", _("Most useful first"))]
    yield _("Order"), [Choice(label, asked.query(sort=code), asked.sort == code) for code, label in orders]


@register.simple_tag
def facts_of_report(row: CommentState, *, with_words: bool = True) -> SafeString:
    """What a comment says as a report from practice; nothing for other comments."""
    report = getattr(row, "evidence", None)
    if report is None:
        return SafeString("")
    facts = facts_of(report, row.language)
    shown = [fact for fact in facts if with_words or not fact.language]
    return format_html("<p>{}</p>{}", outcome_tag(report.outcome), facts_html(shown))


@register.inclusion_tag("community/groups/of_call.html")
def groups_of_call(page: Any) -> dict[str, Any]:
    """The working groups that a call asks people to join, in whichever language the call is read."""
    wanted = WorkingGroup.objects.visible_to(None).filter(call__translation_key=page.translation_key)
    groups = wanted.filter(takes_applications=True).prefetch_related("texts")
    return {"groups": [group for group in groups if group.can_be_asked]}


@register.simple_tag(takes_context=True)
def adopt_url(context: Any, row: CommentState) -> str:
    """Where an editor of the page takes something from a comment into it; empty for others."""
    if row.is_shown and adopting.may_adopt(context["request"].user, adopting.page_of(row)):
        return reverse("community_adopt", args=[row.public_id])
    return ""


@register.filter
def control(field: BoundField) -> SafeString:
    """The control of a form field, without the placeholders and inline styles that django-allauth adds."""
    return field.as_widget(attrs={"placeholder": False, "style": False})


@register.filter
def inline_svg(source: str) -> SafeString:
    """A drawing made by the server, without its XML declaration and on white, as part of the page.

    As an address of its own (`data:`) the Content-Security-Policy would not show it.
    """
    drawing = source[source.index("<svg") :]
    end = drawing.index(">") + 1
    white = '<rect width="100%" height="100%" fill="#fff"/>'
    return mark_safe(drawing[:end] + white + drawing[end:])
