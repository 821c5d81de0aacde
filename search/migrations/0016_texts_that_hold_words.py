"""Asks PostgreSQL for the texts that hold some words, by the index of their tokens.

Where many texts hold a word, PostgreSQL means to be faster reading them all, since it does not know what reading a
vector costs: it takes four times as long.
"""

from django.db import migrations

FORWARDS = """
    CREATE FUNCTION search_texts_holding(
        words tsquery, without text[], weights real[], OUT ids bigint[], OUT closeness real[]
    )
    LANGUAGE sql STABLE SET enable_seqscan = off AS $$
        SELECT coalesce(array_agg(id), '{}'), coalesce(array_agg(ts_rank(weights, vector, words)), '{}')
        FROM search_document WHERE vector @@ words AND kind <> ALL(without)
    $$
"""
BACKWARDS = "DROP FUNCTION search_texts_holding"


def run(schema_editor, statement):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(statement)


def forwards(apps, schema_editor):
    run(schema_editor, FORWARDS)


def backwards(apps, schema_editor):
    run(schema_editor, BACKWARDS)


class Migration(migrations.Migration):
    dependencies = [("search", "0015_no_beginnings_of_words")]
    operations = [migrations.RunPython(forwards, backwards)]
