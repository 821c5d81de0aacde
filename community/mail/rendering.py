"""A letter as text and as HTML, in the reader's language. Nothing in it is fetched: no picture, no counting."""

import re
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import translation

from portal.mail import Letter

from .. import names


def rendered(letter: Letter, address: str, language: str) -> EmailMultiAlternatives:
    with translation.override(language or settings.LANGUAGE_CODE):
        subject = " ".join(str(letter.subject() if callable(letter.subject) else letter.subject).split())
        path = letter.stop() if letter.stop else ""
        context = {**_around(letter, path), **letter.context, "subject": subject}
        text = _spaced(get_template(f"{letter.template}.txt").render(context))
        answers = [letter.reply_to] if letter.reply_to else None
        mail = EmailMultiAlternatives(subject, text, to=[address], reply_to=answers, headers=_headers(path))
        mail.attach_alternative(_html(letter.template, {**context, "text": text}), "text/html")
    return mail


def _around(letter: Letter, path: str) -> dict[str, Any]:
    """What every letter says beside its own: whom it greets, and whose it is."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.WAGTAILADMIN_BASE_URL,
        "greeting_name": "" if isinstance(letter.to, str) else names.name_of(letter.to),
        "stop_url": settings.WAGTAILADMIN_BASE_URL + path if path else "",
        "language": translation.get_language(),
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
    }


def _headers(path: str) -> dict[str, str]:
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": translation.get_language() or ""}
    if path:
        headers["List-Unsubscribe"] = f"<{settings.WAGTAILADMIN_BASE_URL}{path}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _html(template: str, context: dict[str, Any]) -> str:
    try:
        found = get_template(f"{template}.html")
    except TemplateDoesNotExist:
        found = get_template("portal/mail/from_text.html")
    return found.render(context)


def _spaced(text: str) -> str:
    """Templates leave lines empty where a part is not there."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
