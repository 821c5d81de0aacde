"""Which texts of the original a revision of a translation was made from. It may be published much later, when
translators have others, and is stale then.
"""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail_localize.models import TranslationLog, TranslationSource

from portal import freshness

from .models import MadeFrom


@receiver(post_save, sender=TranslationLog)
def revision_was_made(instance: TranslationLog, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        record(instance.revision_id, instance.source, freshness.handed_out(instance.source))


def record(revision: int | None, source: TranslationSource, digest: str | None) -> None:
    if revision and digest:
        MadeFrom.objects.update_or_create(revision_id=revision, defaults={"source": source, "digest": digest})


def of_revision(revision: int | None, source: TranslationSource) -> str | None:
    """None for what was not made here."""
    return MadeFrom.objects.filter(revision=revision, source=source).values_list("digest", flat=True).first()


def of_page(page: Page, source: TranslationSource) -> str | None:
    return of_revision(page.live_revision_id, source)


def keep_valid(page: Page, source: TranslationSource, before: str) -> None:
    """Somebody says that the texts handed out now mean what those of the digest `before` meant."""
    drafts = MadeFrom.objects.filter(source=source, digest=before, revision__object_id=str(page.pk))
    drafts.update(digest=freshness.handed_out(source))
