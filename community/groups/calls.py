"""The working group for which a call of the first content looked for members."""

from typing import Any

from django.conf import settings
from django.dispatch import receiver
from wagtail.models import Page

from portal import stamps
from portal.content_loaded import content_loaded

from ..models import GroupText, WorkingGroup
from .reading import STAMP

EFUS = "efus-working-group-call-2016"  # the address of the call, the same in every language
CODE = "efus-social-media"


@receiver(content_loaded)
def make_group_of_the_call(sender: Any, **kwargs: Any) -> None:
    """Once, in the words of the call. It ended in 2016: nobody can ask to join, and who belonged is not known.

    What somebody changed stays as it is.
    """
    calls = Page.objects.filter(slug=EFUS, live=True).order_by("pk")
    original = calls.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if original is None or WorkingGroup.objects.filter(code=CODE).exists():
        return
    group = WorkingGroup.objects.create(code=CODE, visibility=WorkingGroup.Visibility.READABLE, call=original)
    translations = calls.filter(translation_key=original.translation_key).select_related("locale").specific()
    GroupText.objects.bulk_create(
        GroupText(group=group, language=call.locale.language_code, title=call.title[:120], purpose=call.summary)
        for call in translations
    )
    stamps.touch(STAMP, stamps.SITE)
