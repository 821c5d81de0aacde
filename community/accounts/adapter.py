import hashlib
import hmac
import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import truncate_ip
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal import outbox

from ..models import Member
from . import second_factor

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """How accounts are made and mailed."""

    def generate_unique_username(self, txts: list[str | None], regex: str | None = None) -> str:
        # Nobody types a user name at sign-up; one made from the e-mail address would give the address away.
        return super().generate_unique_username(["member"], regex)

    def get_client_ip(self, request: HttpRequest) -> str:
        """A keyed digest that is another one tomorrow. Limits need no more, and no address gets into any store."""
        address = truncate_ip(super().get_client_ip(request))
        key = f"{settings.SECRET_KEY}{timezone.now().date().isoformat()}"
        return hmac.new(key.encode(), address.encode(), hashlib.sha256).hexdigest()[:32]

    def send_account_already_exists_mail(self, email: str) -> None:
        """Takes as long as making an account does, whose password is hashed."""
        make_password(email)
        super().send_account_already_exists_mail(email)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if second_factor.is_missing(request.user):
            return reverse("account_second_factor")
        return super().get_login_redirect_url(request)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Mails speak the language the account has chosen, not that of whoever caused them."""
        user = context.get("user")
        member = Member.objects.filter(user=user).first() if user else None
        language = member.language if member else translation.get_language()
        with translation.override(language or settings.LANGUAGE_CODE):
            try:
                super().send_mail(template_prefix, email, {**context, **self._site(member)})
            except OSError as error:  # those of smtplib too
                log.warning("A mail of the accounts was not sent: %s", outbox.cleaned(outbox.describe(error)))
                # The same whether the address has an account or not: each is sent something.
                said = _("No mail could be sent. Check the address, or try again in an hour, please.")
                messages.error(self.request, said)

    def _site(self, member: Member | None) -> dict[str, Any]:
        return {
            "site_name": settings.SITE_NAME,
            "site_url": settings.WAGTAILADMIN_BASE_URL,
            "greeting_name": member.display_name if member else "",
            # allauth would put them into notices; they belong in no mail.
            "ip": "",
            "user_agent": "",
        }
