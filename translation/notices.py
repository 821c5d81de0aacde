"""Whom the desk tells what: written down where it happens, and told at once or once a week, as each has chosen.

A notice keeps who, what kind and which translation. Whether it is still true, and what the mail says, is found out
when the mail is sent (`translation.letters`), from what its reader may see then.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from wagtail_localize.models import StringTranslation, Translation

from portal import periodic
from portal.mail import clock, queue, queue_all

from . import comments, review, states
from .models import Assignment, Frequency, Notice, NoticeKind, SegmentComment, Submission, TranslationStatus
from .models import TranslatorChoices as Choices

AT_ONCE, DIGEST = "translation-notice", "translation-digest"
DAYS_BEFORE = (2, 7)  # the day on which something is due
KEPT = timedelta(days=365)
LAG = timedelta(minutes=2)  # what was written just before the hour may be committed just after it

periodic.add("translation_due", lambda: tell_due(), timedelta(days=1))
periodic.add("translation_digests", lambda: queue_digests(), timedelta(minutes=10))
periodic.add("translation_old_notices", lambda: forget_old(), timedelta(days=1))


@transaction.atomic
def tell(kind: NoticeKind, people: Iterable[int], *, key: Any, locale: int, mark: object = "") -> None:
    """Each person once for each `mark`; nobody who wants no notices."""
    wanted = set(people)
    chosen: dict[int, str] = dict(Choices.objects.filter(user__in=wanted).values_list("user_id", "frequency"))
    for person in sorted(wanted):
        frequency = chosen.get(person, Frequency.AT_ONCE)
        if frequency == Frequency.NEVER:
            continue
        occasion = {"kind": kind, "translation_key": key, "locale_id": locale, "mark": str(mark)[:60]}
        notice, is_new = Notice.objects.get_or_create(user_id=person, **occasion)
        if is_new and frequency == Frequency.AT_ONCE:
            queue(AT_ONCE, notice.pk)


# Occasions


def assigned(assignment: Assignment, *, by: Any) -> None:
    if assignment.assignee_id != by.pk:
        key, locale = assignment.status.translation_key, assignment.status.locale_id
        mark = assignment.taken_at.isoformat()
        tell(NoticeKind.ASSIGNED, [assignment.assignee_id], key=key, locale=locale, mark=mark)


@receiver(states.became_stale)
def stale(status: TranslationStatus, **kwargs: Any) -> None:
    """Who has taken it; else everybody who wrote in it."""
    key, locale = status.translation_key, status.locale_id
    taken = Assignment.objects.filter(status__translation_key=key, status__locale=locale)
    people = set(taken.values_list("assignee_id", flat=True))
    if not people:
        texts = StringTranslation.objects.filter(context__object_id=key, locale=locale)
        written = texts.filter(last_translated_by__isnull=False).order_by()
        people = set(written.values_list("last_translated_by_id", flat=True))
    if status.stale_since:
        tell(NoticeKind.STALE, people, key=key, locale=locale, mark=status.stale_since.isoformat())


def handed_in(submission: Submission) -> None:
    """Those who may decide, without those who wrote it; administrators only where there is nobody else."""
    source = {"source__object_id": submission.translation_key, "target_locale": submission.locale_id}
    translation = Translation.objects.filter(**source, enabled=True).select_related("source").first()
    if translation is None:
        return
    people = review.reviewers(translation).exclude(pk__in=review.writers(translation))
    chosen = set(people.filter(is_superuser=False).values_list("pk", flat=True)) or set(
        people.values_list("pk", flat=True)
    )
    _about(submission, NoticeKind.TO_REVIEW, chosen)


def _about(row: Submission | SegmentComment, kind: NoticeKind, people: Iterable[int]) -> None:
    tell(kind, people, key=row.translation_key, locale=row.locale_id, mark=row.pk)


def returned(submission: Submission) -> None:
    if submission.submitted_by_id:
        _about(submission, NoticeKind.RETURNED, [submission.submitted_by_id])


def imported(translation: Translation, *, by: int) -> None:
    """Texts have come in from a file: for whoever has taken the translation, and those who publish there."""
    key, locale = translation.source.object_id, translation.target_locale_id
    taken = Assignment.objects.filter(status__translation_key=key, status__locale=locale)
    people = set(taken.values_list("assignee_id", flat=True))
    people |= set(review.reviewers(translation).filter(is_superuser=False).values_list("pk", flat=True))
    mark = timezone.localdate().isoformat()  # several files on one day are one notice
    tell(NoticeKind.IMPORTED, people - {by}, key=key, locale=locale, mark=mark)


def commented(comment: SegmentComment) -> None:
    """Who takes part in the conversation or has taken the translation; of questions to the original, its editors."""
    _about(comment, NoticeKind.COMMENT, comments.listeners(comment) - {comment.author_id})


def tell_due() -> None:
    """Once when seven days are left, once when two are; also where the job did not run on the very day."""
    today = timezone.localdate()
    last = today + timedelta(days=max(DAYS_BEFORE))
    rows = Assignment.objects.filter(due__gte=today, due__lte=last).select_related("status")
    for row in rows:
        due: Any = row.due
        days = min(days for days in DAYS_BEFORE if (due - today).days <= days)
        mark = f"{due.isoformat()} {days}"
        status = row.status
        tell(NoticeKind.DUE, [row.assignee_id], key=status.translation_key, locale=status.locale_id, mark=mark)


# Digests


def queue_digests() -> None:
    until = clock.last_hour(timezone.now() - LAG, weekly=True)
    waiting = Notice.objects.untold().filter(created_at__lt=until, created_at__gte=until - timedelta(days=30))
    weekly = Choices.objects.filter(frequency=Frequency.WEEKLY, user__in=waiting.values("user"))
    stamp = int(until.timestamp())
    queue_all(DIGEST, [(user, stamp) for user in weekly.order_by().values_list("user_id", flat=True)])


def mute(user: Any) -> None:
    Choices.objects.update_or_create(user=user, defaults={"frequency": Frequency.NEVER})


def forget_old() -> int:
    return Notice.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]
