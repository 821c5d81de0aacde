"""What the desk keeps beside wagtail-localize's own rows."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale, PageViewRestriction, Revision
from wagtail_localize.models import TranslationSource

from portal.append_only import AppendOnly

from .exchange.models import Upload
from .notice_models import Frequency, Notice, NoticeKind, TranslatorChoices
from .review_models import Adaptation, Outcome, SegmentComment, Submission

__all__ = [
    "NO_LANGUAGE",
    "Adaptation",
    "Assignment",
    "CarriedRestriction",
    "Frequency",
    "MadeFrom",
    "Notice",
    "NoticeKind",
    "Outcome",
    "SegmentComment",
    "State",
    "Submission",
    "TextEvent",
    "TranslationStatus",
    "TranslatorChoices",
    "Upload",
    "Via",
]


class State(models.TextChoices):
    MISSING = "missing", pgettext_lazy("state of a translation", "Missing")
    IN_PROGRESS = "progress", pgettext_lazy("state of a translation", "In progress")
    MACHINE = "machine", pgettext_lazy("state of a translation", "Machine, unread")
    IN_REVIEW = "review", pgettext_lazy("state of a translation", "In review")
    COMPLETE = "complete", pgettext_lazy("state of a translation", "Complete")


OPEN = [State.MISSING, State.IN_PROGRESS, State.MACHINE]
# Where a translator has something to write: an unread machine text is to be read.
TO_DO = Q(state__in=OPEN) | Q(stale_since__isnull=False)


class TranslationStatus(models.Model):
    """How far one subject is in one language: kept, so that a desk page need not count; `translation.states` says how.

    A subject is what shares a `translation_key`: a page or an entry of a vocabulary. There is a row for each language
    of the site but that of the original.
    """

    translation_key = models.UUIDField()
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    source_locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    title = models.CharField(max_length=255)
    source_pk = models.PositiveBigIntegerField()
    target_pk = models.PositiveBigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices)
    is_live = models.BooleanField(default=False)
    segments = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    machine = models.PositiveIntegerField(default=0)
    words = models.PositiveIntegerField(default=0)
    words_to_do = models.PositiveIntegerField(default=0)
    stale_since = models.DateTimeField(null=True, blank=True)
    waits_since = models.DateTimeField(help_text=_("Since when it is in this state."))

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "locale"], name="translation_status_once"),
        ]
        indexes = [models.Index(fields=["locale", "state"], name="translation_status_state")]

    def __str__(self) -> str:
        return f"{self.title}: {self.state}"

    @property
    def percent(self) -> int:
        """Rounded down: what is not finished is never 100."""
        return self.done * 100 // self.segments if self.segments else 100 * (self.state == State.COMPLETE)


class Assignment(models.Model):
    """Who has taken a translation, and until when; without one it is free to take."""

    status = models.OneToOneField(TranslationStatus, models.CASCADE, related_name="assignment")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="translation_assignments")
    taken_at = models.DateTimeField(default=timezone.now)
    due = models.DateField(_("due on"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.status_id}: {self.assignee_id}"

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()


class MachineUse(models.Model):
    """One time that somebody had a machine fill the gaps of a translation: the budget of a language follows from these.

    `words` counts against the budget: what was reserved when it was asked for, in the end what was `spent`.
    """

    translation_key = models.UUIDField()
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    service = models.CharField(max_length=30)
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    words = models.PositiveIntegerField()
    spent = models.PositiveIntegerField(default=0)
    texts = models.PositiveIntegerField(default=0, help_text=_("How many texts were kept."))
    failure = models.CharField(max_length=20, blank=True)
    wait_until = models.DateTimeField(null=True, blank=True, help_text=_("Before that the service wants no questions."))
    left_out = models.JSONField(default=list, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"],
                condition=Q(ended_at__isnull=True),
                name="translation_machine_once_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["locale", "asked_at"], name="translation_machine_month")]

    def __str__(self) -> str:
        return f"{self.service} {self.asked_at:%Y-%m-%d}: {self.words}"


class Via(models.TextChoices):
    """The way by which a text came into a translation."""

    EDITOR = "editor", pgettext_lazy("way a text was written", "typed")
    PO = "po", pgettext_lazy("way a text was written", "PO file")
    XLIFF = "xliff", pgettext_lazy("way a text was written", "XLIFF file")
    TMX = "tmx", pgettext_lazy("way a text was written", "TMX file")
    MEMORY = "memory", pgettext_lazy("way a text was written", "from memory")
    CARRIED = "carried", pgettext_lazy("way a text was written", "kept after a change of the original")
    MACHINE = "machine", pgettext_lazy("way a text was written", "machine")
    UNDO = "undo", pgettext_lazy("way a text was written", "restored")
    GONE = "gone", pgettext_lazy("way a text was written", "deleted with its page")


NO_LANGUAGE = "zxx"  # ISO 639 for what is not language


class TextEvent(AppendOnly):
    """One change of one text of a translation: the history, and the archive of the memory.

    Of a link, an image or a page that was chosen `source_language` is NO_LANGUAGE, so that the memory passes it over.

    It stands for itself: pages, sources, texts and languages may be deleted, and what was written is still here. Hence
    languages are named by their codes, and the original is quoted. A text that was deleted has `new` empty. That
    readers have seen what was written is marked afterwards (`translation.made_public`).
    """

    translation_key = models.UUIDField()
    path = models.TextField()
    source_language = models.CharField(max_length=100)
    language = models.CharField(max_length=100)
    source = models.TextField()
    source_hash = models.UUIDField(help_text=_("As wagtail-localize computes it for its strings."))
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    via = models.CharField(max_length=10, choices=Via.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reasons = models.JSONField(default=dict, blank=True, help_text=_("Why a warning does not hold, by its code."))
    was_public = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["translation_key", "language"], name="translation_event_subject"),
            models.Index(fields=["source_hash", "language"], name="translation_event_source"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.path}: {self.via}"


class CarriedRestriction(models.Model):
    """Which restriction of a translation is there because its original has one; `translation.privacy` keeps them."""

    copy = models.OneToOneField(PageViewRestriction, models.CASCADE, related_name="carried")
    original = models.ForeignKey(PageViewRestriction, models.CASCADE, related_name="copies")

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.original_id} -> {self.copy_id}"


class MadeFrom(models.Model):
    """Which texts of its original a revision of a translated page was made from; `translation.made_from` keeps it."""

    revision = models.OneToOneField(Revision, models.CASCADE, related_name="made_from")
    source = models.ForeignKey(TranslationSource, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.digest[:8]}"


class TermUse(models.Model):
    """What translators are told of a term in one language, beside what the glossary says to readers."""

    translation_key = models.UUIDField()
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    rendering = models.CharField(
        _("name in texts"),
        max_length=120,
        blank=True,
        help_text=_("Only where it is not the one of the glossary, or the glossary has none in this language yet."),
    )
    forms = models.TextField(
        _("other forms"),
        blank=True,
        help_text=_("Forms that may stand in a text and that the usual endings do not explain. One per line."),
    )
    forbidden = models.TextField(_("words to avoid"), blank=True, help_text=_("One per line."))
    kept = models.BooleanField(_("stays as it is in the original"), default=False)
    note = models.TextField(_("note for translators"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "locale"], name="translation_term_use_once"),
        ]

    def __str__(self) -> str:
        return f"{self.translation_key}: {self.rendering}"
