"""Rows that are written once. What was decided and done is not made undone by changing the record of it."""

from typing import Any, NoReturn

from django.db import models


class AppendOnlyQuerySet(models.QuerySet):
    """Refuses every way to change or delete many rows at once.

    Django itself takes an account out of a row through the base manager. So does the retention of personal data,
    which keeps the row and takes the text.
    """

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("These rows are never changed; add a new one.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("These rows are never changed; add a new one.")

    def delete(self) -> NoReturn:
        raise TypeError("These rows are never deleted.")


class AppendOnly(models.Model):
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("This row is never changed; add a new one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("This row is never deleted.")
