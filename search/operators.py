"""`tag:`, `country:` and `type:` in what was typed, for people who type rather than tick: they become filters."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.utils import translation
from django.utils.text import slugify
from django_countries import countries
from wagtail.models import Page

from portal.models import KnowledgePage, PageTag
from portal.querysets import visible
from portal.words.analysis import clean, exact_key

from .adapters import kind_labels
from .parsing import MAX_CHARACTERS, QUOTES

OPERATOR = re.compile(r'(?<!\S)(tag|country|type):(?:"([^"]*)"|(\S+))', re.IGNORECASE)
MOST = 20  # looked at in one query
OTHER_CODES = {"UK": "GB", "EL": "GR"}


def taken_out(text: str, user: Any = None) -> tuple[str, dict[str, list[str]]]:
    """The text without what names a filter, and the filters by their names in the address.

    What names nothing that the reader may see stays where it was, as words.
    """
    found: dict[str, list[str]] = {}
    looked_at = 0

    def take(match: re.Match[str]) -> str:
        nonlocal looked_at
        looked_at += 1
        name, value = match[1].lower(), (match[2] or match[3] or "").strip()
        code = MEANINGS[name](value, user) if value and looked_at <= MOST else ""
        if not code:
            return match[0]
        if code not in found.setdefault(name, []):
            found[name].append(code)
        return " "

    text = clean(text[:MAX_CHARACTERS]).translate(QUOTES)
    rest = OPERATOR.sub(take, text)
    return " ".join(rest.split()), found


def _tag(value: str, user: Any) -> str:
    """The slug of a tag by its slug or name. A tag that only hidden pages carry is none."""
    links = PageTag.objects.filter(tag__slug__in={value.lower(), slugify(value)})
    shown = links.filter(content_object__in=visible(Page.objects.all(), user).values("pk"))
    return shown.values_list("tag__slug", flat=True).first() or ""


def _country(value: str, user: Any) -> str:
    code = OTHER_CODES.get(value.upper(), value.upper())
    return code if code in countries.countries else _named(value, dict(countries), _in_english(lambda: dict(countries)))


def _kind(value: str, user: Any) -> str:
    names = kind_labels()
    if value.lower() in names:
        return value.lower()
    plurals = {model.kind: model._meta.verbose_name_plural for model in _page_types()}
    return _named(value, names, plurals, _in_english(lambda: {kind: str(name) for kind, name in names.items()}))


def _page_types() -> Iterator[Any]:
    return (model for model in apps.get_models() if issubclass(model, KnowledgePage))


def _in_english(labels: Any) -> dict[str, str]:
    with translation.override("en"):
        return {code: str(label) for code, label in labels().items()}


def _named(value: str, *labels: dict[str, Any]) -> str:
    """The code whose label is `value`, in the reader's language or in English; accents and spaces do not count."""
    wanted = exact_key(value)
    pairs: Iterable[tuple[str, Any]] = (pair for some in labels for pair in some.items())
    return next((code for code, label in pairs if wanted and exact_key(str(label)) == wanted), "")


MEANINGS = {"tag": _tag, "country": _country, "type": _kind}
