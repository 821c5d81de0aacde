"""The glossary is read from its terms, so a changed term makes kept copies of it out of date."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from portal import stamps

from .models import GlossaryTerm


@receiver([post_save, post_delete], sender=GlossaryTerm)
def term_changed(sender: Any, **kwargs: Any) -> None:
    stamps.touch(stamps.SITE)
