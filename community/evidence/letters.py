"""What authors are told when a page took something from what they wrote."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..mail import Letter, message
from ..models import Adoption, Credit, State


@message("adopted")
def adopted(pk: str) -> Letter | None:
    """Asks whether to be named; nothing of the comment or the page, which the page behind the link shows."""
    asked = Adoption.objects.filter(pk=pk, credit=Credit.ASKED, comment__state=State.PUBLISHED)
    found = asked.select_related("comment__comment__user").first()
    if found is None or found.comment.comment.user is None:
        return None

    def url() -> str:
        path = reverse("community:credit", args=[found.comment.public_id])
        return f"{settings.WAGTAILADMIN_BASE_URL}{path}"

    return Letter(found.comment.comment.user, _("May we name you?"), "community/evidence/mail/adopted", {"url": url})
