"""Rows beside pages whose change shows somewhere on the site: saving or deleting one touches the site's stamp.

A withdrawn consent must be felt at the next request, wherever the quote, contact or photo stood. A new snippet type,
image model or site setting is covered without an edit here.
"""

from functools import cache
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from taggit.models import Tag
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Locale, PageViewRestriction, Site
from wagtail.snippets.models import get_snippet_models

from . import stamps

SHOWN = (AbstractDocument, AbstractImage, AbstractSetting, Locale, PageViewRestriction, Site, Tag)


@cache
def shows(model: type[Model]) -> bool:
    return issubclass(model, SHOWN) or model in get_snippet_models()


@receiver([post_save, post_delete])
def row_was_changed(sender: type[Model], **kwargs: Any) -> None:
    if shows(sender):
        stamps.touch(stamps.SITE)
