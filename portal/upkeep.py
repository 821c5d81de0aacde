"""What about the pages needs somebody's attention, as querysets: for the admin's home page and its report."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from .models import KnowledgePage
from .querysets import originals


def review_due(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Published pages whose review date has come."""
    today = timezone.localdate()
    due = Q()
    for model in apps.get_models():
        if issubclass(model, KnowledgePage):
            due |= Q(pk__in=model.objects.filter(live=True, review_due__lte=today).order_by().values("pk"))
    return pages.filter(due)


def pointing_to_unpublished(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Published pages that point to a page which readers do not see: the link is left out there."""
    kind = ContentType.objects.get_for_model(Page)
    hidden = Page.objects.filter(live=False, depth__gt=1).annotate(text=Cast("pk", CharField()))
    references = ReferenceIndex.objects.filter(
        base_content_type=kind,
        object_id=Cast(OuterRef("pk"), CharField()),
        to_content_type=kind,
        to_object_id__in=hidden.order_by().values("text"),
    )
    return pages.filter(Exists(references), live=True)


def behind(pages: QuerySet[Page], language: str) -> QuerySet[Page]:
    """Published translations whose original has moved on."""
    return pages.filter(live=True, locale__language_code=language, translation_state__behind_since__isnull=False)


def _subjects() -> QuerySet[Page]:
    return Page.objects.filter(live=True, depth__gt=1, alias_of__isnull=True)


def untranslated(language: str) -> QuerySet[Page]:
    """Originals that readers of `language` see in another language."""
    own = _subjects().filter(translation_key=OuterRef("translation_key"), locale__language_code=language)
    return originals(_subjects()).exclude(Exists(own))


def translation_counts() -> dict[str, tuple[int, int]]:
    """For each language how many subjects have no page in it, and how many pages are behind. Two queries."""
    rows = (
        _subjects()
        .order_by()
        .values("locale__language_code")
        .annotate(
            pages=Count("translation_key", distinct=True),
            behind=Count("pk", filter=Q(translation_state__behind_since__isnull=False)),
        )
    )
    total = _subjects().order_by().values("translation_key").distinct().count()
    return {row["locale__language_code"]: (total - row["pages"], row["behind"]) for row in rows}
