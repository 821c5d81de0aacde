"""Marks which texts of the history readers see now. What they saw once and see no more, nobody has written down."""

from collections.abc import Iterator
from typing import Any

from django.db import migrations, models
from django.forms.models import model_to_dict

from translation.readable import leaves, says, squeezed

TRANSLATED = {("translation_key", "locale")}  # what pages and entries are unique by


def mark(apps: Any, schema_editor: Any) -> None:
    events = apps.get_model("translation.TextEvent")._base_manager
    for key, language in events.order_by().values_list("translation_key", "language").distinct():
        here = {"translation_key": key, "locale__language_code": language}
        read = squeezed(" ".join(text for content in _contents(apps, here) for text in leaves(content)))
        written = events.filter(translation_key=key, language=language).exclude(new="")
        seen = [pk for pk, text in written.values_list("pk", "new") if says(read, text)]
        events.filter(pk__in=seen).update(was_public=True)


def _contents(apps: Any, here: dict[str, Any]) -> Iterator[Any]:
    restricted = apps.get_model("wagtailcore.PageViewRestriction").objects.values_list("page__path", flat=True)
    closed = tuple(restricted)
    Page = apps.get_model("wagtailcore.Page")
    for path, content in Page.objects.filter(**here, live=True).values_list("path", "live_revision__content"):
        if not path.startswith(closed):
            yield content
    for model in apps.get_models():
        if model is not Page and set(model._meta.unique_together) == TRANSLATED:
            yield from map(model_to_dict, model._base_manager.filter(**here))


class Migration(migrations.Migration):
    dependencies = [("translation", "0007_uploads")]

    operations = [
        migrations.AddField(
            model_name="textevent",
            name="was_public",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop, elidable=True),
    ]
