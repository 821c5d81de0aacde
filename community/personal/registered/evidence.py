"""Reports from practice, and what pages took from comments."""

from ..person import Person
from ..tables import own, register, rows


def _erase_evidence(person: Person) -> None:
    """It goes with a comment that is removed, and stays, without a name, with one that stays."""
    reports = rows("community.PracticeEvidence", comment__in=person.comments)
    if person.removes_comments:
        reports.delete()
        return
    reports.exclude(comment__state="published").delete()
    for row in reports:
        rows("community.PracticeEvidence", pk=row.pk).update(
            changed=person.taken_out_of(row.changed), known_by=person.taken_out_of(row.known_by)
        )


def _erase_adoptions(person: Person) -> None:
    rows("community.Adoption", adopted_by=person.pk).update(adopted_by=None)
    for row in rows("community.Adoption"):
        if person.is_in(row.note):
            rows("community.Adoption", pk=row.pk).update(note=person.taken_out_of(row.note))


register(
    "community.PracticeEvidence",
    name="reports_from_practice",
    export=own(
        "community.PracticeEvidence",
        "comment__comment__user",
        comment="comment__public_id",
        did="act",
        country="country",
        region="region",
        began="began",
        ended="ended",
        organisation="organisation",
        scale="scale",
        outcome="outcome",
        changed="changed",
        known_by="known_by",
        may_be_cited="may_be_cited",
    ),
    erased="Deleted with the comment, or kept without a name as the comment is.",
    kept="As the comment.",
    erase=_erase_evidence,
)
register(
    "community.Adoption",
    name="taken_over_by_editors",
    export=own(
        "community.Adoption",
        "comment__comment__user",
        comment="comment__public_id",
        taken="note",
        when="adopted_at",
        credit="credit",
    ),
    erased="The name was never in it and is no longer shown; what editors noted loses it too.",
    kept="As the page.",
    erase=_erase_adoptions,
)
