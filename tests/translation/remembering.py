"""A small site whose pages are translated text by text, for the tests of the memory."""

from typing import Any

from django.test import TestCase
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from tests.factories import locale
from translation import remarks, writing
from translation.models import Via


def submit(page: Any, language: str = "fr") -> Translation:
    """The page sent to be translated: a draft in the other language, without a single text."""
    source, _created = TranslationSource.update_or_create_from_instance(page.specific)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale(language))
    if not page.has_translation(locale(language)):
        page.specific.copy_for_translation(locale(language)).save()
    return translation


def segment(translation: Translation, text: str) -> StringSegment:
    found = StringSegment.objects.filter(source=translation.source_id, string__data=text).order_by("order")
    return found.select_related("string", "context")[0]


def say(translation: Translation, source: str, text: str, kind: str = "manual") -> StringTranslation:
    found = segment(translation, source)
    return StringTranslation.objects.create(
        translation_of=found.string,
        context=found.context,
        locale=translation.target_locale,
        data=text,
        translation_type=kind,
    )


def explain(translation: Translation, user: Any) -> None:
    """A reason for each warning that needs one."""
    found = remarks.remarks(translation)
    for one in translation.source.stringsegment_set.select_related("string", "context"):
        here = found.get((one.string_id, one.context_id))
        if here and here.lacking:
            reasons = {remark.problem.code: "As in a test." for remark in here.remarks}
            text = writing.current(translation, one)
            assert text
            writing.write(translation, one, text.data, user=user, via=Via.EDITOR, reasons=reasons)


def finish(translation: Translation, mark: str = "Mot", *, publish: bool = True) -> Any:
    """Every text that is left, and then the page as readers see it."""
    for number, one in enumerate(translation.source.stringsegment_set.select_related("string", "context")):
        StringTranslation.objects.get_or_create(
            translation_of=one.string,
            context=one.context,
            locale=translation.target_locale,
            defaults={"data": f"{mark} {number}", "translation_type": "manual"},
        )
    with TestCase.captureOnCommitCallbacks(execute=True):  # where wagtail-localize publishes
        translation.save_target(publish=publish)
    return translation.get_target_instance()


def edit(page: Any, **fields: Any) -> None:
    """The original published anew, with other texts."""
    page = page.specific
    for name, value in fields.items():
        setattr(page, name, value)
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    page.refresh_from_db()


def sync(translation: Translation) -> Translation:
    translation.source.update_from_db()
    return Translation.objects.select_related("source", "target_locale").get(pk=translation.pk)
