"""What follows from a publication: the facets of listings and the stamps of caches."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from . import freshness, groups, merging, stamps, withholding
from .models import (
    Consent,
    HomePage,
    KnowledgePage,
    Organisation,
    PageFacet,
    Platform,
    PortalImage,
    Term,
)


def write_facets(page: KnowledgePage) -> bool:
    """Rewrite the filter codes of a published page; whether any of them changed."""
    wanted = {(facet, str(value)) for facet, values in page.facets().items() for value in values if value}
    with transaction.atomic():
        stored = {(row.facet, row.value): row.pk for row in PageFacet.objects.filter(page_id=page.pk)}
        PageFacet.objects.filter(pk__in=[pk for key, pk in stored.items() if key not in wanted]).delete()
        PageFacet.objects.bulk_create(
            PageFacet(page_id=page.pk, facet=facet, value=value) for facet, value in wanted - stored.keys()
        )
    return wanted != stored.keys()


@receiver(page_published)
def page_was_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, KnowledgePage):
        write_facets(instance)
        freshness.page_was_published(instance)
    stamps.touch(stamps.SITE)


@receiver([page_unpublished, post_page_move])
def page_left(sender: Any, **kwargs: Any) -> None:
    stamps.touch(stamps.SITE)


@receiver(post_delete, sender=Page)
def page_was_deleted(sender: Any, **kwargs: Any) -> None:
    stamps.touch(stamps.SITE)


@receiver([post_save, post_delete], sender=Term)
def term_changed(sender: Any, **kwargs: Any) -> None:
    stamps.touch(stamps.TERMS)  # that of the site is touched in `portal.purging`, as for every snippet


@receiver(post_save, sender=Consent)
def consent_was_saved(sender: Any, instance: Consent, **kwargs: Any) -> None:
    withholding.settle(PortalImage.objects.filter(consent=instance))


@receiver(post_save, sender=PortalImage)
def image_was_saved(sender: Any, instance: PortalImage, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        withholding.settle([instance])


@receiver(post_save, sender=HomePage)
def tree_was_started(sender: Any, instance: HomePage, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        groups.grant_tree(instance)


@receiver(pre_delete, sender=Term)
@receiver(pre_delete, sender=Platform)
@receiver(pre_delete, sender=Organisation)
def entry_is_to_be_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    merging.refuse_if_used(instance)
