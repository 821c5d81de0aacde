"""What an editor's browser sends: the edit form of a page as POST data, and accounts that may send it."""

import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from wagtail import blocks
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.blocks import BlockField
from wagtail.models import Page

from portal.groups import ensure_groups

Data = dict[str, Any]


def make_user(*groups: str, name: str = "") -> Any:
    """An account in the named groups of the admin, never a superuser."""
    ensure_groups()
    user = get_user_model().objects.create_user(name or "-".join(groups).lower() or "nobody", password="pw")
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    return user


def signed_in(*groups: str) -> Client:
    client = Client()
    client.force_login(make_user(*groups))
    return client


def post_data(page: Page, user: Any = None, parent: Page | None = None, **changes: Any) -> Data:
    """The edit form of `page` as its browser would send it, with `changes` to single form fields.

    A stream may be given as its raw value, a list of rows as a list of dicts.
    """
    form = page.get_edit_handler().get_form_class()(instance=page, for_user=user, parent_page=parent)
    data: Data = {}
    for bound in form:
        if bound.name == "comment_notifications":
            continue
        value = changes.pop(bound.name) if bound.name in changes else bound.value()
        if isinstance(bound.field, BlockField):
            stream = bound.field.block
            data |= _block(stream, stream.to_python(value) if isinstance(value, list) else value, bound.html_name)
        else:
            data |= _field(bound, value)
    for name, formset in form.formsets.items():
        data |= _formset(formset, changes.pop(name, None))
    assert not changes, f"no such fields: {sorted(changes)}"
    return data


def _field(bound: Any, value: Any) -> Data:
    if hasattr(bound.field.widget, "editor_id") or "Draftail" in type(bound.field.widget).__name__:
        return {bound.html_name: bound.field.widget.format_value(value)}
    if isinstance(value, Model):
        value = value.pk
    if value is None or value is False:
        return {}
    if value is True:
        return {bound.html_name: "on"}
    if isinstance(value, list | tuple) or hasattr(value, "all"):
        values = list(value.all() if hasattr(value, "all") else value)
        is_tags = type(bound.field).__name__ == "TagField"
        return {bound.html_name: ", ".join(str(v) for v in values)} if is_tags else {bound.html_name: values}
    prepared = bound.field.prepare_value(value)
    return {bound.html_name: prepared.isoformat() if isinstance(prepared, datetime.date) else prepared}


def _formset(formset: Any, rows: list[Data] | None) -> Data:
    prefix = formset.prefix
    data: Data = {}
    if rows is None:
        count = initial = formset.initial_form_count()
        for number, form in enumerate(formset.initial_forms):
            for bound in form:
                data |= _field(bound, bound.value())
            data[f"{prefix}-{number}-ORDER"] = number + 1
    else:
        count, initial = len(rows), 0
        for number, row in enumerate(rows):
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
            data[f"{prefix}-{number}-ORDER"] = number + 1
    return data | {
        f"{prefix}-TOTAL_FORMS": count,
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }


def _block(block: blocks.Block, value: Any, prefix: str) -> Data:
    if isinstance(block, blocks.StreamBlock):
        return _sequence([(child.block, child.value, child.id, child.block_type) for child in value], prefix)
    if isinstance(block, blocks.ListBlock):
        return _sequence([(block.child_block, child.value, child.id, "") for child in value.bound_blocks], prefix)
    if isinstance(block, blocks.StructBlock):
        data: Data = {}
        for name, child in block.child_blocks.items():
            data |= _block(child, value.get(name) if value else None, f"{prefix}-{name}")
        return data
    if isinstance(block, blocks.RichTextBlock):
        widget = get_rich_text_editor_widget(features=block.features)
        return {prefix: widget.format_value(value.source if value else "")}
    if value is None or value is False:
        return {}
    if isinstance(value, datetime.date):
        return {prefix: value.isoformat()}
    return {prefix: value.pk if isinstance(value, Model) else "on" if value is True else value}


def _sequence(children: list[tuple], prefix: str) -> Data:
    data: Data = {f"{prefix}-count": len(children)}
    for number, (block, value, pk, kind) in enumerate(children):
        at = f"{prefix}-{number}"
        data |= {f"{at}-order": number, f"{at}-deleted": "", f"{at}-id": pk or ""}
        if kind:
            data[f"{at}-type"] = kind
        data |= _block(block, value, f"{at}-value")
    return data


def errors(response: Any) -> dict[str, list[str]]:
    """What the form complained about, by field."""
    form = response.context["form"]
    found = {
        name: [line for error in data for line in _messages(error)] for name, data in form.errors.as_data().items()
    }
    for name, formset in form.formsets.items():
        found |= {name: list(formset.non_form_errors())} if formset.non_form_errors() else {}
        found |= {f"{name}.{number}": list(row) for number, row in enumerate(formset.errors) if row}
    return found


def _messages(error: Any) -> list[str]:
    return error.as_json_data().get("messages") or ["entries"] if hasattr(error, "as_json_data") else error.messages


def send(client: Client, page: Page, action: str = "", **changes: Any) -> Any:
    """Save a draft of `page`, or with `action` (“publish”, “submit”) do more, as the browser of `client` would."""
    data = post_data(page, parent=page.get_parent(), **changes)
    if action:
        data[f"action-{action}"] = "1"
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def publish(client: Client, page: Page, **changes: Any) -> dict[str, list[str]]:
    """Publish `page` with `changes`; returns the complaints of the form, none if it was published."""
    response = send(client, page, "publish", **changes)
    return {} if response.status_code == 302 else errors(response)
