"""What applicants and quoted authors are told by mail."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..mail import Letter, message
from ..models import Application, Quote


@message("application")
def application(pk: str, state: str, moment: str) -> Letter | None:
    """What was decided on it, with the reason; nothing where it has gone on meanwhile."""
    found = Application.objects.select_related("group", "user").filter(pk=pk, state=state).first()
    if found is None:
        return None
    return Letter(found.user, _("Your application"), "community/mail/application", {"row": found, "url": _own_page})


@message("quote")
def quote(pk: str) -> Letter | None:
    """Asks for a yes; says nothing of the group or of the words, which only its page shows."""
    asked = Quote.objects.filter(pk=pk, consent=Quote.Consent.ASKED, comment__state="published")
    found = asked.select_related("comment__comment__user").first()
    if found is None or found.comment.comment.user is None:
        return None
    return Letter(
        found.comment.comment.user,
        _("May we repeat your words?"),
        "community/mail/quote",
        {"url": _own_page},
    )


def _own_page() -> str:
    return settings.WAGTAILADMIN_BASE_URL + reverse("groups:mine")
