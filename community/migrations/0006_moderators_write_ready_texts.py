from django.db import migrations

RIGHTS = {
    "Moderators": [(f"{verb}_cannedreply", "cannedreply") for verb in ("add", "change", "delete", "view")],
    "Coordinators": [("change_dutycontact", "dutycontact")],
}


def allow(apps, schema_editor):
    """Groups that exist already get what new ones get from `portal.groups`."""
    types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    for group in apps.get_model("auth", "Group").objects.filter(name__in=RIGHTS):
        for codename, model in RIGHTS[group.name]:
            content_type, _created = types.get_or_create(app_label="community", model=model)
            permission, _created = permissions.get_or_create(
                content_type=content_type, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("community", "0005_moderators_desk")]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
