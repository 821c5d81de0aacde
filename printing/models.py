from django.db import models
from django.utils.translation import gettext_lazy as _


class Book(models.Model):
    """The book of one language: how far it is, and what it was made from.

    `version` is the site's stamp when the work began. The file holds what everybody may read, and is given out only
    while nothing has been published, withdrawn or run out since.
    """

    WAITING, MAKING, READY = "waiting", "making", "ready"

    language = models.CharField(max_length=10, unique=True)
    state = models.CharField(
        max_length=10, default=WAITING, choices=[(state, state) for state in (WAITING, MAKING, READY)]
    )
    version = models.BigIntegerField(default=0)
    good_until = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=200, blank=True)  # in the store; nobody can guess it
    size = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("book")
        verbose_name_plural = _("books")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.language} {self.state}"
