"""What working in the admin leaves behind: versions, the log, comments beside fields, uploads."""

import json
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import COMMENTS_RELATION_NAME

from ..person import Person
from ..tables import NO_LONGER_NAMED, WITH_THE_ACCOUNT, Purge, of, own, register, rows

AS_THE_PAGE = "As the page."
LOG_KEPT = timedelta(days=2 * 365)
BESIDE = COMMENTS_RELATION_NAME
SAID = ("text", "comment", "reason")  # what the log quotes of what people wrote


def _cleaned_log(data: Any, person: Person, *, own: bool) -> Any:
    """A log entry's data without the words of the member, and without his name and address in those of others."""
    if isinstance(data, dict):
        return {
            key: "" if own and _is_said(key, value) else _cleaned_log(value, person, own=own)
            for key, value in data.items()
        }
    if isinstance(data, list):
        return [_cleaned_log(value, person, own=own) for value in data]
    return person.taken_out_of(data) if isinstance(data, str) else data


def _is_said(key: str, value: Any) -> bool:
    return key in SAID and isinstance(value, str)


def _clean_log(label: str, person: Person) -> None:
    for entry in rows(label, user=person.pk).exclude(data={}):
        rows(label, pk=entry.pk).update(data=_cleaned_log(entry.data, person, own=True))
    for entry in rows(label).filter(_names(person, "label") | _names(person, "data")):
        rows(label, pk=entry.pk).update(
            data=_cleaned_log(entry.data, person, own=False), label=person.taken_out_of(entry.label)
        )
    rows(label, user=person.pk).update(user=None)


def _names(person: Person, column: str) -> Q:
    """In JSON, letters outside ASCII may stand as escapes."""
    found = Q(pk__in=[])
    for text in person.identifiers:
        found |= Q(**{f"{column}__icontains": text}) | Q(**{f"{column}__icontains": json.dumps(text)[1:-1]})
    return found


def _erase_model_log(person: Person) -> None:
    """Entries about the account itself carry its user name."""
    about = rows("wagtailcore.ModelLogEntry", content_type__in=_kinds("auth.User", "community.Member"))
    about.filter(object_id=str(person.pk), content_type__in=_kinds("auth.User")).update(label="", data={})
    _clean_log("wagtailcore.ModelLogEntry", person)


def _erase_page_log(person: Person) -> None:
    _clean_log("wagtailcore.PageLogEntry", person)


def _kinds(*labels: str) -> list[int]:
    return [ContentType.objects.get_for_model(of(label)).pk for label in labels]


def _erase_revisions(person: Person) -> None:
    """Versions of pages hold the comments beside fields, and the account as owner, by number."""
    worked_on = Q(user=person.pk) | Q(content__icontains=f'"{BESIDE}": [{{') | _names(person, "content")
    for revision in rows("wagtailcore.Revision").filter(worked_on).iterator(chunk_size=50):
        content = _without(revision.content, person)
        label = person.taken_out_of(revision.object_str)
        if content != revision.content or label != revision.object_str:
            rows("wagtailcore.Revision", pk=revision.pk).update(content=content, object_str=label)


def _without(content: Any, person: Person) -> Any:
    """A version's content without comments and replies of the account, and without it as owner or as who locked."""
    changed = dict(content)
    for key in ("owner", "locked_by"):
        if changed.get(key) == person.pk:
            changed[key] = None
    if BESIDE in changed:
        others = [comment for comment in changed[BESIDE] if comment.get("user") != person.pk]
        changed[BESIDE] = [
            {
                **comment,
                "text": person.taken_out_of(comment.get("text", "")),
                "replies": [
                    {**reply, "text": person.taken_out_of(reply.get("text", ""))}
                    for reply in comment.get("replies", [])
                    if reply.get("user") != person.pk
                ],
            }
            for comment in others
        ]
    return changed


def _erase_comments_beside_fields(person: Person) -> None:
    rows("wagtailcore.Comment", user=person.pk).delete()
    for label in ("wagtailcore.Comment", "wagtailcore.CommentReply"):
        for row in rows(label).filter(_names(person, "text")):
            rows(label, pk=row.pk).update(text=person.taken_out_of(row.text))


def _erase_task_comments(person: Person) -> None:
    rows("wagtailcore.TaskState", finished_by=person.pk).update(comment="")


def _log_export(label: str, number: str) -> Any:
    return own(label, "user", when="timestamp", action="action", kind="content_type__model", number=number)


def _old_log(now: Any) -> int:
    count = 0
    for label in ("wagtailcore.ModelLogEntry", "wagtailcore.PageLogEntry"):
        count += rows(label, timestamp__lt=now - LOG_KEPT).exclude(data={}).update(data={})
    return count


register(
    "wagtailcore.Revision",
    name="versions_saved",
    export=own("wagtailcore.Revision", "user", saved="created_at", kind="content_type__model", number="object_id"),
    erased="The version stays without the account, and without what it wrote beside fields.",
    kept=AS_THE_PAGE,
    erase=_erase_revisions,
)
register(
    "wagtailcore.ModelLogEntry",
    name="log",
    export=_log_export("wagtailcore.ModelLogEntry", "object_id"),
    erased="The account, its name and its words are taken out; that something was done stays.",
    kept="What an entry quotes for two years; the entry as the record.",
    erase=_erase_model_log,
    purges=(Purge("log", "What old log entries quote", _old_log),),
)
register(
    "wagtailcore.PageLogEntry",
    name="log_of_pages",
    export=_log_export("wagtailcore.PageLogEntry", "page_id"),
    erased="The account, its name and its words are taken out; that something was done stays.",
    kept="What an entry quotes for two years; the entry as the page.",
    erase=_erase_page_log,
)
register(
    "wagtailcore.Comment",
    name="comments_beside_fields",
    export=own("wagtailcore.Comment", "user", text="text", written="created_at", page="page_id"),
    erased="Deleted, with the answers to it.",
    kept=AS_THE_PAGE,
    erase=_erase_comments_beside_fields,
)
register(
    "wagtailcore.CommentReply",
    name="answers_beside_fields",
    export=own("wagtailcore.CommentReply", "user", text="text", written="created_at"),
    erased=WITH_THE_ACCOUNT,
    kept=AS_THE_PAGE,
)
register(
    "wagtailcore.PageSubscription",
    name="pages_watched",
    export=own("wagtailcore.PageSubscription", "user", page="page_id", comments="comment_notifications"),
    erased=WITH_THE_ACCOUNT,
    kept="As long as the account.",
)
register(
    "wagtailcore.TaskState",
    name="approvals",
    export=own("wagtailcore.TaskState", "finished_by", status="status", finished="finished_at", comment="comment"),
    erased="The comment is emptied and the account taken out.",
    kept=AS_THE_PAGE,
    erase=_erase_task_comments,
)
register(
    "wagtailcore.WorkflowState",
    name="approvals_asked_for",
    export=own("wagtailcore.WorkflowState", "requested_by", status="status", asked="created_at"),
    erased=NO_LONGER_NAMED,
    kept=AS_THE_PAGE,
)
register(
    "wagtailcore.Page",
    name="pages_made",
    export=own("wagtailcore.Page", "owner", number="pk", title="title", made="first_published_at"),
    erased=NO_LONGER_NAMED,
    kept="Until editors delete it.",
)
for label, kept_name in [
    ("portal.PortalImage", "images"),
    ("wagtailimages.Image", "images_of_wagtail"),
    ("wagtaildocs.Document", "documents"),
]:
    register(
        label,
        name=kept_name,
        export=own(label, "uploaded_by_user", title="title", uploaded="created_at"),
        erased=NO_LONGER_NAMED,
        kept="Until editors delete it.",
    )
register(
    "wagtailcore.UploadedFile",
    not_exported="A file on its way, for minutes.",
    erased="Deleted, with its file.",
    kept="Minutes.",
    erase=lambda person: [upload.delete() for upload in rows("wagtailcore.UploadedFile", uploaded_by_user=person.pk)],
)
for label in ("wagtailadmin.EditingSession", "wagtailadmin.FormState"):
    register(label, not_exported="The state of an open form, for an hour.", erased=WITH_THE_ACCOUNT, kept="An hour.")
register("admin.LogEntry", not_exported="Django's own admin is not in use.", erased=WITH_THE_ACCOUNT, kept="Nothing.")
