"""What was reported, decided and noted about comments. The record stays without words and without accounts."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal import guard

from ..holds import without_held
from ..person import GONE, Person, of_user
from ..tables import NO_LONGER_NAMED, WITH_THE_ACCOUNT, Purge, of, own, register, rows

YEAR = timedelta(days=365)
REPORT_WORDS: dict[str, Any] = {"name": "", "email": "", "text": "", "law": "", "reporter": None}
OF_MODERATORS = "Written by moderators; what concerns the author is in the decisions."


def _own_reports(person: Person) -> Any:
    mine = rows("community.Report", reporter=person.pk)
    by_mail = of("community.Report")._base_manager.filter(reporter=None).exclude(email="")
    ids = [pk for pk, email in by_mail.values_list("pk", "email") if email.lower() in person.addresses]
    return mine | rows("community.Report", pk__in=ids)


def _export_reports(person: Person) -> Iterator[Mapping[str, Any]]:
    for row in _own_reports(person).select_related("comment", "decision").order_by("pk"):
        yield {
            "comment": row.comment.public_id,
            "number": row.number,
            "made": row.made_at,
            "reason": row.reason,
            "text": row.text,
            "law": row.law,
            "notice": row.is_notice,
            "name": row.name,
            "email": row.email,
            "outcome": row.decision.new if row.decision else "",
        }


def _erase_reports(person: Person) -> None:
    _own_reports(person).update(**REPORT_WORDS)
    about = rows("community.Report", comment__in=person.comments)
    about.exclude(decision=None).update(text="", law="")
    for row in about.filter(decision=None):
        rows("community.Report", pk=row.pk).update(text=person.taken_out_of(row.text))


def _erase_decisions(person: Person) -> None:
    rows("community.ModerationDecision", comment__in=person.comments).update(text="")
    rows("community.ModerationDecision", made_by=person.pk).update(made_by=None)


def _export_notes(person: Person) -> Iterator[Mapping[str, Any]]:
    """What moderators noted about his comments: the words, not who wrote them nor who had reported what."""
    notes = rows("community.ModeratorNote", comment__in=person.comments)
    for note in notes.select_related("comment", "made_by", "handed_to").order_by("pk"):
        others = [note.made_by, note.handed_to]
        reports = note.comment.reports.select_related("reporter")
        people = [of_user(other) for other in [*others, *(report.reporter for report in reports)] if other]
        people += [Person(None, report.name) for report in reports]  # who gave notice without an account
        text = note.text
        for other in people:
            text = other.taken_out_of(text)
        for hit in reversed(guard.inspect(text, kinds={guard.Kind.EMAIL})):
            if text[hit.start : hit.end].lower() not in person.addresses:
                text = text[: hit.start] + GONE + text[hit.end :]
        yield {"comment": note.comment.public_id, "written": note.made_at, "text": text}


def _erase_notes(person: Person) -> None:
    rows("community.ModeratorNote", comment__in=person.comments).delete()
    for note in rows("community.ModeratorNote"):
        if person.is_in(note.text):
            rows("community.ModeratorNote", pk=note.pk).update(text=person.taken_out_of(note.text))


def _erase_acts(person: Person) -> None:
    """`details` names accounts by number: `about` and others."""
    rows("community.ModerationAct", made_by=person.pk).update(made_by=None)
    for act in rows("community.ModerationAct").exclude(details={}):
        kept = {
            key: value
            for key, value in act.details.items()
            if not (key in {"about", "to", "user", "account"} and str(value) == str(person.pk))
            and not person.is_in(str(value))
        }
        if kept != act.details:
            rows("community.ModerationAct", pk=act.pk).update(details=kept)


def _erase_redactions(person: Person) -> None:
    mine = rows("community.Redaction", comment__in=person.comments, purged_at=None)
    mine.update(original="", digest="", purged_at=timezone.now())
    for redaction in rows("community.Redaction").exclude(original=""):
        if person.is_in(redaction.original):
            words = person.taken_out_of(redaction.original)
            rows("community.Redaction", pk=redaction.pk).update(original=words)


def _erase_appeals(person: Person) -> None:
    rows("community.Appeal", made_by=person.pk).update(text="", answer="")
    rows("community.Appeal", report__in=_own_reports(person)).update(text="", answer="")
    for appeal in rows("community.Appeal", decision__comment__in=person.comments):
        rows("community.Appeal", pk=appeal.pk).update(
            text=person.taken_out_of(appeal.text), answer=person.taken_out_of(appeal.answer)
        )


def _old_reports(now: Any) -> int:
    old = rows("community.Report", made_at__lt=now - YEAR).exclude(decision=None)
    waiting = rows("community.Appeal", outcome="").values("report")
    worded = old.exclude(text="", name="", email="", law="", reporter=None)
    return without_held(worded.exclude(pk__in=waiting.exclude(report=None)), now).update(**REPORT_WORDS)


def _old_decisions(now: Any) -> int:
    old = rows("community.ModerationDecision", made_at__lt=now - YEAR).exclude(text="")
    waiting = rows("community.Appeal", outcome="").values("decision")
    return without_held(old.exclude(pk__in=waiting), now).update(text="")


def _old_appeals(now: Any) -> int:
    old = rows("community.Appeal", answered_at__lt=now - YEAR).exclude(text="", answer="")
    return without_held(old, now, "decision__comment").update(text="", answer="")


def _old_notes(now: Any) -> int:
    return without_held(rows("community.ModeratorNote", made_at__lt=now - YEAR), now).delete()[0]


def _old_redactions(now: Any) -> int:
    due = without_held(rows("community.Redaction", purged_at=None, sealed_until__lte=now), now)
    for redaction in due.select_related("decision"):
        earlier = rows("community.CommentRevision", comment=redaction.comment_id)
        earlier.filter(replaced_at__lte=redaction.decision.made_at).delete()
    return due.update(original="", digest="", purged_at=now)


def _old_holds(now: Any) -> int:
    return rows("community.LegalHold", expires_at__lte=now).exclude(sealed={}).update(sealed={})


register(
    "community.Report",
    name="reports",
    export=_export_reports,
    erased="Words, name and address are emptied in what the member reported; of what others said of him, the text.",
    kept="12 months after they were made, once decided; then the row stays without words and without an account.",
    erase=_erase_reports,
    purges=(Purge("reports", "Words of reports", _old_reports),),
)
register(
    "community.ModerationDecision",
    name="decisions",
    export=own(
        "community.ModerationDecision",
        "comment__comment__user",
        comment="comment__public_id",
        made="made_at",
        automated="automated",
        before="old",
        after="new",
        reason="reason",
        text="text",
    ),
    erased="The explanation is emptied, and who decided or wrote is taken out.",
    kept="The explanation for 12 months; the row for good.",
    erase=_erase_decisions,
    purges=(Purge("explanations", "Explanations of decisions", _old_decisions),),
)
register(
    "community.ModerationAct",
    name="acts_as_a_moderator",
    export=own("community.ModerationAct", "made_by", kind="kind", made="made_at", comment="comment__public_id"),
    erased=NO_LONGER_NAMED,
    kept="For good.",
    erase=_erase_acts,
)
register(
    "community.Claim",
    name="claims_as_a_moderator",
    export=own("community.Claim", "holder", comment="comment__public_id", since="since", until="until"),
    erased=WITH_THE_ACCOUNT,
    kept="Until it ends.",
    purges=(Purge("claims", "Claims that have ended", lambda now: rows("community.Claim", until__lt=now).delete()[0]),),
)
register(
    "community.ModeratorNote",
    name="notes_about_my_comments",
    export=_export_notes,
    erased="Deleted with the comments they are about; in others, name and address are taken out.",
    kept="12 months.",
    erase=_erase_notes,
    purges=(Purge("notes", "Notes of moderators", _old_notes),),
)
register(
    "community.Sanction",
    name="sanctions",
    export=own("community.Sanction", "user", kind="kind", since="made_at", until="until", reason="cause__reason"),
    erased=WITH_THE_ACCOUNT,
    kept="As long as the account.",
)
register(
    "community.Redaction",
    not_exported="The original is sealed: the words concern somebody else.",
    erased="The sealed original is emptied.",
    kept="30 days, then the row without the words.",
    erase=_erase_redactions,
    purges=(Purge("redactions", "Sealed originals of masked comments", _old_redactions),),
)
register(
    "community.LegalHold",
    not_exported="An authority has ordered to keep it out of sight.",
    erased="Stays: the law asks for it. It ends with its date.",
    kept="Until the date of the order; then the row without the copy.",
    purges=(Purge("legal-holds", "Copies under a legal hold that has ended", _old_holds),),
)
register(
    "community.Appeal",
    name="appeals",
    export=own(
        "community.Appeal",
        "made_by",
        comment="decision__comment__public_id",
        made="made_at",
        text="text",
        outcome="outcome",
        answer="answer",
        answered="answered_at",
    ),
    erased="Its words and those of the answer are emptied; the row stays.",
    kept="12 months after the answer; then the row without words.",
    erase=_erase_appeals,
    purges=(Purge("appeals", "Words of appeals", _old_appeals),),
)
register(
    "community.ModeratorAlert",
    name="mail_to_moderators",
    export=own("community.ModeratorAlert", "user", wanted="wanted", last="sent_at"),
    erased=WITH_THE_ACCOUNT,
    kept="As long as the account.",
)
