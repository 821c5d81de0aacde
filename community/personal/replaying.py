"""After a restore: what was erased since the backup is erased again. Doing it twice does no harm."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django_comments_xtd.models import XtdComment

from portal import stamps

from .. import services, text
from ..models import CommentState, Erasure
from ..moderation import erasing, redaction
from . import ledger, passages
from .tables import rows


def replay() -> Counter[str]:
    """How many of each kind there were to erase again."""
    done: Counter[str] = Counter()
    with ledger.read_only():
        for entry in ledger.lines():
            if entry["what"] in KINDS and _carry_out(entry):
                done[entry["what"]] += 1
    return done


@transaction.atomic
def _carry_out(entry: dict[str, Any]) -> bool:
    find, erase = KINDS[entry["what"]]
    there = find(entry)
    if there is not None and not entry["unsure"]:
        erase(there, entry)
        return True
    if there is None and entry["unsure"]:  # committed, and the process ended before it could say so
        ledger.confirm(entry["line"])
    return False


def _account(entry: dict[str, Any]) -> Any:
    user = get_user_model().objects.filter(pk=entry["id"]).first()
    return user if user is not None and ledger.mark_of(user) == entry["mark"] else None


def _erase_account(user: Any, entry: dict[str, Any]) -> None:
    Erasure.objects.update_or_create(user=user, defaults={"comments": entry["comments"]})
    user.delete()


def _comment(entry: dict[str, Any]) -> CommentState | None:
    comments = CommentState.objects.select_related("comment", "thread").exclude(state__in=services.GONE)
    return comments.filter(public_id=entry["id"]).first()


def _withdraw(row: CommentState, entry: dict[str, Any]) -> None:
    services.withdraw(row=row, author=get_user_model().objects.filter(pk=row.comment.user_id).first())


def _erase_comment(row: CommentState, entry: dict[str, Any]) -> None:
    """The decision of the moderator, with what he wrote to the author, is lost with the restore."""
    erasing.again(row, entry["reason"])


def _words(entry: dict[str, Any]) -> CommentState | None:
    row = CommentState.objects.select_related("comment", "thread").filter(public_id=entry["id"]).first()
    return row if row is not None and ledger.digest(row.comment.comment) == entry["mark"] else None


def _mask(row: CommentState, entry: dict[str, Any]) -> None:
    """The decision behind it is lost with the restore; what it took away stays away."""
    masks = [redaction.Mask(*span) for span in entry["spans"]]
    words = redaction.masked(row.comment.comment, masks, row.language)
    XtdComment.norel_objects.filter(pk=row.comment_id).update(comment=words)
    row.digest, row.mention_spans = text.digest(words), []
    row.save(update_fields=["digest", "mention_spans"])
    row.revisions.all().delete()  # they may hold the same words
    stamps.touch(stamps.subject(row.thread.translation_key))


def _passage(entry: dict[str, Any]) -> str | None:
    text = rows(entry["table"], pk=entry["id"]).values_list(entry["column"], flat=True).first()
    return text if text is not None and ledger.digest(text) == entry["mark"] else None


def _mask_passage(text: str, entry: dict[str, Any]) -> None:
    passages.write(entry["table"], entry["id"], entry["column"], text, entry["spans"], entry["language"])
    stamps.touch(stamps.SITE)


# What a line speaks of, while it is still there, and how it goes.
KINDS: dict[str, tuple[Callable[[dict[str, Any]], Any], Callable[[Any, dict[str, Any]], None]]] = {
    ledger.ACCOUNT: (_account, _erase_account),
    ledger.COMMENT: (_comment, _withdraw),
    ledger.ERASED: (_comment, _erase_comment),
    ledger.WORDS: (_words, _mask),
    ledger.PASSAGE: (_passage, _mask_passage),
}
