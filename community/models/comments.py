"""The truth about a comment: where it stands in its thread, in which language, and who may see it."""

import secrets

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .. import reasons
from ..querysets import CommentStateQuerySet
from .threads import DiscussionThread

# Without vowels (no words by chance) and without look-alikes.
PUBLIC_ID_LETTERS = "23456789bcdfghjkmnpqrstvwxz"
STEP = 10  # digits of one level in `path`
MAX_LEVELS = 3


def new_public_id() -> str:
    return "".join(secrets.choice(PUBLIC_ID_LETTERS) for _position in range(10))


class State(models.TextChoices):
    HELD = "held", pgettext_lazy("comment", "held")
    PUBLISHED = "published", _("published")
    HIDDEN = "hidden", _("hidden by a moderator")
    WITHDRAWN = "withdrawn", _("withdrawn by its author")
    ERASED = "erased", _("erased")


class CommentState(models.Model):
    """One to one with the comment of django-comments-xtd, which keeps only text, name, author and date.

    A side table, not COMMENTS_XTD_MODEL: the package uses its own model inside in places, and version 3 will change
    it. Visible is what is `published` here, never `is_public` alone, which the package also sets by itself.

    `path` holds the comments from the first of the exchange down to this one, ten digits each. Sorting by it gives
    the tree, oldest first, in every database; it depends on nothing that two writers at once could both count.
    Answers deeper than MAX_LEVELS stand beside the comment they answer; `parent` always says which one that is.
    """

    comment = models.OneToOneField("django_comments_xtd.XtdComment", models.PROTECT, related_name="standing")
    thread = models.ForeignKey(DiscussionThread, models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answers")
    path = models.CharField(max_length=STEP * MAX_LEVELS, editable=False)
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    language = models.CharField(_("language"), max_length=10)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    guest = models.BooleanField(_("written by a visitor"), default=False)
    reason = models.CharField(_("reason of the last decision"), max_length=20, blank=True)
    held_for = models.JSONField(_("why it was held"), default=list, blank=True)
    nonce = models.CharField(max_length=32, unique=True, null=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    mention_spans = models.JSONField(_("names of others in the text"), default=list, blank=True, editable=False)
    is_official = models.BooleanField(_("speaks for the editors"), default=False)
    useful = models.PositiveIntegerField(default=0, editable=False)
    practised = models.PositiveIntegerField(default=0, editable=False)
    concern = models.PositiveIntegerField(default=0, editable=False)
    posted_at = models.DateTimeField(_("written"), db_index=True)
    edited_at = models.DateTimeField(_("changed by its author"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("last decision"), auto_now=True)

    objects = CommentStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        default_permissions = ()
        permissions = [("moderate_comment", _("Can moderate comments"))]
        indexes = [
            models.Index(fields=["thread", "path"], name="community_thread_path"),
            # All that a thread is counted by, so that no row of it is read for that.
            models.Index(fields=["thread", "state", "language", "is_official"], name="community_thread_counts"),
            models.Index(fields=["state", "posted_at"], name="community_state_posted"),
        ]

    def __str__(self) -> str:
        # Shown in the site history of the admin: never the text or the name.
        return self.public_id

    @property
    def level(self) -> int:
        """1 for a comment of its own, 2 for an answer, 3 for an answer to an answer and all below."""
        return len(self.path) // STEP

    @property
    def author_name(self) -> str:
        """A comment without a name is one that its author left behind."""
        name: str = self.comment.user_name
        return name or gettext("A former member")

    @property
    def is_shown(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def reason_label(self) -> str:
        return reasons.label(self.reason) if self.reason else ""

    def path_below(self, comment_id: int) -> str:
        """Where an answer to this comment stands."""
        return f"{self.path[: STEP * (MAX_LEVELS - 1)]}{comment_id:0{STEP}d}"
