import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from .wording import InOneLanguage, lines_of


class Pick(InOneLanguage):
    """A page that editors put first, or last, for what readers ask in one language.

    `wagtail.contrib.search_promotions` is not used: its promotions hold for all languages, know no dates, show no
    reason, match only the very same text, cannot put a page last, and come with a log of queries that keeps each text
    as it was typed, mail addresses included.
    """

    class Effect(models.TextChoices):
        FIRST = "first", _("Show it first")
        LAST = "last", _("Show it last")

    queries = models.TextField(
        _("searches"),
        help_text=_(
            "What readers type, one search per line. The order of the words, plurals and accents do not count."
        ),
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        models.CASCADE,
        related_name="+",
        verbose_name=_("page"),
        help_text=_("Readers get it in their language where it exists. Nobody is shown a page that they may not open."),
    )
    effect = models.CharField(_("effect"), max_length=5, choices=Effect.choices, default=Effect.FIRST)
    reason = models.CharField(
        _("reason shown to readers"),
        max_length=60,
        blank=True,
        help_text=_(
            "Stands beside the result. Left empty it says “Editors’ pick”. Nothing is said of a page put last."
        ),
    )
    order = models.PositiveSmallIntegerField(
        _("order"), default=1, help_text=_("Where several pages come first for one search, the smallest number leads.")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day. Empty: until it is deleted.")
    )

    class Meta:
        verbose_name = _("editors’ pick")
        verbose_name_plural = _("editors’ picks")
        ordering = ["language", "queries", "order", "pk"]

    def __str__(self) -> str:
        return f"{', '.join(self.lines)}: {self.page}"

    @property
    def lines(self) -> list[str]:
        return lines_of(self.queries)

    def is_running(self, day: datetime.date) -> bool:
        return (not self.starts_on or self.starts_on <= day) and (not self.ends_on or self.ends_on >= day)
