from django.db import models
from django.utils.translation import gettext_lazy as _


class DiscussionThread(models.Model):
    """What comments hang on: one for each subject, shared by all its translations.

    The row is made with the first comment. A page finds its thread by its translation key, so the thread needs no
    knowledge of page types; a working group's thread will be another kind.
    """

    class Kind(models.TextChoices):
        SUBJECT = "subject", _("a page and its translations")

    class Condition(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed: readable, nobody can add to it")
        HIDDEN = "hidden", _("hidden: its page was deleted")

    translation_key = models.UUIDField(_("translation key of the page"), unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.SUBJECT)
    state = models.CharField(_("state"), max_length=10, choices=Condition.choices, default=Condition.OPEN)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.translation_key}"
