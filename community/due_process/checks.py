"""What the law wants every host to publish (articles 11 to 14 of the Digital Services Act), found missing at start."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

# The codes of the pages with the rules in plain words, and with the point of contact.
PAGES = ("house-rules", "contact")


@register()
def somebody_can_be_reached(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.CONTACT:
        return []
    said = "Readers find no point of contact at the foot of the pages."
    return [Warning(said, hint="Set CONTACT to a mailto: or https: address.", id="community.W002")]


@register(Tags.database)
def rules_and_contact_in_every_language(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """In each language that has a home page: others are not open to readers yet."""
    if not databases:
        return []
    try:
        missing = _missing()
    except DatabaseError:  # before the first migration, which asks for this check too
        return []
    if not missing:
        return []
    said = f"The rules or the point of contact are not published in every language: {', '.join(missing)}."
    return [
        Warning(said, hint="Translate and publish the pages named, or run bin/portal content.", id="community.W003")
    ]


def _missing() -> list[str]:
    from portal.models import HomePage, StandardPage

    languages = HomePage.objects.live().values_list("locale__language_code", flat=True)
    there = set(StandardPage.objects.live().filter(code__in=PAGES).values_list("locale__language_code", "code"))
    return [f"{code} ({language})" for language in sorted(languages) for code in PAGES if (language, code) not in there]
