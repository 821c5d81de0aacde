"""Coordinators of a site that exists may try background work again; new sites get the right from `portal.groups`."""

from typing import Any

from django.db import migrations


def grant(apps: Any, schema_editor: Any) -> None:
    Group, Permission, ContentType = (
        apps.get_model(name) for name in ("auth.Group", "auth.Permission", "contenttypes.ContentType")
    )
    for group in Group.objects.filter(name="Coordinators"):
        content_type, _created = ContentType.objects.get_or_create(app_label="portal", model="outboxrow")
        permission, _created = Permission.objects.get_or_create(
            content_type=content_type,
            codename="retry_outboxrow",
            defaults={"name": "Can try background work again"},
        )
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0005_outbox"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop, elidable=True)]
