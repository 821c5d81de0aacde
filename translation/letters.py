"""What the mails of the desk say, found out when they are sent. Titles and links alone, never a text of a draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.users.models import UserProfile

from portal.addresses import LANGUAGE_CODES
from portal.languages import language_name
from portal.mail import Letter, message
from portal.querysets import visible

from . import access, comments, desk, notices
from .gaps import enabled_translation
from .models import Frequency, Notice, NoticeKind, Outcome, SegmentComment, Submission, TranslationStatus
from .models import TranslatorChoices as Choices

STOP = signing.TimestampSigner(salt="translation.notices.dated", sep=".")
STOP_WORKS = timedelta(days=60)  # whoever gets hold of an old mail ends nothing with it
MOST = 100  # lines of one digest


@dataclass(frozen=True)
class Line:
    """One thing to tell, in words that are chosen in the reader's language."""

    kind: NoticeKind
    title: str
    language: str
    title_language: str
    path: str
    due: Any = None

    @property
    def url(self) -> str:
        return settings.WAGTAILADMIN_BASE_URL + self.path

    def __str__(self) -> str:
        said = {"title": self.title, "language": language_name(self.language)}
        if self.kind == NoticeKind.DUE:
            said["date"] = date_format(self.due)
        return TEXTS[self.kind]() % said


TEXTS: dict[str, Any] = {
    NoticeKind.ASSIGNED: lambda: _("“%(title)s” was given to you to translate into %(language)s."),
    NoticeKind.STALE: lambda: _("The original of “%(title)s” has changed; the translation into %(language)s is stale."),
    NoticeKind.TO_REVIEW: lambda: _("“%(title)s” in %(language)s is ready to be reviewed."),
    NoticeKind.RETURNED: lambda: _("“%(title)s” in %(language)s was returned to you. The reasons are on the page."),
    NoticeKind.IMPORTED: lambda: _("Texts of “%(title)s” in %(language)s have come from a file."),
    NoticeKind.DUE: lambda: _("“%(title)s” in %(language)s is due on %(date)s."),
    NoticeKind.COMMENT: lambda: _("There is a comment on a text of “%(title)s” in %(language)s."),
}


@message(notices.AT_ONCE)
def at_once(pk: str) -> Letter | None:
    notice = Notice.objects.untold().filter(pk=pk).select_related("user", "locale").first()
    if notice is None or Choices.of(notice.user).frequency == Frequency.NEVER:
        return None
    line = line_of(notice)
    return _letter(notice.user, [line], [notice]) if line else None


@message(notices.DIGEST)
def digest(user_pk: str, stamp: str) -> Letter | None:
    user = get_user_model()._default_manager.filter(pk=user_pk).first()
    if user is None or Choices.of(user).frequency != Frequency.WEEKLY:
        return None
    until = datetime.fromtimestamp(int(stamp), UTC)
    waiting = Notice.objects.untold().filter(user=user, created_at__lt=until).select_related("user", "locale")
    rows = list(waiting.order_by("created_at", "pk"))
    lines = [line for row in rows if (line := line_of(row))]
    return _letter(user, list(dict.fromkeys(lines)), rows) if lines else None


def _letter(user: Any, lines: list[Line], told: Iterable[Notice]) -> Letter:
    pks = [notice.pk for notice in told]
    return Letter(
        to=user,
        subject=lambda: str(lines[0]) if len(lines) == 1 else _("Translations: what is new"),
        template="translation/mail/notices",
        context={"lines": lines[:MOST], "more": max(0, len(lines) - MOST), "settings_path": settings_path},
        language=language_of(user),
        stop=partial(stop_path, user),
        after=lambda: Notice.objects.filter(pk__in=pks).update(told_at=timezone.now()),
    )


def stop_path(user: Any) -> str:
    return reverse("translation_notices_stop", args=[STOP.sign(str(user.pk))])


def settings_path() -> str:
    return reverse("wagtailadmin_account")


def language_of(user: Any) -> str:
    """That of the person's admin; where none was chosen, that of his other mails."""
    chosen = UserProfile.objects.filter(user=user).values_list("preferred_language", flat=True).first()
    return chosen if chosen in LANGUAGE_CODES else ""


# What is still true, and may be told


def line_of(notice: Notice) -> Line | None:
    """None where it has ended meanwhile, or is none of this person's business any more."""
    here = {"translation_key": notice.translation_key, "locale": notice.locale_id}
    status = TranslationStatus.objects.filter(**here).select_related("locale", "source_locale", "content_type").first()
    if status is None or not notice.user.is_active:
        return None
    path = PATHS[NoticeKind(notice.kind)](notice, status)
    if not path:
        return None
    return Line(
        kind=NoticeKind(notice.kind),
        title=status.title,
        language=notice.locale.language_code,
        title_language=status.source_locale.language_code,
        path=path,
        due=status.assignment.due if notice.kind == NoticeKind.DUE else None,
    )


def may_be_told(user: Any, status: TranslationStatus) -> bool:
    """Whoever no longer serves the language, or may not read the page, hears no more of it."""
    model: Any = status.content_type.model_class()
    if model is None or status.locale_id not in access.locale_ids(user):
        return False
    if status.target_pk is not None:
        target = model._base_manager.filter(pk=status.target_pk).first()
        return target is not None and access.may_write(user, target)
    return not issubclass(model, Page) or visible(model.objects.filter(pk=status.source_pk), user).exists()


def _work(status: TranslationStatus) -> str:
    return desk.edit_url(status) or reverse("translation_desk", args=[status.locale.language_code])


def _assigned(notice: Notice, status: TranslationStatus) -> str:
    assignment: Any = getattr(status, "assignment", None)
    is_still = assignment is not None and assignment.assignee_id == notice.user_id
    if is_still and notice.kind == NoticeKind.DUE:
        is_still = bool(assignment.due) and notice.mark.startswith(assignment.due.isoformat())
    return _work(status) if is_still and may_be_told(notice.user, status) else ""


def _stale(notice: Notice, status: TranslationStatus) -> str:
    return _work(status) if status.stale_since and may_be_told(notice.user, status) else ""


def _imported(notice: Notice, status: TranslationStatus) -> str:
    return _work(status) if may_be_told(notice.user, status) else ""


def _submission(notice: Notice, status: TranslationStatus) -> str:
    wanted = Outcome.OPEN if notice.kind == NoticeKind.TO_REVIEW else Outcome.RETURNED
    rows = Submission.objects.filter(translation_key=notice.translation_key, locale=notice.locale_id)
    last = rows.order_by("-submitted_at").first()
    if last is None or str(last.pk) != notice.mark or last.outcome != wanted or not may_be_told(notice.user, status):
        return ""
    return _review_url(status) or _work(status)


def _review_url(status: TranslationStatus) -> str:
    found = enabled_translation(status)
    return reverse("translation_review", args=[status.locale.language_code, found.pk]) if found else ""


def _comment(notice: Notice, status: TranslationStatus) -> str:
    comment = SegmentComment.objects.filter(pk=notice.mark).first()
    if comment is None or not comments.may_read(notice.user, comment):
        return ""
    first = comment.parent or comment
    return "" if first.resolved_at else reverse("translation_comment", args=[first.pk])


PATHS = {
    NoticeKind.ASSIGNED: _assigned,
    NoticeKind.DUE: _assigned,
    NoticeKind.STALE: _stale,
    NoticeKind.IMPORTED: _imported,
    NoticeKind.TO_REVIEW: _submission,
    NoticeKind.RETURNED: _submission,
    NoticeKind.COMMENT: _comment,
}
