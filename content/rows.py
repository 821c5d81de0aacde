"""Makes the records that are no pages: vocabulary terms, glossary terms, organisations, people."""

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from wagtail.models import Locale, Page, TranslatableMixin

from .files import Record
from .problems import Problem
from .references import References
from .streams import stable_id
from .values import read_values

# People name organisations and consents.
ORDER = ["term", "organisation", "platform", "consent", "person", "glossary_term"]


def create_row(record: Record, locales: dict[str, Locale], references: References, found: list[Problem]) -> None:
    """Create the row; links to pages wait for `link_row`, since pages come later."""
    model = record.kind.model
    values = read_values(record, references, found).fields
    row = model(**{name: value for name, value in values.items() if name not in page_links(record)})
    if isinstance(row, TranslatableMixin):
        row.locale = locales[record.language]
        row.translation_key = stable_id("row", record.kind.type, record.full_code)
    try:
        row.full_clean()
        row.save()
    except ValidationError as error:
        record.place(found).complain_about(error)
    if record.kind.type != "term":
        references.rows[record.kind.model_label][record.code] = row.pk


def link_row(record: Record, locales: dict[str, Locale], references: References, found: list[Problem]) -> None:
    names = page_links(record)
    if names:
        values = read_values(record, references, found).fields
        links = {name: values[name] for name in names if values.get(name)}
        record.kind.model.objects.filter(code=record.code, locale=locales[record.language]).update(**links)


def page_links(record: Record) -> set[str]:
    return {
        field.attname
        for field in record.kind.model._meta.concrete_fields
        if isinstance(field, ForeignKey) and issubclass(field.related_model, Page)
    }
