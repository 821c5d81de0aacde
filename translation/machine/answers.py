"""What is done to a text before it is sent, and what an answer must hold to be looked at as a translation at all.

Everything else is found by the checks that every text of a translation passes.
"""

import re

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _

from ..checks.pair import plain

CODE = re.compile(r"<code\b[^>]*>")
LEFT_ALONE = '<code translate="no">'  # DeepL and LibreTranslate know this attribute of HTML
TIMES, AND = 4, 80  # no translation is so much longer


def to_send(text: str) -> str:
    return CODE.sub(LEFT_ALONE, text)


def received(answer: str) -> str:
    return CODE.sub("<code>", answer).replace("\x00", "").strip()


def wrong(source: str, answer: str) -> str:
    """Why `answer` cannot be a translation of `source`, or nothing."""
    if len(answer) > TIMES * len(source) + AND:
        return _("The text is far longer than the original.")
    if _code(source) != _code(answer):
        return _("What must stay as it is was changed.")
    if not plain(answer).strip():
        return _("The text is empty.")
    return ""


def _code(text: str) -> list[str]:
    if "<code" not in text:
        return []
    return sorted(element.get_text() for element in BeautifulSoup(text, "html.parser").find_all("code"))
