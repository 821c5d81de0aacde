from django.db import models


class TranslationState(models.Model):
    """Which source text a published page renders; `portal.freshness` keeps it.

    For an original, `source_digest` is the digest of its own text. For a translation it is the digest of the text
    that was translated, and `behind_since` is when the original moved on, if it did.
    """

    page = models.OneToOneField("wagtailcore.Page", models.CASCADE, related_name="translation_state")
    is_original = models.BooleanField(default=True)
    source_digest = models.CharField(max_length=64)
    behind_since = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True  # says nothing about what pages point to

    def __str__(self) -> str:
        return f"{self.page_id} {self.source_digest[:8]}"
