"""Published comments in the search of the site: their words, never the names of their authors."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_comments_xtd.models import XtdComment
from wagtail.models import Page

from portal import searchable
from portal.models import KnowledgePage
from portal.querysets import visible

from .models import CommentState, DiscussionThread, State

RANK = 0.02  # what a page says comes before what is said about it, even where it says it in passing


def comment_documents(row: CommentState) -> Iterable[searchable.Searchable]:
    """A comment in its own language, on the page where its thread is read."""
    if row.state != State.PUBLISHED or row.thread.state == DiscussionThread.Condition.HIDDEN:
        return
    page = _page_for(row)
    # Asked anew: the comment that hangs on the row may be older than a change of its text.
    text = XtdComment.norel_objects.filter(pk=row.comment_id).values_list("comment", flat=True).first()
    if page is None or not text:
        return
    yield searchable.Searchable(
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


def _page_for(row: CommentState) -> Page | None:
    """The page in the comment's language, else the original; one that everybody may read before one that is closed."""
    pages = Page.objects.filter(translation_key=row.thread.translation_key, live=True, alias_of__isnull=True)
    public = set(visible(pages).values_list("pk", flat=True))
    found = [page for page in pages.select_related("locale").order_by("pk") if _is_discussed(page.specific_class)]
    found.sort(key=lambda page: (page.pk not in public, page.locale.language_code != row.language))
    return found[0] if found else None


def _is_discussed(model: Any) -> bool:
    return model is not None and issubclass(model, KnowledgePage) and model.discussable


def comments_shown_on(page: Page) -> Iterable[CommentState]:
    if not _is_discussed(page.specific_class):
        return []
    return (
        CommentState.objects.published().filter(thread__translation_key=page.translation_key).select_related("thread")
    )


def register() -> None:
    searchable.register(
        CommentState, documents=comment_documents, shown_on=comments_shown_on, kind="comment", label=_("Comment")
    )
