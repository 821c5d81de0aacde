"""What the community does when something else changes."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models.signals import post_delete, post_migrate, pre_delete
from django.dispatch import receiver
from wagtail.models import Page

from . import services
from .checks import site_domain


@receiver(post_delete, sender=Page)
def page_was_deleted(sender: Any, instance: Page, **kwargs: Any) -> None:
    if not Page.objects.filter(translation_key=instance.translation_key).exists():
        services.hide_thread(translation_key=instance.translation_key)


@receiver(pre_delete, sender=get_user_model())
def account_is_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    services.erase_author(user=instance)


@receiver(post_migrate)
def name_site(sender: Any, using: str, **kwargs: Any) -> None:
    """Keep django.contrib.sites in step with the settings."""
    if sender.name != "django.contrib.sites":
        return
    from django.contrib.sites.models import Site

    Site.objects.using(using).update_or_create(
        pk=settings.SITE_ID, defaults={"domain": site_domain(), "name": settings.SITE_NAME}
    )
