"""Codes of pages that nobody has taken yet."""

from typing import Any

from django.utils.text import slugify

MAX_LENGTH = 77  # leaves room for a number


def free_code(page: Any, wanted: str) -> str:
    """`wanted` as a code, numbered if another page of this type has it; translations of `page` share its code."""
    wanted = slugify(wanted)[:MAX_LENGTH]
    others = type(page)._default_manager.exclude(translation_key=page.translation_key)
    taken = set(others.filter(code__startswith=wanted).values_list("code", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, 100))
    return next((code for code in [wanted, *numbered] if code not in taken), wanted)
