from django.db import migrations


def allow(apps, schema_editor):
    """Moderators that exist already get what new ones get from `portal.groups`."""
    types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    for group in apps.get_model("auth", "Group").objects.filter(name="Moderators"):
        for verb in ("add", "change", "delete", "view"):
            content_type, _created = types.get_or_create(app_label="community", model="watchedword")
            permission, _created = permissions.get_or_create(
                content_type=content_type, codename=f"{verb}_watchedword", defaults={"name": f"Can {verb} watchedword"}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("community", "0016_watched_words")]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
