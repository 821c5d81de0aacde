from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .. import text


class WatchedWord(models.Model):
    """A word or a few words that moderators look out for in comments, as whole words, whatever case and accents."""

    class Effect(models.TextChoices):
        MARK = "mark", pgettext_lazy("watched word", "warn the writer")
        HOLD = "hold", pgettext_lazy("watched word", "hold: a moderator reads it first")
        REFUSE = "refuse", pgettext_lazy("watched word", "refuse until it is changed")

    words = models.CharField(
        _("word or words"),
        max_length=80,
        help_text=_(
            "Found as whole words, in any case, with or without accents. A star at the end stands for any ending."
        ),
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, blank=True, help_text=_("Empty: in every language.")
    )
    effect = models.CharField(_("what happens"), max_length=10, choices=Effect.choices, default=Effect.HOLD)
    folded = models.CharField(max_length=160, editable=False)

    class Meta:
        verbose_name = _("watched word")
        verbose_name_plural = _("watched words")
        ordering = ["words", "language"]
        constraints = [models.UniqueConstraint(fields=["folded", "language"], name="community_one_watch_of_a_word")]

    def __str__(self) -> str:
        return self.words

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = text.folded_words(self.words)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        self.folded = text.folded_words(self.words)
        if len(self.folded.strip("* ")) < 2:
            raise ValidationError({"words": _("Give at least two letters or digits.")})
        same = WatchedWord.objects.filter(folded=self.folded, language=self.language).exclude(pk=self.pk)
        if same.exists():
            raise ValidationError({"words": _("This word is watched already in this language.")})
