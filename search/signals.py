"""What makes the index follow: publications, moves, deletions, and changes of what pages name."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from taggit.models import Tag
from wagtail.models import Page, TranslatableMixin
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from portal import searchable
from portal.models import Consent, Organisation, Platform, PortalImage, Term

from . import indexing
from .attachments import following
from .models import AskedAs

NAMED_BY_PAGES = (Consent, Organisation, Platform, PortalImage, Term)


@receiver(page_published)
def page_was_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    indexing.index_page(instance)
    following.follow(instance)


@receiver(page_unpublished)
def page_was_unpublished(sender: Any, instance: Any, **kwargs: Any) -> None:
    indexing.forget([instance, *indexing.shown_on(instance)])
    indexing.index(*indexing.shown_on(instance))  # another language's page may show them
    following.follow(instance)


@receiver(post_page_move)
def page_was_moved(sender: Any, instance: Any, **kwargs: Any) -> None:
    indexing.index_pages(Page.objects.descendant_of(instance, inclusive=True))


@receiver(page_slug_changed)
def slug_was_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Also where a live page was saved without being published."""
    indexing.index_pages(Page.objects.descendant_of(instance, inclusive=True))


@receiver(post_save)
def something_was_saved(sender: Any, instance: Any, created: bool, raw: bool, **kwargs: Any) -> None:
    """A term counts in all its languages: a new translation names pages that name the original."""
    if raw:
        return
    if sender is Consent:
        indexing.index_users_of(instance, *PortalImage.objects.filter(consent=instance))
    elif sender is Term:
        indexing.index_users_of(*Term.objects.filter(translation_key=instance.translation_key))
    elif sender in NAMED_BY_PAGES and not created:
        indexing.index_users_of(instance)
    elif sender is Tag and not created:
        indexing.index_pages(_tagged(instance))
    elif issubclass(sender, Page) and not created:
        indexing.follow_page(instance)
    if searchable.registration(sender):
        indexing.index(instance)


@receiver(pre_delete)
def something_will_be_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    """What names it is remembered: afterwards nobody knows."""
    if sender in NAMED_BY_PAGES:
        instance.search_users = indexing.users_of([instance])
    elif sender is Tag:
        instance.search_users = list(_tagged(instance).values_list("pk", flat=True))
    elif issubclass(sender, Page):
        indexing.follow_page(instance)
        instance.search_shown = list(indexing.shown_on(instance))
    if searchable.registration(sender):
        indexing.forget([instance])


@receiver(post_delete)
def something_was_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    users = getattr(instance, "search_users", None)
    if users:
        indexing.index_pages(Page.objects.filter(pk__in=users))
    if shown := getattr(instance, "search_shown", None):  # another page may show them
        indexing.index(*shown)
    if issubclass(sender, TranslatableMixin):
        indexing.forget_asked(instance.translation_key)


@receiver(pre_save, sender=AskedAs)
def wordings_will_be_changed(instance: AskedAs, **kwargs: Any) -> None:
    instance.before = AskedAs.objects.filter(pk=instance.pk).first() if instance.pk else None


@receiver([post_save, post_delete], sender=AskedAs)
def wordings_were_changed(instance: AskedAs, **kwargs: Any) -> None:
    indexing.index_asked(filter(None, [instance, instance.before]))


@receiver(searchable.changed)
def something_was_changed(sender: Any, instances: Iterable[Any], **kwargs: Any) -> None:
    if sender is AskedAs:
        indexing.index_asked(instances)
    else:
        indexing.index(*instances)


def _tagged(tag: Tag) -> Any:
    return Page.objects.filter(portal_tags__tag=tag).distinct()
