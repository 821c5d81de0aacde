from django.db import models
from django.utils.translation import gettext_lazy as _


class QueryCount(models.Model):
    """How often something was searched for on one day. Nothing in it leads to whoever asked.

    No address, account or session is kept, nor the time of day; see `search.query_log` for what is not kept at all.
    """

    class Bucket(models.IntegerChoices):
        """How many results there were."""

        NONE = 0, "0"
        FEW = 1, "1–3"
        SOME = 2, "4–20"
        MANY = 3, _("more than 20")

    day = models.DateField(db_index=True)
    language = models.CharField(max_length=12)
    query = models.CharField(max_length=80)
    bucket = models.PositiveSmallIntegerField(choices=Bucket.choices)
    # Kept apart: that nothing fits a filter does not say that the guide has nothing on it.
    filtered = models.BooleanField(default=False)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of searches")
        verbose_name_plural = _("counts of searches")
        default_permissions = ()
        permissions = [("view_queryreport", "Can see what was searched for")]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "query", "bucket", "filtered"], name="search_querycount_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.query} ({self.language})"
