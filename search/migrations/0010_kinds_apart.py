"""The tokens of kinds that are found only where they are asked for, on SQLite; and an index to count documents by."""

from django.db import migrations, models

FORWARDS = [
    """
    CREATE VIRTUAL TABLE search_text_apart USING fts5(
        title, labels, summary, headings, body, tokenize = "unicode61 remove_diacritics 0"
    )
    """,
    "DROP TRIGGER search_document_deleted",
    """
    CREATE TRIGGER search_document_deleted AFTER DELETE ON search_document
    BEGIN
        DELETE FROM search_text WHERE rowid = old.id;
        DELETE FROM search_text_apart WHERE rowid = old.id;
    END
    """,
]
BACKWARDS = [
    "DROP TRIGGER search_document_deleted",
    """
    CREATE TRIGGER search_document_deleted AFTER DELETE ON search_document
    BEGIN DELETE FROM search_text WHERE rowid = old.id; END
    """,
    "DROP TABLE search_text_apart",
]


def run(schema_editor, statements):
    if schema_editor.connection.vendor == "sqlite":
        for statement in statements:
            schema_editor.execute(statement)


def forwards(apps, schema_editor):
    run(schema_editor, FORWARDS)


def backwards(apps, schema_editor):
    run(schema_editor, BACKWARDS)


class Migration(migrations.Migration):
    dependencies = [("search", "0009_traits_of_documents")]
    operations = [
        migrations.RunPython(forwards, backwards),
        migrations.AddIndex("document", models.Index(fields=["kind", "language"], name="search_document_counts")),
    ]
