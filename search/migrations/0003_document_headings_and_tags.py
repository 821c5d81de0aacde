"""The catalogue keeps headings and tags too, so that an index elsewhere can be written from it alone.

With a default in the database the columns are added in place: Django would copy the table on SQLite, and the trigger
that keeps the text index in step would be lost with the old one.
"""

from django.db import migrations, models


def added(name: str) -> migrations.RunSQL:
    field = models.TextField(default="")
    return migrations.RunSQL(
        f"ALTER TABLE search_document ADD COLUMN {name} text NOT NULL DEFAULT ''",
        f"ALTER TABLE search_document DROP COLUMN {name}",
        state_operations=[migrations.AddField("document", name, field)],
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0002_text_index")]
    operations = [added("headings"), added("tags")]
