"""The edit form of the portal's pages."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.blocks import BlockField, StreamBlockValidationError

from .admin.forms import freeze
from .codes import free_code
from .fields import LinesField

CODE = _("Permanent and the same in every language. Left empty, it is made from the title.")
# Every text of several lines in the admin, child rows and registers included.
register_form_field_override(
    models.TextField, override={"widget": AdminAutoHeightTextInput, "form_class": LinesField}, exact_class=True
)

FROZEN = _("Fixed since the first publication: links and cards refer to it.")


class KnowledgePageForm(WagtailAdminPageForm):
    """Shows what `page.problems()` finds beside its field, unless only a draft is being saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("code", "slug"):
            if name in self.fields:
                self.fields[name].required = False  # made from the title
        if "code" in self.fields:
            self.fields["code"].help_text = CODE
        if self.instance.pk and self.instance.first_published_at:
            for name in self.instance.frozen & self.fields.keys():
                freeze(self.fields[name], FROZEN)
        elif self.instance.pk is None and "number" in self.fields and not self.instance.number:
            self.initial["number"] = self.instance.next_number()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "code" in self.fields and "code" not in self.errors and not cleaned.get("code"):
            cleaned["code"] = free_code(self.instance, cleaned.get("slug") or cleaned.get("title", ""))
        return cleaned

    def _post_clean(self) -> None:
        from . import completeness

        super()._post_clean()
        if self.is_deferred_validation:
            return
        for formset in self.formsets.values():
            formset.is_valid()  # fills the rows in
        found: dict[str, list[Any]] = {}
        for name, message in completeness.problems(self.instance, self._rows):
            found.setdefault(name, []).append(message)
        for name, messages in found.items():
            if name not in self._errors:
                self._add_problems(name, messages)

    def _rows(self, name: str) -> list[Any]:
        formset = self.formsets.get(name)
        if formset is None:
            return self.instance.own_rows(name)
        kept = [
            form
            for form in formset.forms
            if form not in formset.deleted_forms and (form.instance.pk or form.has_changed())
        ]
        return [form.instance for form in kept]

    def _add_problems(self, name: str, messages: list[Any]) -> None:
        if name in self.formsets:
            self.formsets[name].non_form_errors().extend(messages)
        elif isinstance(self.fields.get(name), BlockField):
            # A stream prints the first error only, so all messages go into one.
            # It puts each above the one before.
            self.add_error(name, StreamBlockValidationError(non_block_errors=messages[::-1]))
        else:
            self.add_error(name if name in self.fields else None, messages)


def looks_like_a_language(code: str) -> bool:
    return bool(re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", code))


class CodeListField(forms.CharField):
    """Several short codes in one line, such as “de, en”, kept as a list."""

    def __init__(self, *, is_known: Callable[[str], bool] = looks_like_a_language, example: str, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.is_known = is_known
        self.example = example

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        codes = list(dict.fromkeys(re.split(r"[\s,;]+", super().clean(value).strip(" ,;"))))
        codes = [code for code in codes if code]
        unknown = [code for code in codes if not self.is_known(code)]
        if unknown:
            message = _("Not a known code: %(codes)s. Write codes with commas between them, for example %(example)s.")
            raise forms.ValidationError(message, params={"codes": ", ".join(unknown), "example": self.example})
        return codes

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial or []) != (data or "")
