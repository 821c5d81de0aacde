"""What texts are compared by. Traits go with their document in the database itself, as its names do."""

import django.db.models.deletion
from django.db import migrations, models

FORWARDS = {
    "sqlite": """
        CREATE TRIGGER search_document_traits_deleted AFTER DELETE ON search_document
        BEGIN DELETE FROM search_trait WHERE document_id = old.id; END
    """,
    "postgresql": """
        ALTER TABLE search_trait ADD CONSTRAINT search_trait_document
        FOREIGN KEY (document_id) REFERENCES search_document (id) ON DELETE CASCADE
    """,
}
BACKWARDS = {
    "sqlite": "DROP TRIGGER search_document_traits_deleted",
    "postgresql": "ALTER TABLE search_trait DROP CONSTRAINT search_trait_document",
}


def forwards(apps, schema_editor):
    schema_editor.execute(FORWARDS[schema_editor.connection.vendor])


def backwards(apps, schema_editor):
    schema_editor.execute(BACKWARDS[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("search", "0008_attached_files")]
    operations = [
        migrations.CreateModel(
            "Trait",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=120)),
                ("weight", models.FloatField()),
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
            options={
                "indexes": [models.Index(fields=["code", "document", "weight"], name="search_trait_code")],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
