"""What is not text and may be another in one language: the target of a link, an image, a document, a page.

Everything else that is not text, such as a code, follows the original in every language.
"""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import RichTextField
from wagtail.models import CollectionMember, Page
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import OverridableSegment, SegmentOverride, TranslationSource

from portal.admin.page_chooser import choosable as choosable_pages

from .links import check_override
from .places import Place, place

ADDRESSES = (models.URLField, models.EmailField, blocks.URLBlock, blocks.EmailBlock)
WITH_LINKS = (RichTextField, blocks.RichTextBlock)


def is_address(stands: Place) -> bool:
    return isinstance(stands.of, (*ADDRESSES, *WITH_LINKS))


def model_of(stands: Place) -> type[Model] | None:
    """Of what is chosen there."""
    if isinstance(stands.of, models.ForeignKey):
        return stands.of.related_model
    return stands.of.model_class if isinstance(stands.of, blocks.ChooserBlock) else None


def is_offered(stands: Place) -> bool:
    model = model_of(stands)
    return is_address(stands) or (model is not None and _is_chosen_in_the_admin(model) and not _is_a_fact(stands))


def _is_a_fact(stands: Place) -> bool:
    """What a page or an entry belongs to, such as its series, is so in every language; how it looks may differ."""
    if not isinstance(stands.of, models.ForeignKey):
        return False
    is_whole = issubclass(stands.of.model, (Page, *get_snippet_models()))
    return is_whole and not issubclass(stands.of.related_model, CollectionMember)


def _is_chosen_in_the_admin(model: type[Model]) -> bool:
    return issubclass(model, (Page, CollectionMember, *get_snippet_models()))


def may_choose(model: type[Model], user: Any) -> bool:
    """Who serves a language may choose among its pages, and among those that readers see."""
    if issubclass(model, Page):
        return True
    return bool(policy_registry.get_by_type(model).user_has_any_permission(user, _actions(model)))


def choosable(model: type[Model], user: Any) -> QuerySet[Any]:
    """What the chooser of the admin offers this person."""
    if issubclass(model, Page):
        mine = choosable_pages(Page.objects.all(), user)
    else:
        mine = policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, _actions(model))
    return model._default_manager.filter(pk__in=mine.order_by().values("pk"))


def _actions(model: type[Model]) -> list[str]:
    return ["choose"] if issubclass(model, CollectionMember) else ["add", "change", "view"]


def cleaned(source: TranslationSource, segment: OverridableSegment, value: str, user: Any) -> Any:
    """`value` as it is kept. Raises ValidationError where it is unsafe, or nothing that this person may choose."""
    stands = place(source, segment)
    if not is_offered(stands):
        raise ValidationError(_("This follows the original in every language."))
    check_override(segment, value)
    model = model_of(stands)
    if model is None:
        return _as_the_field_wants(stands.of, value)
    if not choosable(model, user).filter(pk=value).exists():
        raise ValidationError(_("Choose one from the list."))
    return int(value)


def _as_the_field_wants(field: Any, value: str) -> str:
    """Its own limits too, so that no page fails to be published for them."""
    if isinstance(field, ADDRESSES):
        field.clean(value, None) if isinstance(field, models.Field) else field.clean(value)
    return value


@receiver(post_delete)
def what_was_deleted_is_chosen_no_more(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Where it was chosen the original is followed again; otherwise the page could not be made any more."""
    if not isinstance(instance, Model) or not _is_chosen_in_the_admin(type(instance)):
        return
    ways = [json.dumps(instance.pk), json.dumps(str(instance.pk))]
    for override in SegmentOverride.objects.filter(data_json__in=ways, context__isnull=False):
        here = OverridableSegment.objects.filter(context=override.context_id)
        for segment in here.select_related("context", "source__specific_content_type")[:1]:
            model = model_of(place(segment.source, segment))
            if model and isinstance(instance, model):
                override.delete()
