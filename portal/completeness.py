"""Everything that keeps a page from being published, in one list."""

import json
import re
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

from .models import KnowledgePage
from .models.pages import Problem, Rows

# Words that stand for a text which nobody has written yet.
PLACEHOLDER = re.compile(r"\b(TBD|TBC|lorem ipsum|to be completed|to be written)\b|\?\?\?", re.IGNORECASE)


def problems(page: KnowledgePage, rows: Rows) -> list[Problem]:
    return [*page.problems(rows), *placeholders(page)]


def placeholders(page: KnowledgePage) -> list[Problem]:
    found: list[Problem] = []
    for field in page._meta.concrete_fields:
        if field.name in {"draft_title", "slug", "url_path"}:  # made from the title
            continue
        match = PLACEHOLDER.search(_text(field, getattr(page, field.attname)))
        if match:
            message = _("“%(word)s” still stands for a text. Write it, or leave the field empty.")
            found.append((field.name, message % {"word": match.group()}))
    return found


def _text(field: models.Field, value: Any) -> str:
    if isinstance(field, StreamField):
        return json.dumps(value.get_prep_value(), default=str, ensure_ascii=False)
    return value if isinstance(field, models.CharField | models.TextField) and isinstance(value, str) else ""
