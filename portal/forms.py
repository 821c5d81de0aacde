"""The edit form of the portal's pages."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


class KnowledgePageForm(WagtailAdminPageForm):
    """Shows what `page.problems()` finds beside its field, unless only a draft is being saved."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or self._errors:
            return
        for formset in self.formsets.values():
            formset.is_valid()  # fills the rows in
        for name, message in self.instance.problems(self._rows):
            self._add_problem(name, message)

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

    def _add_problem(self, name: str, message: Any) -> None:
        if name in self.formsets:
            self.formsets[name].non_form_errors().append(message)
        else:
            self.add_error(name if name in self.fields else None, message)
