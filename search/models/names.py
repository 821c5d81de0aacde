from django.db import models

from .catalogue import Document


class Name(models.Model):
    """A title or another name in the catalogue, once for each word with which somebody may begin to type it.

    The database drops the rows of a document with it, see the migration `names_follow_documents`.
    """

    document = models.ForeignKey(Document, models.DO_NOTHING, related_name="+", db_constraint=False)
    key = models.CharField(max_length=60, db_index=True)  # lower case, without accents
    place = models.PositiveSmallIntegerField()  # of the word in the name: 0 is its beginning
    text = models.CharField(max_length=250)

    def __str__(self) -> str:
        return self.text
