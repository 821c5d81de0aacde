"""Workshops on paper: as sheets and in the book."""

from django.utils.translation import gettext_lazy

from portal import printed

from .models import WorkshopPage


def register() -> None:
    printed.register(printed.Printed("workshop", WorkshopPage, ("date_start", "pk"), gettext_lazy("Workshops")))
