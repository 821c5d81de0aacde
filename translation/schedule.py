"""The day on which an original ends is the day on which its translations end: they say the same."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from .originals import family


@receiver(page_published)
def carry_end(instance: Page, **kwargs: Any) -> None:
    original, *others = family(instance) or [instance]
    if original.pk == instance.pk:
        later = [page.pk for page in others if page.expire_at != original.expire_at]
    else:
        end = original.expire_at
        later = [instance.pk] if end and (instance.expire_at is None or instance.expire_at > end) else []
    if later:
        Page.objects.filter(pk__in=later).update(expire_at=original.expire_at)
