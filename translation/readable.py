"""Which texts of translations a person may be shown beside her own: those of pages that she may edit, and of what is
public those that readers see. A text that waits in somebody else's draft is nobody's suggestion.
"""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms.models import model_to_dict
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import StringTranslation

from portal.querysets import visible

from . import access, states
from .differences import TAG

Place = tuple[UUID, int]  # a subject in a language

SPACE = re.compile(r"\s+")


def editable(user: Any) -> QuerySet[Page]:
    if user is None:
        return Page.objects.none()
    return page_permission_policy.instances_user_has_any_permission_for(user, {"change"}).order_by()


def readable(texts: QuerySet[StringTranslation], user: Any, key: UUID, locale: int) -> QuerySet[StringTranslation]:
    """Those that `user` may open herself (`is_open`), and those of public pages and entries, which are to be compared
    with what readers see. `is_approved` is what was published since it was written. The translation of `key` into
    `locale`, on which she works, is open to her.
    """
    same = {"translation_key": OuterRef("context__object_id"), "locale_id": OuterRef("locale_id")}
    pages = Page.objects.filter(**same).order_by()
    own = Q(context__object_id=key, locale_id=locale)
    mine = Exists(editable(user).filter(**same)) | Q(pk__in=[])
    entries = _types(states.entry_models())
    if user is not None:
        changeable = _types(model for model in states.entry_models() if access.may_change(user, model))
        mine |= Q(context__object__content_type__in=changeable, locale_id__in=access.locale_ids(user))
    public = Exists(visible(pages, user)) | Q(context__object__content_type__in=entries)
    said = Exists(pages.filter(live=True, last_published_at__gte=OuterRef("updated_at")))
    is_approved = said | Q(context__object__content_type__in=entries)
    return texts.annotate(is_open=own | mine, is_approved=is_approved).filter(Q(is_open=True) | public)


def _types(models: Iterable[type[Any]]) -> list[ContentType]:
    return list(ContentType.objects.get_for_models(*models).values())


def published(texts: list[StringTranslation]) -> list[StringTranslation]:
    """Without those that are not open and that readers do not see either. The same few queries for any number."""
    asked = {(text.context.object_id, text.locale_id) for text in texts if not _is_open(text)}
    read = what_readers_see(asked, Page.objects.filter(live=True)) if asked else {}
    return [text for text in texts if _is_open(text) or says(read.get(_place(text), ""), text.data)]


def _is_open(text: StringTranslation) -> bool:
    return bool(text.is_open)


def _place(text: StringTranslation) -> Place:
    return (text.context.object_id, text.locale_id)


def what_readers_see(places: set[Place], among: QuerySet[Page]) -> dict[Place, str]:
    """Of the published pages `among`, and of entries; for `says`."""
    keys, locales = {key for key, _locale in places}, {locale for _key, locale in places}
    pages = among.filter(translation_key__in=keys, locale__in=locales)
    found = {}
    columns = ("translation_key", "locale_id", "live_revision__content")
    for key, locale, content in pages.order_by().values_list(*columns):
        found[key, locale] = squeezed(" ".join(leaves(content)))
    for model in states.entry_models():
        entries = model._base_manager.filter(translation_key__in=keys, locale__in=locales)
        for entry in entries:
            place = (entry.translation_key, entry.locale_id)
            found[place] = squeezed(" ".join(leaves(model_to_dict(entry))))
    return found


def says(read: str, text: str) -> bool:
    """Whether `text` is part of what readers see."""
    return (squeezed(text) or "\0") in read


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif isinstance(value, str):
        if value[:1] in ("[", "{"):  # a stream is kept as JSON within the JSON of its page
            try:
                yield from leaves(json.loads(value))
                return
            except ValueError:
                pass
        yield value


def squeezed(text: str) -> str:
    """Without markup and spaces, in which what is kept and what is shown differ."""
    return SPACE.sub("", unescape(TAG.sub(" ", text)))
