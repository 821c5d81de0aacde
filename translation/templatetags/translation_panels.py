from typing import Any

from django import template
from django.urls import reverse

from ..models import Adaptation

register = template.Library()


@register.inclusion_tag("translation/workbench/_comments.html", takes_context=True)
def comments_panel(context: Any, translation: Any, path: str, threads: Any, number: Any) -> dict[str, Any]:
    """The comments on the text at `path`; `threads` from `comments.of_translation`, `number` is unique on the page."""
    return {
        "threads": threads,
        "path": path,
        "number": number,
        "url": reverse("translation_comments", args=[translation.target_locale.language_code, translation.pk]),
        "next": f"{context['request'].get_full_path()}#comments-{number}",
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("translation/workbench/_adapted.html", takes_context=True)
def adapted_panel(context: Any, translation: Any, segment: Any, adaptation: Any, closed: Any = "") -> dict[str, Any]:
    """Whether the text of `segment` differs from the original on purpose; `adaptation` is the mark it has."""
    return {
        "segment": segment,
        "adaptation": adaptation,
        "closed": closed,
        "kinds": Adaptation.Kind.choices,
        "url": reverse("translation_adapt", args=[translation.target_locale.language_code, translation.pk]),
        "next": context["request"].get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }
