"""Where the texts of the memory stand: the page's name and the way there, for all of them at once."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import pgettext
from wagtail.models import Page

from . import states
from .known import Known, Suggestion

Place = tuple[UUID, str]


def named(found: dict[int, list[Suggestion]]) -> dict[int, list[Suggestion]]:
    places = {_place(one.known) for suggestions in found.values() for one in suggestions}
    there = _instances(places) if places else {}
    return {pk: [_named(one, there.get(_place(one.known))) for one in all_of] for pk, all_of in found.items()}


def _place(known: Known) -> Place:
    return (known.translation_key, known.language)


def _instances(places: set[Place]) -> dict[Place, Any]:
    """The pages and entries in which the texts stand; a query for each of the few models."""
    keys, languages = {key for key, _language in places}, {language for _key, language in places}
    found = {}
    for model in (Page, *states.entry_models()):
        rows = model._base_manager.filter(translation_key__in=keys, locale__language_code__in=languages)
        for one in rows.select_related("locale"):
            found[one.translation_key, one.locale.language_code] = one
    return found


def _named(suggestion: Suggestion, instance: Any) -> Suggestion:
    origin = _origin(suggestion.known)
    if instance is None:
        return replace(suggestion, origin=origin)
    return replace(suggestion, origin=origin, title=_title(instance), url=_url(instance, suggestion.known.is_open))


def _origin(known: Known) -> str:
    if known.is_machine:
        return pgettext("how a text was written", "not read by a person yet")
    if known.is_approved:
        return pgettext("how a text was written", "published")
    return pgettext("how a text was written", "written by a person")


def _title(instance: Any) -> str:
    return str(instance.title if isinstance(instance, Page) else instance)


def _url(instance: Any, is_open: bool) -> str:
    if not isinstance(instance, Page):
        return reverse(instance.snippet_viewset.get_url_name("edit"), args=[instance.pk]) if is_open else ""
    if is_open:
        return reverse("wagtailadmin_pages:edit", args=[instance.pk])
    return instance.get_url() or ""
