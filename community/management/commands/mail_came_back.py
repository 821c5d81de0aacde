import sys
from email import message_from_binary_file
from typing import Any

from django.core.management.base import BaseCommand

from community.mail import bounces


class Command(BaseCommand):
    help = "Read a delivery report from the standard input and write no more to addresses at which nobody is."

    def handle(self, *args: Any, **options: Any) -> None:
        count = bounces.came_back(message_from_binary_file(sys.stdin.buffer))
        self.stdout.write(f"{count} addresses stopped.")
