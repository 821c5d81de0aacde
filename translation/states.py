"""The honest state of each translation, counted from the content itself and kept in `TranslationStatus`.

missing      there is no page or entry in this language, or not one of its texts is translated
in progress  texts are missing or cannot be used, or what is written is not published yet
machine      every text is there, some are a machine's and nobody has read them; what was filled in from memory and
             nobody has read counts as missing
in review    every text is there and lies with a reviewer
complete     every text is there, written or read by a person, and is what readers see

Beside that a translation is stale since the day on which its original said something else than what readers of the
translation see. A page that somebody wrote by hand, without wagtail-localize, counts as complete: nobody can tell.
"""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.dispatch import Signal
from django.utils import timezone
from wagtail.models import Locale, Page, TranslatableMixin, WorkflowState
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from portal.models import TranslationState

from .checks.pair import plain
from .known import TOOL
from .models import NO_LANGUAGE, Assignment, State, Submission, TextEvent, TranslationStatus
from .originals import source_of

KEPT = ("waits_since", "stale_since")  # what a count cannot find again
COUNTED = (
    *("content_type_id", "source_locale_id", "title", "source_pk", "target_pk", "state", "is_live"),
    *("segments", "done", "machine", "words", "words_to_do"),
)
WORD = re.compile(r"\w[\w'’.-]*")

became_stale = Signal()  # provides `status`; not where it is counted for the first time

Text = tuple[str, str]  # its place and what it says


def words(text: str) -> int:
    return len(WORD.findall(plain(text)))


def entry_models() -> list[type[Any]]:
    return [model for model in get_snippet_models() if issubclass(model, TranslatableMixin)]


def all_keys() -> list[UUID]:
    pages = Page.objects.filter(depth__gt=1, alias_of__isnull=True)
    keys = set(pages.order_by().values_list("translation_key", flat=True))
    for model in entry_models():
        keys |= set(model._base_manager.order_by().values_list("translation_key", flat=True))
    keys |= set(TranslationStatus.objects.values_list("translation_key", flat=True))
    return sorted(keys)


@dataclass
class Written:
    """One text of a translation."""

    is_machine: bool
    is_usable: bool
    changed_at: datetime.datetime


class Subject:
    """What has one `translation_key`, and everything that its states follow from. At most ten queries."""

    def __init__(self, key: UUID) -> None:
        self.key = key
        self.instances: dict[int, Any] = {one.locale_id: one for one in reversed(_instances(key))}
        self.source = source_of(key)
        first = min(self.instances.values(), key=lambda one: one.pk, default=None)
        self.original: Any = self.instances.get(self.source.locale_id) if self.source else first
        self.translations: set[int] = set()
        self.segments: list[tuple[int, int, str, str]] = []
        self.now: list[Text] = []
        if self.original is not None:
            self._read()

    @property
    def is_page(self) -> bool:
        return isinstance(self.original, Page)

    def _read(self) -> None:
        specific = self.original.specific if self.is_page else self.original
        self.specific = specific
        values = extract_segments(specific)
        self.now = [(one.path, one.string.data) for one in values if isinstance(one, StringSegmentValue)]
        self.written: dict[int, dict[tuple[int, int], Written]] = defaultdict(dict)
        self.saved: dict[int, datetime.datetime] = {}
        self.chosen: dict[int, datetime.datetime | None] = {}  # when last a link or an image was
        self.behind: dict[int, datetime.datetime] = {}
        handed_in = Submission.objects.open().filter(translation_key=self.key)
        self.in_review = set(handed_in.values_list("locale_id", flat=True))
        if self.source:
            self._read_source(self.source)
        if self.is_page:
            pks = [one.pk for one in self.instances.values()]
            behind: Any = TranslationState.objects.filter(page__in=pks, behind_since__isnull=False)
            self.behind = dict(behind.values_list("page__locale_id", "behind_since"))
            in_review = WorkflowState.objects.filter(
                status=WorkflowState.STATUS_IN_PROGRESS,
                base_content_type=ContentType.objects.get_for_model(Page),
                object_id__in=[str(pk) for pk in pks],
            )
            found = set(in_review.values_list("object_id", flat=True))
            self.in_review |= {locale for locale, one in self.instances.items() if str(one.pk) in found}

    def _read_source(self, source: TranslationSource) -> None:
        chosen = TextEvent.objects.filter(
            translation_key=self.key, source_language=NO_LANGUAGE, language=OuterRef("target_locale__language_code")
        )
        enabled = Translation.objects.filter(source=source, enabled=True)
        self.chosen = dict(enabled.values_list("target_locale_id", Subquery(chosen.order_by("-at").values("at")[:1])))
        self.translations = set(self.chosen)
        segments = StringSegment.objects.filter(source=source).order_by("pk")
        self.segments = list(segments.values_list("string_id", "context_id", "context__path", "string__data"))
        texts = StringTranslation.objects.filter(context__object_id=self.key)
        columns = ("locale_id", "translation_of_id", "context_id", "translation_type", "tool_name")
        for locale, string, context, kind, tool, has_error, changed_at in texts.values_list(
            *columns, "has_error", "updated_at"
        ):
            is_unread = kind == StringTranslation.TRANSLATION_TYPE_MACHINE
            is_usable = not has_error and not (is_unread and tool == TOOL)
            self.written[locale][string, context] = Written(is_unread, is_usable, changed_at)
        logs = TranslationLog.objects.filter(source=source).order_by("created_at")
        self.saved = dict(logs.values_list("locale_id", "created_at"))

    def statuses(self, locales: Iterable[Locale], kept: dict[int, TranslationStatus]) -> list[TranslationStatus]:
        if self.original is None:
            return []
        is_public = not self.is_page or self.original.live
        others = [one for one in locales if one.pk != self.original.locale_id]
        wanted = [one for one in others if is_public or one.pk in self.instances]
        return [self._status(one.pk, kept.get(one.pk)) for one in wanted]

    def _status(self, locale: int, kept: TranslationStatus | None) -> TranslationStatus:
        target = self.instances.get(locale)
        status = TranslationStatus(
            translation_key=self.key,
            locale_id=locale,
            content_type=ContentType.objects.get_for_model(self.specific),
            source_locale_id=self.original.locale_id,
            title=str(self.original.title if self.is_page else self.original)[:255],
            source_pk=self.original.pk,
            target_pk=target.pk if target else None,
            is_live=bool(target and (not self.is_page or target.live)),
        )
        self._count(status, locale)
        status.state = self._state(status, locale, target)
        if target and locale not in self.translations:
            status.words_to_do = 0
        self._date(status, locale, target, kept)
        return status

    def _count(self, status: TranslationStatus, locale: int) -> None:
        status.words = sum(words(text) for _path, text in self.now)
        if locale not in self.translations:
            status.segments, status.words_to_do = len(self.now), status.words
            return
        written = self.written[locale]
        status.segments = len(self.segments)
        for string, context, _path, text in self.segments:
            found = written.get((string, context))
            is_usable = found is not None and found.is_usable
            status.done += is_usable
            status.machine += bool(is_usable and found and found.is_machine)
            if not is_usable or (found and found.is_machine):
                status.words_to_do += words(text)
        status.words_to_do += sum(words(text) * count for (_path, text), count in self._unknown().items())

    def _unknown(self) -> Counter[Text]:
        """The texts of the original that were not handed out to translators yet."""
        return Counter(self.now) - Counter((path, text) for _string, _context, path, text in self.segments)

    def _handed_out(self) -> bool:
        """Whether translators have the texts that the original has now; a draft changes nothing of that."""
        return Counter(self.now) == Counter((path, text) for _string, _context, path, text in self.segments)

    def _state(self, status: TranslationStatus, locale: int, target: Any) -> State:
        if target is None:
            return State.MISSING
        if locale not in self.translations:
            return State.COMPLETE
        if status.segments and not status.done and not status.is_live:
            return State.MISSING
        if status.done < status.segments:
            return State.IN_PROGRESS
        if status.machine:
            return State.MACHINE
        if locale in self.in_review:
            return State.IN_REVIEW
        return State.COMPLETE if status.is_live and not self._is_unpublished(locale, target) else State.IN_PROGRESS

    def _is_unpublished(self, locale: int, target: Any) -> bool:
        """Whether something was written that readers do not see yet."""
        if self.is_page and target.has_unpublished_changes:
            return True
        saved = self.saved.get(locale)
        changed = [one.changed_at for one in self._used(locale)]
        if chosen := self.chosen.get(locale):
            changed.append(chosen)
        newest = max(changed, default=None)
        return saved is not None and newest is not None and newest > saved

    def _used(self, locale: int) -> list[Written]:
        written = self.written[locale]
        keys = {(string, context) for string, context, _path, _text in self.segments}
        return [one for key, one in written.items() if key in keys]

    def _date(self, status: TranslationStatus, locale: int, target: Any, kept: TranslationStatus | None) -> None:
        status.stale_since = self._stale_since(status, locale, target, kept)
        if kept and kept.state == status.state:
            status.waits_since = kept.waits_since
        else:
            begun = getattr(self.original, "first_published_at", None) if status.state == State.MISSING else None
            status.waits_since = timezone.now() if kept or not begun else begun

    def _stale_since(
        self, status: TranslationStatus, locale: int, target: Any, kept: TranslationStatus | None
    ) -> datetime.datetime | None:
        if target is None or locale not in self.translations or self.source is None or status.state == State.MISSING:
            return None
        if locale in self.behind and status.is_live:
            return self.behind[locale]
        if not self._handed_out():
            published = getattr(self.original, "last_published_at", None)
            return (kept and kept.stale_since) or published or timezone.now()
        saved = self.saved.get(locale)
        if self.is_page or not saved or saved >= self.source.last_updated_at:
            return None
        if status.done < status.segments or (kept and kept.stale_since and self._is_unpublished(locale, target)):
            return (kept and kept.stale_since) or self.source.last_updated_at
        return None


def _instances(key: UUID) -> list[Any]:
    pages = Page.objects.filter(translation_key=key, depth__gt=1, alias_of__isnull=True).order_by("pk")
    found: list[Any] = list(pages)
    for model in () if found else entry_models():
        found = list(model._base_manager.filter(translation_key=key).order_by("pk"))
        if found:
            break
    return found


def site_locales() -> list[Locale]:
    codes = [code for code, _name in settings.LANGUAGES]
    return list(Locale.objects.filter(language_code__in=codes).order_by("pk"))


def count(key: UUID, locales: Iterable[Locale] | None = None) -> list[TranslationStatus]:
    """What the content says now, unsaved; days that only the kept rows know are taken from there."""
    kept = {row.locale_id: row for row in TranslationStatus.objects.filter(translation_key=key)}
    return Subject(key).statuses(site_locales() if locales is None else locales, kept)


@transaction.atomic
def refresh(*keys: UUID, locales: list[Locale] | None = None) -> None:
    """Count these subjects anew, keep what changed, and end the assignments of what is done."""
    locales = site_locales() if locales is None else locales
    for key in keys:
        rows = TranslationStatus.objects.filter(translation_key=key)
        kept = {row.locale_id: row for row in rows}
        counted = Subject(key).statuses(locales, kept)
        rows.exclude(locale__in=[status.locale_id for status in counted]).delete()
        TranslationStatus.objects.bulk_create(
            counted,
            update_conflicts=True,
            unique_fields=["translation_key", "locale"],
            update_fields=[*(name.removesuffix("_id") for name in COUNTED), *KEPT],
        )
        finished = rows.filter(state=State.COMPLETE, stale_since__isnull=True)
        Assignment.objects.filter(status__in=finished).delete()
        for status in counted:
            before = kept.get(status.locale_id)
            if status.stale_since and before and not before.stale_since:
                became_stale.send(sender=TranslationStatus, status=status)


def rebuild(told: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Count everything anew, one subject after another; `told` hears how far it is."""
    keys, locales = all_keys(), site_locales()
    for number, key in enumerate(keys, 1):
        refresh(key, locales=locales)
        told(number, len(keys))
    return len(keys)
