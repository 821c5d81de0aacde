"""PostgreSQL: names and traits go with their documents in one statement.

They did by foreign keys, which look up the document of each row that is written: of some fifty rows for each text, so
that writing an index took half as long again.
"""

from django.db import migrations

TABLES = ("search_name", "search_trait")
FUNCTION = """
    CREATE FUNCTION search_drop_rows_of_documents() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM search_name WHERE document_id IN (SELECT id FROM gone);
        DELETE FROM search_trait WHERE document_id IN (SELECT id FROM gone);
        RETURN NULL;
    END $$
"""
TRIGGER = """
    CREATE TRIGGER search_document_gone AFTER DELETE ON search_document REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION search_drop_rows_of_documents()
"""


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_document")
        schema_editor.execute(FUNCTION)
        schema_editor.execute(TRIGGER)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER search_document_gone ON search_document")
        schema_editor.execute("DROP FUNCTION search_drop_rows_of_documents")
        for table in TABLES:
            schema_editor.execute(
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_document "
                "FOREIGN KEY (document_id) REFERENCES search_document (id) ON DELETE CASCADE"
            )


class Migration(migrations.Migration):
    dependencies = [("search", "0011_day_of_what_ages")]
    operations = [migrations.RunPython(forwards, backwards)]
