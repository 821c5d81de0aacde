"""What readers ask for a page, and room for it in the catalogue and beside it."""

from django.conf import settings
from django.db import migrations, models

COLUMNS = "title, labels, summary, headings, body"
OPTIONS = {
    "search_text": """tokenize = "unicode61 remove_diacritics 0", prefix = '4 5'""",
    "search_text_apart": 'tokenize = "unicode61 remove_diacritics 0"',
}
TRIGGER = """
    CREATE TRIGGER search_document_deleted AFTER DELETE ON search_document
    BEGIN
        DELETE FROM search_text WHERE rowid = old.id;
        DELETE FROM search_text_apart WHERE rowid = old.id;
    END
"""


def with_columns(schema_editor, columns):
    """SQLite cannot add a column to a table of tokens. The rows stay, so that search goes on until it is written anew."""
    if schema_editor.connection.vendor != "sqlite":
        return
    schema_editor.execute("DROP TRIGGER search_document_deleted")  # it names tables that are renamed
    for table, options in OPTIONS.items():
        schema_editor.execute(f"CREATE VIRTUAL TABLE {table}_new USING fts5({columns}, {options})")
        schema_editor.execute(
            f"INSERT INTO {table}_new (rowid, {COLUMNS}) SELECT rowid, {COLUMNS} FROM {table}"  # noqa: S608 - our own names
        )
        schema_editor.execute(f"DROP TABLE {table}")
        schema_editor.execute(f"ALTER TABLE {table}_new RENAME TO {table}")
    schema_editor.execute(TRIGGER)


def forwards(apps, schema_editor):
    with_columns(schema_editor, f"{COLUMNS}, asked")


def backwards(apps, schema_editor):
    with_columns(schema_editor, COLUMNS)


class Migration(migrations.Migration):
    dependencies = [("search", "0012_parts_follow_documents_at_once")]
    operations = [
        migrations.CreateModel(
            "AskedAs",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=settings.LANGUAGES,
                        default=settings.LANGUAGE_CODE,
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                ("subject", models.CharField(max_length=36)),
                (
                    "wordings",
                    models.TextField(
                        help_text="One search or question per line, in the words in which readers would type it. "
                        "Plurals, accents and the order of the words need no line of their own.",
                        verbose_name="asked as",
                    ),
                ),
            ],
            options={
                "verbose_name": "wordings of readers",
                "verbose_name_plural": "asked as",
                "ordering": ["subject", "language"],
                "indexes": [models.Index(fields=["language"], name="search_askedas_language")],
                "constraints": [models.UniqueConstraint(fields=("subject", "language"), name="search_askedas_unique")],
            },
        ),
        migrations.RunPython(forwards, backwards),
        # In place: Django would copy the table on SQLite, and its triggers would be lost with the old one.
        migrations.RunSQL(
            "ALTER TABLE search_document ADD COLUMN asked text NOT NULL DEFAULT ''",
            "ALTER TABLE search_document DROP COLUMN asked",
            state_operations=[migrations.AddField("document", "asked", models.TextField(default=""))],
        ),
    ]
