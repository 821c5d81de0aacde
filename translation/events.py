"""Every change of a text or value of a translation leaves a `TextEvent`, whatever code made it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import Locale, Page
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation
from wagtail_localize.strings import StringValue

from .models import NO_LANGUAGE, TextEvent, Via

NO_TEXT = UUID(int=0)


@dataclass(frozen=True)
class How:
    """Set on a text before it is saved or deleted, by whoever knows; otherwise found from what the text says."""

    via: Via
    user: Any
    reasons: Mapping[str, str]


def say(row: StringTranslation | SegmentOverride, how: How) -> None:
    row._how = how


def _how(text: StringTranslation) -> How:
    known: How | None = text.__dict__.pop("_how", None)
    if known:
        return known
    if text.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE:
        return How(Via.MACHINE, text.last_translated_by, {})
    return How(Via.PO if text.tool_name == "PO File" else Via.EDITOR, text.last_translated_by, {})


def record(text: StringTranslation, how: How, *, old: str, new: str) -> None:
    codes: dict[int, str] = dict(Locale.objects.values_list("pk", "language_code"))
    string, context = text.translation_of, text.context
    TextEvent.objects.create(
        translation_key=context.object_id,
        path=context.path,
        source_language=codes[string.locale_id],
        language=codes[text.locale_id],
        source=string.data,
        source_hash=string.data_hash,
        old=old,
        new=new,
        via=how.via,
        user=how.user,
        reasons=dict(how.reasons),
    )


@receiver(pre_save, sender=StringTranslation)
def remember(instance: StringTranslation, update_fields: Any = None, raw: bool = False, **kwargs: Any) -> None:
    if not raw and (update_fields is None or "data" in update_fields):
        before = StringTranslation.objects.filter(pk=instance.pk).values_list("data", "translation_type")
        instance._before = before.first() if instance.pk else None


@receiver(post_save, sender=StringTranslation)
def written(instance: StringTranslation, raw: bool = False, **kwargs: Any) -> None:
    if raw or "_before" not in instance.__dict__:
        return
    before = instance.__dict__.pop("_before")
    how = _how(instance)
    if (instance.context_id and before != (instance.data, instance.translation_type)) or how.reasons:
        record(instance, how, old=before[0] if before else "", new=instance.data)


@receiver(post_save, sender=StringTranslation)
def title_written(instance: StringTranslation, raw: bool = False, **kwargs: Any) -> None:
    """Texts are kept with entities; in the lists of the admin a title is as it reads."""
    if instance.context_id and instance.context.path == "title" and "&" in instance.data and not raw:
        pages = Page.objects.filter(translation_key=instance.context.object_id, locale=instance.locale_id)
        pages.update(draft_title=StringValue(instance.data).render_text()[:255])


@receiver(pre_delete, sender=StringTranslation)
def deleted(instance: StringTranslation, **kwargs: Any) -> None:
    """The texts of a page are deleted together with it; here they are kept."""
    how: How = instance.__dict__.pop("_how", None) or How(Via.GONE, None, {})
    if instance.context_id:
        record(instance, how, old=instance.data, new="")


def kept(value: Any) -> str:
    """A value as the history has it; what is as in the original is empty."""
    return "" if value is None else str(value)


def _record_value(override: SegmentOverride, how: How, *, old: str, new: str) -> None:
    context = override.context
    originals = OverridableSegment.objects.filter(context=context).order_by("pk")
    TextEvent.objects.create(
        translation_key=context.object_id,
        path=context.path,
        source_language=NO_LANGUAGE,
        language=override.locale.language_code,
        source=next((kept(one.data) for one in originals[:1]), ""),
        source_hash=NO_TEXT,
        old=old,
        new=new,
        via=how.via,
        user=how.user,
    )


@receiver(pre_save, sender=SegmentOverride)
def remember_value(instance: SegmentOverride, raw: bool = False, **kwargs: Any) -> None:
    if not raw and instance.context_id:
        before = SegmentOverride.objects.filter(pk=instance.pk).first() if instance.pk else None
        instance._before = kept(before.data) if before else ""


@receiver(post_save, sender=SegmentOverride)
def value_chosen(instance: SegmentOverride, raw: bool = False, **kwargs: Any) -> None:
    before, new = instance.__dict__.pop("_before", None), kept(instance.data)
    how = instance.__dict__.pop("_how", None) or How(Via.EDITOR, instance.last_translated_by, {})
    if not raw and before is not None and before != new:
        _record_value(instance, how, old=before, new=new)


@receiver(pre_delete, sender=SegmentOverride)
def value_dropped(instance: SegmentOverride, **kwargs: Any) -> None:
    how: How = instance.__dict__.pop("_how", None) or How(Via.GONE, None, {})
    if instance.context_id:
        _record_value(instance, how, old=kept(instance.data), new="")
