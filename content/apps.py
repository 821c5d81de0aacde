from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class ContentConfig(AppConfig):
    name = "content"

    def ready(self) -> None:
        post_migrate.connect(make_groups, sender=self)


def make_groups(using: str, **kwargs: Any) -> None:
    """Every site has the groups of the admin, a new one too."""
    from wagtail.models import Page

    from portal.groups import ensure_groups
    from portal.models import HomePage

    tables = connections[using].introspection.table_names()
    if HomePage._meta.db_table in tables and Page.objects.using(using).filter(depth=1).exists():
        ensure_groups()
