"""Where on its page the text of a document stands. Added in place, see `document_headings_and_tags`."""

from django.db import migrations, models

TYPES = {"sqlite": "text", "postgresql": "jsonb"}


def forwards(apps, schema_editor):
    kind = TYPES[schema_editor.connection.vendor]
    schema_editor.execute(f"ALTER TABLE search_document ADD COLUMN sections {kind} NOT NULL DEFAULT '[]'")


def backwards(apps, schema_editor):
    schema_editor.execute("ALTER TABLE search_document DROP COLUMN sections")


class Migration(migrations.Migration):
    dependencies = [("search", "0005_rights_of_editors")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(forwards, backwards)],
            state_operations=[migrations.AddField("document", "sections", models.JSONField(default=list))],
        )
    ]
