"""What members find of their own groups' talk. It stands in no index: that would tell others of its words."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import searchable

from ..models import CommentState, DiscussionThread, Membership

MOST = 10
MOST_COMMENTS = 50  # of which each discussion shows the newest


def find(words: Sequence[str], user: Any) -> list[searchable.Closed]:
    """Discussions of the member's groups whose title, or a comment with the title, has all the words."""
    groups = list(Membership.objects.of(user).values_list("group", flat=True))
    if not groups:
        return []
    threads = DiscussionThread.objects.visible_to(user).filter(group__in=groups)
    comments = CommentState.objects.visible_to(user).filter(thread__group__in=groups)
    comments = comments.filter(_all(words, "comment__comment", "thread__title"), _any(words, "comment__comment"))
    found: dict[int, searchable.Closed] = {}
    for row in comments.with_text().select_related("thread__group").order_by("-posted_at", "-pk")[:MOST_COMMENTS]:
        found.setdefault(row.thread_id, _hit(row.thread, row))
    for thread in threads.filter(_all(words, "title")).select_related("group").order_by("-created_at")[:MOST]:
        found.setdefault(thread.pk, _hit(thread))
    return list(found.values())[:MOST]


def _hit(thread: DiscussionThread, row: CommentState | None = None) -> searchable.Closed:
    url = thread.get_absolute_url()
    if row is None:
        return searchable.Closed(thread.title, url, thread.language)
    place = f"{url}?c={row.public_id}#c-{row.public_id}"
    return searchable.Closed(thread.title, place, thread.language, row.comment.comment, row.language)


def _all(words: Sequence[str], *fields: str) -> Q:
    every = Q()
    for word in words:
        every &= _any([word], *fields)
    return every


def _any(words: Sequence[str], *fields: str) -> Q:
    one = Q(pk__in=[])
    for word in words:
        # SQLite knows capitals of the Latin alphabet without accents alone.
        for written in {word} if word.isascii() else {word, word.capitalize(), word.upper()}:
            for field in fields:
                one |= Q(**{f"{field}__icontains": written})
    return one


def register() -> None:
    searchable.register_closed(_("In your working groups"), find)
