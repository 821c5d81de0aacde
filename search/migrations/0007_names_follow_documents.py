"""Names to begin to type. They go with their document in the database itself, as its tokens do on SQLite."""

import django.db.models.deletion
from django.db import migrations, models

FORWARDS = {
    "sqlite": """
        CREATE TRIGGER search_document_names_deleted AFTER DELETE ON search_document
        BEGIN DELETE FROM search_name WHERE document_id = old.id; END
    """,
    "postgresql": """
        ALTER TABLE search_name ADD CONSTRAINT search_name_document
        FOREIGN KEY (document_id) REFERENCES search_document (id) ON DELETE CASCADE
    """,
}
BACKWARDS = {
    "sqlite": "DROP TRIGGER search_document_names_deleted",
    "postgresql": "ALTER TABLE search_name DROP CONSTRAINT search_name_document",
}


def forwards(apps, schema_editor):
    schema_editor.execute(FORWARDS[schema_editor.connection.vendor])


def backwards(apps, schema_editor):
    schema_editor.execute(BACKWARDS[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("search", "0006_sections_of_documents")]
    operations = [
        migrations.CreateModel(
            "Name",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(db_index=True, max_length=60)),
                ("place", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=250)),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="search.document",
                    ),
                ),
            ],
        ),
        migrations.RunPython(forwards, backwards),
    ]
