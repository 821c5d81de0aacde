"""What still keeps a saved draft from being published, for the ways that lead past the edit form."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page

from . import completeness
from .models import KnowledgePage

_found_by_features: list[Callable[[KnowledgePage], Iterable[str]]] = []
_objections: list[Callable[[Page, Any], str]] = []


def register_shortcomings(find: Callable[[KnowledgePage], Iterable[str]]) -> None:
    """For features, which the portal does not know: `find` gives one line for each thing to mend."""
    _found_by_features.append(find)


def register_objection(find: Callable[[Page, Any], str]) -> None:
    """`find` says why this account may not approve this page, or nothing."""
    _objections.append(find)


def objection(page: Page, user: Any) -> str:
    return next(filter(None, (find(page, user) for find in _objections)), "")


def shortcomings(page: Page) -> list[str]:
    """One line for each thing to mend in the newest draft of `page`, in the words of the edit form."""
    draft = page.get_latest_revision_as_object()
    if not isinstance(draft, KnowledgePage):
        return []
    lines = [f"{_label(draft, name)}: {message}" for name, message in [*_invalid(draft), *_incomplete(draft)]]
    for find in _found_by_features:
        lines += find(draft)
    return list(dict.fromkeys(lines))


def _invalid(page: KnowledgePage) -> Iterator[tuple[str, str]]:
    try:
        page.full_clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            for message in messages:
                yield name, message
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            try:
                field.stream_block.clean(getattr(page, field.name))
            except ValidationError:
                yield field.name, _("An entry is not complete.")


def _incomplete(page: KnowledgePage) -> Iterator[tuple[str, str]]:
    for name, message in completeness.problems(page, page.own_rows):
        yield name, str(message)


def _label(page: KnowledgePage, name: str) -> str:
    try:
        field = page._meta.get_field(name)
    except FieldDoesNotExist:
        return _("Page")
    model = getattr(field, "related_model", None)
    label = getattr(field, "verbose_name", None) or (model and model._meta.verbose_name_plural) or name
    return capfirst(str(label))
