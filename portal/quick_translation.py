"""`{% trans "constant" %}` looked up once for each language.

An article holds more than a hundred such texts; Django resolves each anew as if it were a variable. `install` puts
this tag in the place of Django's own in the library `i18n`.
"""

from typing import Any

from django.template.base import Parser, Token
from django.templatetags import i18n
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import get_language


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


def translate(parser: Parser, token: Token) -> TranslateNode:
    node = do_translate(parser, token)
    expression = node.filter_expression
    context = node.message_context
    is_constant = getattr(expression.var, "literal", None) is not None and (context is None or not context.is_var)
    return ConstantText(node) if is_constant and not expression.filters and not node.asvar else node


def install() -> None:
    for name in ("trans", "translate"):
        i18n.register.tag(name, translate)
