"""The tokens of documents: a full-text table on SQLite, a column on PostgreSQL. Django models know neither."""

from django.db import migrations

SQLITE = [
    # Tokens are made in Python and hold letters and digits alone, so the tokenizer only has to split at spaces.
    # The prefix index is for looking up beginnings of words.
    """
    CREATE VIRTUAL TABLE search_text USING fts5(
        title, labels, summary, headings, body, tokenize = "unicode61 remove_diacritics 0", prefix = '4 5'
    )
    """,
    """
    CREATE TRIGGER search_document_deleted AFTER DELETE ON search_document
    BEGIN DELETE FROM search_text WHERE rowid = old.id; END
    """,
]
SQLITE_BACK = ["DROP TRIGGER search_document_deleted", "DROP TABLE search_text"]

POSTGRESQL = [
    "ALTER TABLE search_document ADD COLUMN vector tsvector",
    "CREATE INDEX search_document_vector ON search_document USING gin (vector)",
]
POSTGRESQL_BACK = ["ALTER TABLE search_document DROP COLUMN vector"]


def run(schema_editor, statements):
    for statement in statements.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement)


def forwards(apps, schema_editor):
    run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def backwards(apps, schema_editor):
    run(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK})


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
