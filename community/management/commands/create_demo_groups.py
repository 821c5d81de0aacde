from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from community import names
from community.groups import membership
from community.models import DiscussionThread, GroupText, WorkingGroup

TEXTS = {
    "town-security": {
        "en": ("Social media and local security", "Towns compare what they try. An example."),
        "nl": (
            "Sociale media en veiligheid",
            "Gemeenten vergelijken wat ze doen. Een voorbeeld.",
        ),
        "fr": (
            "Réseaux sociaux et sécurité locale",
            "Des villes comparent leurs essais. Un exemple.",
        ),
    },
    "closed-room": {
        "en": ("Closed room", "A private group for trying things out. Only its members know that it exists."),
    },
}


class Command(BaseCommand):
    help = "Create one readable and one private working group of a development site, with the demo accounts in them."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not getattr(settings, "DEMO_ACCOUNTS", False):
            raise CommandError("Demo groups exist on development sites only.")
        readable = self._group("town-security", visibility="readable", takes_applications=True)
        private = self._group("closed-room", visibility="private")
        self._join(readable, "moderator", "chair")
        self._join(private, "moderator", "chair")
        self._join(private, "member", "member")

    def _group(self, code: str, **facts: Any) -> WorkingGroup:
        """What somebody changed stays as it is."""
        group, is_new = WorkingGroup.objects.get_or_create(code=code, defaults=facts)
        if is_new:
            for language, (title, purpose) in TEXTS[code].items():
                GroupText.objects.create(group=group, language=language, title=title, purpose=purpose)
            kind = DiscussionThread.Kind.GROUP
            DiscussionThread.objects.create(kind=kind, group=group, title="Where do you stand?", language="en")
        return group

    def _join(self, group: WorkingGroup, username: str, role: str) -> None:
        user = get_user_model().objects.filter(username=username).first()
        if user is None or group.memberships.filter(user=user).exists():
            return
        if not names.name_of(user):
            names.give_name(user=user, name=f"Demo {'chair' if role == 'chair' else 'member'}", language="en")
        membership.admit(group=group, user=user, by=None, role=role)
