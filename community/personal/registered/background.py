"""Work that waits, what the search holds, and what was typed into forms."""

from ..person import Person
from ..tables import nothing_personal, register, rows


def _erase_waiting(person: Person) -> None:
    """Keys hold numbers alone; an error may quote what a mail server said."""
    for row in rows("portal.OutboxRow").exclude(error=""):
        if person.is_in(row.error):
            rows("portal.OutboxRow", pk=row.pk).update(error=person.taken_out_of(row.error))
    for row in rows("portal.OutboxRow").only("pk", "key"):
        if person.is_in(row.key):
            row.delete()


def _erase_forms(person: Person) -> None:
    for row in rows("wagtailforms.FormSubmission"):
        if person.is_in(repr(row.form_data)):
            row.delete()


register(
    "portal.OutboxRow",
    not_exported="Work that waits, named by numbers.",
    erased="Errors that quote the address lose it.",
    kept="A week after it is done.",
    erase=_erase_waiting,
)
register(
    "wagtailforms.FormSubmission",
    not_exported="No form of this kind is on the site.",
    erased="Deleted where the name or address is in it.",
    kept="Nothing.",
    erase=_erase_forms,
)
nothing_personal(
    "Made anew from published pages and comments whenever they change; names are never in it.",
    "search.Document",
    "search.Reading",
    "search.ReadPage",
    "search.Word",
    "search.Name",
    "search_text",
    "search_text_apart",
)
nothing_personal("Searches by many, counted, without who searched.", "search.QueryCount")
