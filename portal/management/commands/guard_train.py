from importlib.util import find_spec
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.guard import training


class Command(BaseCommand):
    help = "Learn anew which signs of a text tell that it accuses somebody, from portal/guard/training/."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not find_spec("sklearn"):
            raise CommandError("Needs scikit-learn: uv pip install --group train")
        self.stdout.write("Reading the lines ...")
        seen, answers = training.examples()
        self.stdout.write(f"Learning from {len(seen)} lines that name somebody, {sum(answers)} of which accuse ...")
        count = training.write(training.learn(seen, answers))
        self.stdout.write(self.style.SUCCESS(f"{count} signs weigh something. Measure with guard_report."))
