"""Published comments in the search of the site: their words, never the names of their authors."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.query import PageQuerySet

from portal import searchable
from portal.models import KnowledgePage
from portal.prepared import Prepared, PreparedInstances
from portal.querysets import ORIGINAL_FIRST, closed_paths

from .models import CommentState, DiscussionThread, State

RANK = 0.02  # what a page says comes before what is said about it, even where it says it in passing


def comment_documents(rows: Sequence[CommentState]) -> Iterator[tuple[CommentState, searchable.Searchable]]:
    """Each comment in its own language, on the page where its thread is read."""
    prefetch_related_objects(rows, "thread")
    hidden = DiscussionThread.Condition.HIDDEN
    shown = [row for row in rows if row.state == State.PUBLISHED and row.thread.state != hidden]
    # Reports from practice are found as such, see `evidence.searchable`.
    for row, page, text in where_read(shown, with_reports=False):
        yield row, _document(row, page, text)


def where_read(rows: Sequence[CommentState], *, with_reports: bool = True) -> Iterator[tuple[CommentState, Page, str]]:
    """Comments with their page and text, where they have both."""
    # Asked anew: the comment that hangs on the row may be older than a change of its text.
    asked = _text_of(rows[0].pk) if len(rows) == 1 else _texts().filter(pk__in=[row.pk for row in rows])
    texts = {pk: text for pk, text, report in asked if with_reports or report is None}
    rows = [row for row in rows if texts.get(row.pk)]
    pages = _pages_of({row.thread.translation_key for row in rows})
    for row in rows:
        page = _page_for(row, pages.get(row.thread.translation_key, []))
        if page is not None:
            yield row, page, texts[row.pk]


def _texts() -> QuerySet:
    return CommentState.objects.order_by().values_list("pk", "comment__comment", "evidence")


@Prepared.of(int)
def _text_of(comment: int) -> QuerySet:
    return _texts().filter(pk=comment)


Readable = tuple[bool, Page]  # whether it is closed to some


def _document(row: CommentState, page: Page, text: str) -> searchable.Searchable:
    return searchable.Searchable(
        page=page,
        kind="comment",
        language=row.language,
        subject=f"comment:{row.pk}",
        title="",  # the page's words are not the comment's
        body=text,
        url=f"{page.get_url() or ''}?c={row.public_id}#c-{row.public_id}",
        rank=RANK,
        changed=row.posted_at,
        card={"caption": page.title},
    )


def _page_for(row: CommentState, pages: list[Readable]) -> Page | None:
    """The page in the comment's language, else the original; one that everybody may read before one that is closed."""
    best = min(pages, key=lambda each: (each[0], each[1].locale.language_code != row.language), default=None)
    return best[1] if best else None


def _pages_of(keys: Collection[UUID]) -> Mapping[UUID, list[Readable]]:
    """The pages on which threads are read, the original first."""
    closed, now = tuple(closed_paths()), timezone.now()
    found: dict[UUID, list[Readable]] = defaultdict(list)
    pages = _of_one(*keys) if len(keys) == 1 else _live().filter(translation_key__in=keys).select_related("locale")
    for page in pages:
        if is_discussed(page.specific_class):
            is_shown = (page.go_live_at or now) <= now and (page.expire_at is None or page.expire_at > now)
            is_public = is_shown and not page.path.startswith(closed)
            found[page.translation_key].append((not is_public, page))
    return found


def _live() -> PageQuerySet:
    return Page.objects.filter(live=True, alias_of__isnull=True).order_by(*ORIGINAL_FIRST)


@PreparedInstances.of("locale", types=[UUID])
def _of_one(key: UUID) -> PageQuerySet:
    return _live().filter(translation_key=key)


def is_discussed(model: Any) -> bool:
    return model is not None and issubclass(model, KnowledgePage) and model.discussable


def comments_shown_on(page: Page) -> Iterable[CommentState]:
    if not is_discussed(page.specific_class):
        return []
    return (
        CommentState.objects.published().filter(thread__translation_key=page.translation_key).select_related("thread")
    )


def register() -> None:
    searchable.register(
        CommentState,
        documents=comment_documents,
        shown_on=comments_shown_on,
        kind="comment",
        label=_("Comment"),
        apart=_("Search the comments"),
    )
