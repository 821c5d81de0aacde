"""One thread of 2,000 comments on a page of the first content: what a page of it costs, in each order."""

from datetime import timedelta
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.utils import timezone
from django_comments_xtd.models import XtdComment
from wagtail.models import Page

from community.models import CommentState, DiscussionThread, State
from portal import stamps

from .articles import insert

COMMENTS = 2000
ADDRESS = "/en/patterns/neighbourhood-watch/"
QUERIES = ("", "?talk=2", "?talk=100", "?comments=fr", "?sort=old", "?sort=new", "?sort=useful", "?sort=useful&talk=50")
WORDS = "We opened a group before anyone was named to answer it, and closed it again after five weeks. "


def build() -> None:
    """Fill the thread, unless an earlier run has."""
    page = Page.objects.get(slug="neighbourhood-watch", locale__language_code="en")
    missing = COMMENTS - CommentState.objects.filter(thread__translation_key=page.translation_key).count()
    if missing > 0:
        fill_thread(page.translation_key, missing)


def fill_thread(key: UUID, number: int) -> list[CommentState]:
    """Exchanges of four comments, three levels deep, in two languages; some are found useful, none is withdrawn."""
    thread, _made = DiscussionThread.objects.get_or_create(translation_key=key)
    texts = _texts(thread, number)
    states: dict[int, CommentState] = {}
    for level in range(4):
        places = range(level, number, 4)
        made = [
            _state(thread, texts[place], states.get(place - min(level, 2)) if level else None, place)
            for place in places
        ]
        states |= dict(zip(places, CommentState.objects.bulk_create(made, 500), strict=True))
    stamps.touch(stamps.subject(key))
    return [states[place] for place in range(number)]


def _state(thread: DiscussionThread, text: XtdComment, above: CommentState | None, place: int) -> CommentState:
    return CommentState(
        comment_id=text.pk,
        thread=thread,
        parent=above,
        path=above.path_below(text.pk) if above else f"{text.pk:010d}",
        language="fr" if place % 5 == 3 else "en",
        state=State.PUBLISHED,
        guest=True,
        useful=place * 7 % 13,
        digest=f"{text.pk:064d}",
        posted_at=text.submit_date,
    )


def _texts(thread: DiscussionThread, number: int) -> list[XtdComment]:
    site, kind, now = Site.objects.get_current(), ContentType.objects.get_for_model(DiscussionThread), timezone.now()
    texts = [
        XtdComment(
            content_type=kind,
            object_pk=str(thread.pk),
            site=site,
            user_name=f"Writer {count}",
            comment=f"Words {count}. {WORDS * (1 + count % 4)}",
            submit_date=now - timedelta(minutes=number - count),
            thread_id=0,
        )
        for count in range(number)
    ]
    base = XtdComment._meta.pk.related_model
    names = [field.name for field in base._meta.local_concrete_fields if not field.primary_key]
    made = base._base_manager.bulk_create(
        [base(**{name: getattr(text, name) for name in names}) for text in texts], 500
    )
    for text, row in zip(texts, made, strict=True):
        text.pk = text.id = text.comment_ptr_id = row.pk
    insert(texts, XtdComment)
    return texts
