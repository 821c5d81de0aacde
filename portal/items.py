"""Pages as an address names them in a list, such as `?items=DIY-08,faenza-fa-tamtam`: by their label or their code."""

import re
from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from wagtail.models import get_page_models

from .listing import without_streams
from .models import KnowledgePage
from .querysets import in_language, visible

MOST = 40
CODE = re.compile(r"[-\w]+", re.ASCII)  # what may be one; databases refuse some of what an address can hold


def item_of(page: Any) -> str:
    return getattr(page, "label", "") or page.code


def named_in(parameters: QueryDict, most: int = MOST) -> list[str]:
    """What `items` names, each once and in that order, however it was written: repeated or with commas."""
    parts = ",".join(parameters.getlist("items")).split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))[:most]


def pages_named(items: Iterable[str], language: str, user: Any) -> dict[str, Any]:
    """The pages that this reader may see, in their language or else in their own. Takes a query for each type."""
    wanted = {item.casefold(): item for item in items if CODE.fullmatch(item)}
    if not wanted:
        return {}
    found: dict[str, Any] = {}
    for model in get_page_models():
        if issubclass(model, KnowledgePage) and model.discussable and not hasattr(model, "label"):
            pages = model.objects.filter(code__in=wanted)
            for page in in_language(visible(pages, user), language).select_related("locale"):
                found.setdefault(wanted[page.code], page)
    return found


def items_of(ids: Iterable[int]) -> dict[int, str]:
    """What pages are called in such a list, by id. Takes a query for each type."""
    wanted = list(ids)
    found: dict[int, str] = {}
    for model in get_page_models() if wanted else ():
        if issubclass(model, KnowledgePage) and model.discussable:
            found |= {page.pk: item_of(page) for page in without_streams(model).filter(pk__in=wanted)}
    return found
