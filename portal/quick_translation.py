"""Django's `{% load i18n %}`, with `{% trans "constant" %}` looked up once for each language.

An article holds more than a hundred such texts; Django resolves each anew as if it were a variable. The settings put
this library in the place of Django's own; every other tag and filter is Django's.
"""

from typing import Any

from django.template import Library
from django.template.base import Parser, Token
from django.templatetags import i18n
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import get_language

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class ConstantText(TranslateNode):
    def __init__(self, node: TranslateNode) -> None:
        super().__init__(node.filter_expression, node.noop, node.asvar, node.message_context)
        self.texts: dict[str | None, str] = {}

    def render(self, context: Any) -> str:
        language = get_language()
        text = self.texts.get(language)
        if text is None:
            text = self.texts[language] = super().render(context)
        return text


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> TranslateNode:
    node = do_translate(parser, token)
    expression = node.filter_expression
    context = node.message_context
    is_constant = getattr(expression.var, "literal", None) is not None and (context is None or not context.is_var)
    return ConstantText(node) if is_constant and not expression.filters and not node.asvar else node
