from django.db import models
from django.utils.translation import gettext_lazy as _

from .wording import InOneLanguage, lines_of


class AskedAs(InOneLanguage):
    """What readers ask in one language when a subject is the answer: a page, or a term, over all its languages.

    It names the subject and no page, so that it stays whichever of its languages come and go.
    """

    MOST = 20  # wordings of one subject in one language: more would fit anything
    LONGEST = 120  # characters of one

    subject = models.CharField(max_length=36)  # the translation key, as in the catalogue
    wordings = models.TextField(
        _("asked as"),
        help_text=_(
            "One search or question per line, in the words in which readers would type it. Plurals, accents and the "
            "order of the words need no line of their own."
        ),
    )

    class Meta:
        verbose_name = _("wordings of readers")
        verbose_name_plural = _("asked as")
        ordering = ["subject", "language"]
        constraints = [models.UniqueConstraint(fields=["subject", "language"], name="search_askedas_unique")]
        indexes = [models.Index(fields=["language"], name="search_askedas_language")]

    def __str__(self) -> str:
        return "; ".join(self.lines)

    name = ""  # of the subject, once a list has looked it up
    before: "AskedAs | None" = None  # while it is saved, what is stored

    @property
    def lines(self) -> list[str]:
        return lines_of(self.wordings)
