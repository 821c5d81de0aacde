from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db  # to read those of wagtail-localize asks the database
def test_every_migration_can_be_undone():
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    ours = {app.label for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR}
    operations = [(key, one) for key, migration in migrations.items() if key[0] in ours for one in migration.operations]
    assert operations
    assert [(key, one) for key, one in operations if not one.reversible] == []
