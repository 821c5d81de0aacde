from typing import Any

from django import template
from django.urls import reverse

from ..models import Adaptation

register = template.Library()


def _back(context: Any) -> str:
    """Where the form was; what answers to one of the workbench's forms with the page has no address for that."""
    request = context["request"]
    is_shown = request.method == "GET" or "workbench_url" not in context
    return str(request.get_full_path() if is_shown else context["workbench_url"])


@register.inclusion_tag("translation/workbench/_comments.html", takes_context=True)
def comments_panel(context: Any, translation: Any, path: str, threads: Any, number: Any) -> dict[str, Any]:
    """The comments on the text at `path`; `threads` from `comments.of_translation`, `number` is unique on the page."""
    sent = context.get("refused")
    refused = sent if sent and sent.get("path") == path else None
    return {
        "refused": refused,
        "threads": threads,
        "path": path,
        "number": number,
        "url": reverse("translation_comments", args=[translation.target_locale.language_code, translation.pk]),
        "next": refused["next"] if refused and "next" in refused else f"{_back(context)}#comments-{number}",
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("translation/workbench/_adapted.html", takes_context=True)
def adapted_panel(context: Any, translation: Any, segment: Any, adaptation: Any, closed: Any = "") -> dict[str, Any]:
    """Whether the text of `segment` differs from the original on purpose; `adaptation` is the mark it has."""
    sent = context.get("unmarked")
    return {
        "segment": segment,
        "adaptation": adaptation,
        "refused": sent if sent and sent.get("segment") == str(segment.pk) else None,
        "closed": closed,
        "kinds": Adaptation.Kind.choices,
        "url": reverse("translation_adapt", args=[translation.target_locale.language_code, translation.pk]),
        "next": _back(context),
        "csrf_token": context.get("csrf_token"),
    }
