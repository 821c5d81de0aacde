"""`manage.py translation_promote 12`: page 12 becomes the original of its subject, in its own language."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Page

from translation import promotion
from translation.review import Refused


class Command(BaseCommand):
    help = "Makes a page the original of its subject; the pages in other languages become translations of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("page", type=int, help="the number of the page")

    def handle(self, *args: Any, **options: Any) -> None:
        page = Page.objects.filter(pk=options["page"], depth__gt=1).first()
        if page is None:
            raise CommandError("There is no such page.")
        try:
            source = promotion.promote(page)
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{page.title} ({source.locale.language_code}) is the original now.")
