"""Translators of a site that exists may change the terms of their language; new sites get this from `portal.groups`."""

from typing import Any

from django.db import migrations

MODELS = (("portal", "term", "Can change term"), ("library", "glossaryterm", "Can change glossary term"))


def grant(apps: Any, schema_editor: Any) -> None:
    Group, Permission, ContentType = (
        apps.get_model(name) for name in ("auth.Group", "auth.Permission", "contenttypes.ContentType")
    )
    for group in Group.objects.filter(name__startswith="Translators "):
        for app, model, name in MODELS:
            content_type, _created = ContentType.objects.get_or_create(app_label=app, model=model)
            permission, _created = Permission.objects.get_or_create(
                content_type=content_type, codename=f"change_{model}", defaults={"name": name}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0007_reader_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop, elidable=True)]
