"""What readers of a translated page are told about how it was made."""

from typing import Any

from django.db.models import Q
from wagtail_localize.models import StringTranslation

from portal.provenance import Provenance

from .gaps import enabled_translation
from .models import Outcome, Submission, TextEvent, Via
from .texts import written


def of_page(page: Any) -> Provenance | None:
    """None for originals and for pages written by hand. Four queries."""
    translation = enabled_translation(page)
    if translation is None:
        return None
    read = Submission.objects.of(translation).filter(outcome=Outcome.APPROVED, alone=False)
    read = read.filter(revision=page.live_revision_id)
    return Provenance(
        reviewed_on=read.order_by("-decided_at").values_list("decided_at", flat=True).first(),
        names=_names(translation, page),
        has_machine_text=_has_machine_text(translation),
    )


def _names(translation: Any, page: Any) -> tuple[str, ...]:
    """Who wrote what is public now and agreed to be named: by the full name, an account is nobody's business."""
    texts = written(translation).filter(
        last_translated_by__is_active=True, last_translated_by__translator_choices__is_named=True
    )
    if page.last_published_at:
        texts = texts.filter(updated_at__lte=page.last_published_at)
    people = texts.order_by("last_translated_by__last_name", "last_translated_by__first_name")
    rows = people.values_list("last_translated_by__first_name", "last_translated_by__last_name").distinct()
    return tuple(name for row in rows if (name := " ".join(row).strip()))


def _has_machine_text(translation: Any) -> bool:
    """Also where a person has read it and changed nothing."""
    machine = StringTranslation.TRANSLATION_TYPE_MACHINE
    said = TextEvent.objects.filter(
        translation_key=translation.source.object_id,
        language=translation.target_locale.language_code,
        via=Via.MACHINE,
    ).values("new")
    return written(translation).filter(Q(translation_type=machine) | Q(data__in=said)).exists()
