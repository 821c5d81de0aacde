from django.db import models

from .catalogue import Document


class Trait(models.Model):
    """What a text is compared with others by: a telling word, or something that editors noted of it.

    The database drops the rows of a document with it, see the migration `traits_of_documents`.
    """

    document = models.ForeignKey(Document, models.DO_NOTHING, related_name="+", db_constraint=False)
    code = models.CharField(max_length=120)  # "entracker", "en:tag:cctv"; see `search.traits`
    weight = models.FloatField()

    class Meta:
        indexes = [models.Index(fields=["code", "document", "weight"], name="search_trait_code")]

    def __str__(self) -> str:
        return self.code
