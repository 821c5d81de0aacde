"""After a restore: what was erased since the backup is erased again. Doing it twice does no harm."""

from collections import Counter
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django_comments_xtd.models import XtdComment

from portal import stamps

from .. import services, text
from ..models import CommentState, Erasure
from ..moderation import erasing, redaction
from . import ledger


def replay() -> Counter[str]:
    """How many of each kind there were to erase again."""
    done: Counter[str] = Counter()
    carried_out = {ledger.ACCOUNT: _account, ledger.COMMENT: _comment, ledger.ERASED: _erased, ledger.WORDS: _words}
    with ledger.read_only():
        for entry in ledger.lines():
            carry_out = carried_out.get(entry.get("what", ""))
            if carry_out is not None and carry_out(entry):
                done[entry["what"]] += 1
    return done


@transaction.atomic
def _account(entry: dict[str, Any]) -> bool:
    user = get_user_model().objects.filter(pk=entry["id"]).first()
    if user is None or ledger.mark_of(user) != entry["mark"]:
        return False
    Erasure.objects.update_or_create(user=user, defaults={"comments": entry["comments"]})
    user.delete()
    return True


def _comment(entry: dict[str, Any]) -> bool:
    row = CommentState.objects.filter(public_id=entry["id"]).first()
    if row is None or row.state in services.GONE:
        return False
    services.withdraw(row=row, author=get_user_model().objects.filter(pk=row.comment.user_id).first())
    return True


@transaction.atomic
def _erased(entry: dict[str, Any]) -> bool:
    """The decision of the moderator, with what he wrote to the author, is lost with the restore."""
    row = CommentState.objects.select_related("thread").filter(public_id=entry["id"]).first()
    if row is None or row.state in services.GONE:
        return False
    erasing.again(row, entry["reason"])
    return True


@transaction.atomic
def _words(entry: dict[str, Any]) -> bool:
    """The decision behind it is lost with the restore; what it took away stays away."""
    row = CommentState.objects.select_related("comment", "thread").filter(public_id=entry["id"]).first()
    if row is None or ledger.digest(row.comment.comment) != entry["mark"]:
        return False
    masks = [redaction.Mask(*span) for span in entry["spans"]]
    words = redaction.masked(row.comment.comment, masks, row.language)
    XtdComment.norel_objects.filter(pk=row.comment_id).update(comment=words)
    row.digest, row.mention_spans = text.digest(words), []
    row.save(update_fields=["digest", "mention_spans"])
    row.revisions.all().delete()  # they may hold the same words
    stamps.touch(stamps.subject(row.thread.translation_key))
    return True
