"""The glossary on paper: as a sheet, and at the end of the book."""

from django.utils.translation import gettext_lazy

from portal import printed

from .models import GlossaryPage


def register() -> None:
    printed.register(printed.Printed("glossary", GlossaryPage, ("pk",), gettext_lazy("Glossary")))
