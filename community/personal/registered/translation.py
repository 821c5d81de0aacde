"""What work at the translation desk leaves behind."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..person import Person
from ..tables import NO_LONGER_NAMED, WITH_THE_ACCOUNT, own, register, rows

# Who hands in a translation writes to whoever decides about it, who answers.
SAID = (("handed in", "submitted_by", "submitted_at", "note"), ("decided", "decided_by", "decided_at", "reason"))


def _reviews(person: Person) -> Iterator[Mapping[str, Any]]:
    for did, who, at, text in SAID:
        for row in own("translation.Submission", who, number="pk", at=at, text=text, came="outcome")(person):
            yield {"did": did, **row}


def _erase_reviews(person: Person) -> None:
    """Own words go; those of others stay, without the name."""
    for _did, who, _at, text in SAID:
        rows("translation.Submission", **{who: person.pk}).update(**{text: ""})
        for row in rows("translation.Submission").exclude(**{text: ""}):
            if person.is_in(said := getattr(row, text)):
                rows("translation.Submission", pk=row.pk).update(**{text: person.taken_out_of(said)})


for label, kept_name in [
    ("wagtail_localize.StringTranslation", "translations"),
    ("wagtail_localize.SegmentOverride", "translated_values"),
]:
    register(
        label,
        name=kept_name,
        export=own(label, "last_translated_by", number="pk", changed="updated_at"),
        erased=NO_LONGER_NAMED,
        kept="As the page.",
    )
register(
    "translation.Assignment",
    name="translations_taken",
    export=own("translation.Assignment", "assignee", number="status_id", taken="taken_at", due="due"),
    erased="Deleted: the translation is free to take again.",
    kept="Until the translation is finished.",
)
register(
    "translation.Upload",
    not_exported="A file with translations on its way, for a day.",
    erased=WITH_THE_ACCOUNT,
    kept="A day.",
)
register(
    "translation.TextEvent",
    name="translations_written",
    export=own("translation.TextEvent", "user", text="new", reasons="reasons", written="at", language="language"),
    erased="The account and its reasons are taken out; the text stays, as it does in the page.",
    kept="As the memory of the translations.",
    erase=lambda person: rows("translation.TextEvent", user=person.pk).update(user=None, reasons={}),
)
register(
    "translation.MachineUse",
    name="machine_translation_asked_for",
    export=own("translation.MachineUse", "user", asked="asked_at", language="locale_id", words="words"),
    erased=NO_LONGER_NAMED,
    kept="As the account of what was sent to the service.",
)
register(
    "translation.Submission",
    name="reviews_of_translations",
    export=_reviews,
    erased="What the account wrote is emptied, and the account taken out.",
    kept="As the page: it says which text a second person has read.",
    erase=_erase_reviews,
)
register(
    "translation.SegmentComment",
    name="comments_on_translations",
    export=own("translation.SegmentComment", "author", number="pk", at="created_at", text="text"),
    erased=NO_LONGER_NAMED,
    kept="As the page.",
)
register(
    "translation.Adaptation",
    name="decisions_on_translations",
    export=own("translation.Adaptation", "decided_by", number="pk", at="decided_at", kind="kind", reason="reason"),
    erased=NO_LONGER_NAMED,
    kept="As the page.",
)
register(
    "translation.TranslatorChoices",
    name="choices_as_translator",
    export=own("translation.TranslatorChoices", "user", notices="frequency", named="is_named"),
    erased=WITH_THE_ACCOUNT,
    kept="As long as the account.",
)
register(
    "translation.Notice",
    name="notices_about_translations",
    export=own("translation.Notice", "user", kind="kind", at="created_at", told="told_at"),
    erased=WITH_THE_ACCOUNT,
    kept="A year.",
)
