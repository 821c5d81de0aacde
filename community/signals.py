"""What the community does when something else changes."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page

from portal import stamps

from . import services
from .checks import site_domain
from .due_process import telling
from .models import GroupText, ModerationDecision, Sanction, WorkingGroup
from .personal import erasing


@receiver(post_delete, sender=Page)
def page_was_deleted(sender: Any, instance: Page, **kwargs: Any) -> None:
    if not Page.objects.filter(translation_key=instance.translation_key).exists():
        services.hide_thread(translation_key=instance.translation_key)


@receiver([post_save, post_delete], sender=WorkingGroup)
@receiver([post_save, post_delete], sender=GroupText)
def group_was_changed(sender: Any, **kwargs: Any) -> None:
    stamps.touch(stamps.SITE)


@receiver(pre_delete, sender=get_user_model())
def account_is_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    erasing.before_account_goes(instance)


@receiver(post_save, sender=ModerationDecision)
def decision_was_made(sender: Any, instance: ModerationDecision, created: bool, **kwargs: Any) -> None:
    if created:
        telling.tell_of(instance)


@receiver(post_save, sender=Sanction)
def sanction_was_imposed(sender: Any, instance: Sanction, created: bool, **kwargs: Any) -> None:
    if created:
        telling.tell_of_sanction(instance)


@receiver(post_migrate)
def name_site(sender: Any, using: str, **kwargs: Any) -> None:
    """Keep django.contrib.sites in step with the settings."""
    if sender.name != "django.contrib.sites":
        return
    from django.contrib.sites.models import Site

    Site.objects.using(using).update_or_create(
        pk=settings.SITE_ID, defaults={"domain": site_domain(), "name": settings.SITE_NAME}
    )
