from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.utils import translation

from ..models import Member


class AccountAdapter(DefaultAccountAdapter):
    """How accounts are made and mailed."""

    def generate_unique_username(self, txts: list[str | None], regex: str | None = None) -> str:
        # Nobody types a user name at sign-up; one made from the e-mail address would give the address away.
        return super().generate_unique_username(["member"], regex)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Mails speak the language the account has chosen, not that of whoever caused them."""
        user = context.get("user")
        member = Member.objects.filter(user=user).first() if user else None
        language = member.language if member else translation.get_language()
        with translation.override(language or settings.LANGUAGE_CODE):
            super().send_mail(template_prefix, email, {**context, **self._site(member)})

    def _site(self, member: Member | None) -> dict[str, Any]:
        return {
            "site_name": settings.SITE_NAME,
            "site_url": settings.WAGTAILADMIN_BASE_URL,
            "greeting_name": member.display_name if member else "",
            # allauth would put them into notices; they belong in no mail.
            "ip": "",
            "user_agent": "",
        }
