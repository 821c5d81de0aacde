"""Editors and coordinators of a site that exists get the new rights once; new sites get them from `portal.groups`."""

from typing import Any

from django.db import migrations

GROUPS = ("Editors", "Coordinators")
RIGHTS = {f"{verb}_askedas": f"Can {verb} wordings of readers" for verb in ("add", "change", "delete", "view")}


def grant(apps: Any, schema_editor: Any) -> None:
    Group, Permission, ContentType = (
        apps.get_model(name) for name in ("auth.Group", "auth.Permission", "contenttypes.ContentType")
    )
    groups = list(Group.objects.filter(name__in=GROUPS))
    if not groups:
        return
    content_type, _created = ContentType.objects.get_or_create(app_label="search", model="askedas")
    for codename, name in RIGHTS.items():
        permission, _created = Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )
        for group in groups:
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0013_asked_as"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop, elidable=True)]
