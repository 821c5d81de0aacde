"""What templates need beside the page itself."""

from typing import Any

from django.http import HttpRequest

from .models import HomePage, KnowledgePage


def page_context(page: KnowledgePage, request: HttpRequest) -> dict[str, Any]:
    return {}


def home_context(page: HomePage) -> dict[str, Any]:
    return {}
