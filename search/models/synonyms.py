from django.db import models
from django.utils.translation import gettext_lazy as _

from .wording import InOneLanguage, lines_of


class Synonym(InOneLanguage):
    """Words that mean the same in one language. Looked up when somebody searches; the index knows nothing of them."""

    class Direction(models.TextChoices):
        BOTH = "both", _("Each finds all the others")
        ONE = "one", _("The first finds the others, but not the other way round")

    terms = models.TextField(
        _("terms"),
        help_text=_(
            "One per line, at least two. A term may have several words. Plurals and accents need no line of their own: "
            "the search takes them for the same word."
        ),
    )
    direction = models.CharField(_("direction"), max_length=4, choices=Direction.choices, default=Direction.BOTH)

    class Meta:
        verbose_name = _("set of synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["language", "terms"]

    def __str__(self) -> str:
        return " = ".join(self.lines)

    @property
    def lines(self) -> list[str]:
        return lines_of(self.terms)
