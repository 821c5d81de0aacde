"""The mails that tell what is new. Each is written when it is sent, from what its reader may see then."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.querysets import in_language, visible

from ..mail import Letter, language_of, message
from ..models import CommentState, Frequency, Scope, Subscription
from . import contents, following, targets, tokens
from .contents import OF_COMMENTS, Part

NEW_COMMENT, NEW_PAGE = "new-comment", "new-page"


def _account(user_id: str) -> Any:
    return get_user_model().objects.filter(pk=user_id, is_active=True).first()


def stop_path(token: str) -> str:
    return reverse("notices:stop", args=[token])


@message("digest")
def digest(user_id: str, frequency: str, stamp: str) -> Letter | None:
    user, until = _account(user_id), _moment(stamp)
    if user is None:
        return None
    rows = list(Subscription.objects.of(user).active().filter(frequency=frequency, told_until__lt=until))
    with translation.override(language_of(user)):
        parts = contents.news(rows, until, user)
        if not parts:
            return None
        missed = contents.missed(rows, until, user)
        return _digest(user, parts, rows, until, tokens.of_digest(user, frequency), missed=missed)


@message("visitor-digest")
def visitor_digest(public_id: str, stamp: str) -> Letter | None:
    until = _moment(stamp)
    rows = list(Subscription.objects.active().filter(public_id=public_id, user=None, told_until__lt=until))
    if not rows:
        return None
    row = rows[0]
    with translation.override(row.language):
        found = targets.of_row(row)
        parts = contents.news(rows, until) if found else []
        if not parts or not found:
            return None
        return _digest(row.email, parts, rows, until, tokens.of_row(row), found.label, row.language)


def _digest(
    to: Any,
    parts: list[Part],
    rows: list[Subscription],
    until: datetime,
    token: str,
    about: str = "",
    language: str = "",
    missed: Sequence[int] = (),
) -> Letter:
    kept = Subscription.objects.filter(pk__in=[row.pk for row in rows], told_until__lt=until)
    return Letter(
        to,
        partial(_subject, about),
        "community/mail/digest",
        {"parts": parts, "about": about, "for_member": not isinstance(to, str)},
        language=language,
        stop=partial(stop_path, token),
        after=partial(kept.update, told_until=until, missed=list(missed)),
    )


def _subject(about: str) -> str:
    return _("What is new: %(what)s") % {"what": about} if about else _("What is new for you")


@message(NEW_COMMENT)
def new_comment(public_id: str, user_id: str) -> Letter | None:
    user = _account(user_id)
    if user is None:
        return None
    comments = CommentState.objects.visible_to(user).exclude(comment__user_id=user.pk)
    row = comments.with_text().select_related("thread__group").filter(public_id=public_id).first()
    mine = Subscription.objects.of(user).active().filter(frequency=Frequency.INSTANT)
    followed = mine.filter(followers_of(row, to=user)).first() if row else None
    if row is None or followed is None:
        return None
    with translation.override(language_of(user)):
        items = contents.told([row], user)
        return _at_once(user, _("A new comment"), items, followed)


def followers_of(row: CommentState, to: Any) -> Q:
    """The subscriptions of one person to which this comment is news."""
    wanted = Q(scope=Scope.THREAD, target=str(row.thread.translation_key))
    if row.thread.group:
        wanted |= Q(scope=Scope.GROUP, target=row.thread.group.code)
    if CommentState.objects.filter(contents.to_member(to), pk=row.pk).exists():
        wanted |= Q(scope=Scope.REPLIES)
    return wanted


@message(NEW_PAGE)
def new_page(page_id: str, user_id: str, mark: str) -> Letter | None:
    user = _account(user_id)
    if user is None:
        return None
    rows = Subscription.objects.of(user).active().filter(frequency=Frequency.INSTANT).exclude(scope__in=OF_COMMENTS)
    language = language_of(user)
    followed = next((row for row in rows if _is_news_to(row, page_id, user, language)), None)
    if followed is None:
        return None
    page = Page.objects.select_related("locale").get(pk=page_id).specific
    with translation.override(language):
        item = contents.page_line(page, contents.news_since(timezone.now()))
        return _at_once(user, _("New or changed"), [item], followed) if item else None


def _is_news_to(row: Subscription, page_id: str, user: Any, language: str) -> bool:
    """Of several translations, only the one that the reader reads."""
    pages = visible(Page.objects.filter(contents.within(row.scope, row.target), pk=page_id), user)
    return bool(in_language(pages, row.target if row.scope == Scope.LANGUAGE else language).exists())


def _at_once(user: Any, heading: str, items: list[contents.Item], followed: Subscription) -> Letter | None:
    if not items:
        return None
    parts, stop = [Part(heading, items)], partial(stop_path, tokens.of_row(followed))
    return Letter(user, items[0].text, "community/mail/digest", {"parts": parts, "for_member": True}, stop=stop)


@message("confirm-following")
def confirm_following(public_id: str) -> Letter | None:
    """One letter for those who begin and those who follow already, so that the form need not tell which."""
    row = Subscription.objects.filter(public_id=public_id, user=None).first()
    if row is None:
        return None
    with translation.override(row.language):
        found = targets.of_row(row)
    if found is None:
        return None
    context = {
        "what": found.label,
        "is_confirmed": bool(row.confirmed_at),
        "confirm_path": partial(reverse, "notices:confirm", args=[tokens.to_confirm(row)]),
        "stop_path": partial(stop_path, tokens.of_row(row)),
        "days": following.UNCONFIRMED_DAYS,
    }
    subject = partial(_subject_of_confirming, found.label)
    return Letter(row.email, subject, "community/mail/confirm_following", context, language=row.language, asks=True)


def _subject_of_confirming(what: str) -> str:
    return _("Follow “%(what)s”?") % {"what": what}


def _moment(stamp: str) -> datetime:
    return datetime.fromtimestamp(int(stamp), UTC)
