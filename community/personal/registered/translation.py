"""What work at the translation desk leaves behind."""

from ..tables import own, register

NO_LONGER_NAMED = "The account is taken out of the row, which stays."
register(
    "translation.Submission",
    name="translations_handed_in",
    export=own("translation.Submission", "submitted_by", number="pk", at="submitted_at", note="note", came="outcome"),
    erased=NO_LONGER_NAMED,
    kept="As the page: it says which text a second person has read.",
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
    erased="Deleted with the account.",
    kept="As long as the account.",
)
register(
    "translation.Notice",
    name="notices_about_translations",
    export=own("translation.Notice", "user", kind="kind", at="created_at", told="told_at"),
    erased="Deleted with the account.",
    kept="A year.",
)
