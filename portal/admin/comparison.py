"""Fields whose stored value means nothing to an editor, shown in words where two versions are compared."""

from typing import Any

from django.db import models
from wagtail.admin.compare import FieldComparison, diff_text, register_comparison_class

from ..fields import CodesField


class ListComparison(FieldComparison):
    """A list of codes, as one line of text."""

    def describe(self, value: Any) -> str:
        return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value or "")

    def htmldiff(self) -> str:
        return diff_text(self.describe(self.val_a), self.describe(self.val_b)).to_html()


class CodesComparison(ListComparison):
    def describe(self, value: Any) -> str:
        return ", ".join(self.field.labels(value or []))


register_comparison_class(models.JSONField, comparison_class=ListComparison)
register_comparison_class(CodesField, comparison_class=CodesComparison)
