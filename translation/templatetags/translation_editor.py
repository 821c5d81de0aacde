"""What is taken out of wagtail-localize's translation editor before the browser draws it."""

import json

from django import template

register = template.Library()


@register.filter
def without_alias(props: str) -> str:
    """The editor's settings without its button for aliases, the first one of translators who may not publish."""
    settings = json.loads(props)
    settings["links"]["convertToAliasUrl"] = None
    return json.dumps(settings)
