"""What somebody wrote in public, and what others wrote to him there."""

import re
from datetime import timedelta
from typing import Any

from django.db.models import F
from django_comments_xtd.models import XtdComment

from portal import stamps

from ... import names, text
from ...models import CommentRevision, CommentState, Mention, State
from ...reasons import EXPIRED
from ..holds import without_held
from ..person import GONE, Person
from ..tables import WITH_THE_ACCOUNT, Purge, own, register, rows

REJECTED = timedelta(days=90)
KEPT_EARLIER_TEXTS = timedelta(days=90)


def erase_comments(person: Person) -> None:
    """Remove the words, or only the name; what is not public is removed either way."""
    from ... import services

    mine = CommentState.objects.of_account(person.user)
    if not person.removes_comments:
        for row in mine.published().select_related("thread", "comment"):
            _make_anonymous(row, person)
    services.erase_author(user=person.user)


def _make_anonymous(row: CommentState, person: Person) -> None:
    words = person.taken_out_of(row.comment.comment)
    XtdComment.norel_objects.filter(pk=row.comment_id).update(
        user=None, user_name="", user_email="", user_url="", comment=words
    )
    if words != row.comment.comment:
        row.mention_spans = []
    row.digest, row.nonce = text.digest(words), None
    row.save(update_fields=["digest", "nonce", "mention_spans"])
    for earlier in row.revisions.all():
        _rewrite(earlier, "text", person.taken_out_of(earlier.text))
    person.stamps.add(stamps.subject(row.thread.translation_key))


def _rewrite(row: Any, column: str, words: str) -> None:
    if getattr(row, column) != words:
        type(row)._base_manager.filter(pk=row.pk).update(**{column: words})


def erase_mentions(person: Person) -> None:
    """Take the name out of what others wrote to him."""
    if not person.name:
        return
    for mention in Mention.objects.filter(user_id=person.pk).select_related("comment__comment", "comment__thread"):
        row = mention.comment
        words, spans = without_mention(row.comment.comment, row.mention_spans, person.name)
        if words != row.comment.comment:
            XtdComment.norel_objects.filter(pk=row.comment_id).update(comment=words)
            row.digest, row.mention_spans = text.digest(words), spans
            row.save(update_fields=["digest", "mention_spans"])
            person.stamps.add(stamps.subject(row.thread.translation_key))
        for earlier in CommentRevision.objects.filter(comment=row):
            _rewrite(earlier, "text", without_mention(earlier.text, [], person.name)[0])


def without_mention(words: str, spans: list[list[int]], name: str) -> tuple[str, list[list[int]]]:
    """The text without “@name”, and where the other names stand in it now."""
    wanted = names.fold(name)
    mine = [(start, end) for start, end in spans if names.fold(words[start:end].lstrip("@")) == wanted]
    mine += [match.span() for match in re.finditer(rf"@{re.escape(name)}(?!\w)", words, re.IGNORECASE)]
    others = [(start, end) for start, end in spans if (start, end) not in mine]
    for start, end in sorted(set(mine), reverse=True):
        moved = len(GONE) + 1 - (end - start)
        words = f"{words[:start]}@{GONE}{words[end:]}"
        others = [(s + moved, e + moved) if s >= end else (s, e) for s, e in others]
    return words, [list(span) for span in others]


def uncount_reactions(person: Person) -> None:
    """The numbers beside the comments follow."""
    for reaction in rows("community.Reaction", user=person.pk).select_related("comment__thread"):
        CommentState.objects.filter(pk=reaction.comment_id, **{f"{reaction.kind}__gt": 0}).update(
            **{reaction.kind: F(reaction.kind) - 1}
        )
        person.stamps.add(stamps.subject(reaction.comment.thread.translation_key))
        reaction.delete()


def _rejected(now: Any) -> int:
    """What a moderator hid, unless somebody still asks for another decision or an authority wants it kept."""
    from ... import services

    hidden = CommentState.objects.filter(state=State.HIDDEN, changed_at__lt=now - REJECTED)
    asked = rows("community.Appeal", outcome="").values("decision__comment")
    due = without_held(hidden.exclude(pk__in=asked), now, "pk").select_related("thread")
    return sum(services.erase_comment(row=row, reason=EXPIRED) for row in due)


def _old_earlier_texts(now: Any) -> int:
    return without_held(CommentRevision.objects.filter(replaced_at__lt=now - KEPT_EARLIER_TEXTS), now).delete()[0]


register(
    "django_comments.Comment",
    name="comments",
    export=own(
        "community.CommentState",
        "comment__user",
        number="public_id",
        written="posted_at",
        changed="edited_at",
        language="language",
        state="state",
        reason="reason",
        name="comment__user_name",
        text="comment__comment",
    ),
    erased="Removed, or kept without the name and the account, as the member chooses. What is held or hidden goes.",
    kept="While the page is there; what was rejected, for 90 days.",
    erase=erase_comments,
    purges=(Purge("rejected", "Comments that were hidden", _rejected),),
)
register(
    "django_comments_xtd.XtdComment",
    not_exported="Its text and author are in django_comments.Comment; this is its place in the thread.",
    erased="As the comment.",
    kept="As the comment.",
)
register(
    "community.CommentState",
    not_exported="Exported with the comments.",
    erased="The digest and what the checks found are emptied; the place stays, so that answers stay where they are.",
    kept="As the comment.",
)
register(
    "community.CommentRevision",
    name="earlier_texts",
    export=own(
        "community.CommentRevision",
        "comment__comment__user",
        comment="comment__public_id",
        replaced="replaced_at",
        language="language",
        text="text",
    ),
    erased="Deleted with the comment; the own name is taken out where the comment stays.",
    kept="90 days.",
    purges=(Purge("earlier-texts", "Earlier texts of comments", _old_earlier_texts),),
)
register(
    "community.Mention",
    name="mentions",
    export=own("community.Mention", "user", comment="comment__public_id", written="comment__posted_at"),
    erased="Deleted with the account; “@name” in the comments of others becomes “@[…]”.",
    kept="As the comment.",
    erase=erase_mentions,
)
register(
    "community.Reaction",
    name="reactions",
    export=own("community.Reaction", "user", comment="comment__public_id", kind="kind", text="text", made="made_at"),
    erased="Deleted with the account, and no longer counted.",
    kept="As the comment.",
    erase=uncount_reactions,
)
register(
    "django_comments.CommentFlag",
    not_exported="The package writes it; this site does not use it.",
    erased=WITH_THE_ACCOUNT,
    kept="Nothing is written.",
)
