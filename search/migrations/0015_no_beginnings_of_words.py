"""Without an index of the beginnings of words, which no search has asked since names are looked up by themselves."""

from django.db import migrations

COLUMNS = "title, labels, summary, headings, body, asked"
TOKENIZER = 'tokenize = "unicode61 remove_diacritics 0"'
TRIGGER = """
    CREATE TRIGGER search_document_deleted AFTER DELETE ON search_document
    BEGIN
        DELETE FROM search_text WHERE rowid = old.id;
        DELETE FROM search_text_apart WHERE rowid = old.id;
    END
"""


def with_options(schema_editor, options):
    """The rows stay, so that search goes on."""
    if schema_editor.connection.vendor != "sqlite":
        return
    schema_editor.execute("DROP TRIGGER search_document_deleted")  # it names the table that is renamed
    schema_editor.execute(f"CREATE VIRTUAL TABLE search_text_new USING fts5({COLUMNS}, {options})")
    schema_editor.execute(
        f"INSERT INTO search_text_new (rowid, {COLUMNS}) SELECT rowid, {COLUMNS} FROM search_text"  # noqa: S608 - our own names
    )
    schema_editor.execute("DROP TABLE search_text")
    schema_editor.execute("ALTER TABLE search_text_new RENAME TO search_text")
    schema_editor.execute(TRIGGER)


def forwards(apps, schema_editor):
    with_options(schema_editor, TOKENIZER)


def backwards(apps, schema_editor):
    with_options(schema_editor, f"{TOKENIZER}, prefix = '4 5'")


class Migration(migrations.Migration):
    dependencies = [("search", "0014_rights_on_wordings")]
    operations = [migrations.RunPython(forwards, backwards)]
