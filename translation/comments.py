"""Comments and questions on one text of a translation.

Who writes in the language reads them; what is addressed to the original, its editors read and answer, too. They are
shown the text of the original, never that of the translation, which may be a draft.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from . import access
from .models import Assignment, SegmentComment
from .review import Refused
from .review_models import LONGEST

MOST = 200  # questions on one page


def source_of(comment: SegmentComment) -> TranslationSource | None:
    return (
        TranslationSource.objects.filter(
            object_id=comment.translation_key, translations__target_locale=comment.locale_id
        )
        .order_by("pk")
        .first()
    )


def translation_of(comment: SegmentComment) -> Translation | None:
    rows = Translation.objects.filter(source__object_id=comment.translation_key, target_locale=comment.locale_id)
    return rows.select_related("source", "target_locale").order_by("pk").first()


def sources_of(rows: Iterable[SegmentComment]) -> dict[tuple[UUID, int], TranslationSource]:
    """The same of many in one query, by subject and language."""
    keys = {row.translation_key for row in rows}
    found = Translation.objects.filter(source__object__in=keys).order_by("-source_id")
    found = found.select_related("source__locale", "source__specific_content_type").defer("source__content_json")
    return {(one.source.object_id, one.target_locale_id): one.source for one in found}


def original_of(comment: SegmentComment) -> Any:
    """None when it is gone."""
    source = source_of(comment)
    model: Any = source.specific_content_type.model_class() if source else None
    if source is None or model is None:
        return None
    found = model._base_manager.filter(translation_key=source.object_id, locale=source.locale_id)
    return found.first()


def may_read(user: Any, comment: SegmentComment) -> bool:
    return writes(user, comment) or _edits_original(user, comment)


def writes(user: Any, comment: SegmentComment) -> bool:
    """Where there is no page yet, the language says it."""
    if comment.locale_id not in access.locale_ids(user):
        return False
    original = original_of(comment)
    if original is None:
        return False
    target = type(original)._base_manager.filter(translation_key=comment.translation_key, locale=comment.locale_id)
    page = target.first()
    return page is None or access.may_write(user, page)


def _edits_original(user: Any, comment: SegmentComment) -> bool:
    original = original_of(comment) if comment.to_original else None
    return original is not None and access.may_write(user, original)


def of_translation(translation: Translation) -> dict[str, list[SegmentComment]]:
    """By the place of the text, for whoever may read the translation. Two queries for the whole page."""
    rows = SegmentComment.objects.filter(
        translation_key=translation.source.object_id, locale=translation.target_locale_id, parent=None
    )
    found: dict[str, list[SegmentComment]] = {}
    for row in _with_answers(rows):
        found.setdefault(row.path, []).append(row)
    return found


def _with_answers(rows: QuerySet[SegmentComment]) -> QuerySet[SegmentComment]:
    answers = SegmentComment.objects.select_related("author")
    return rows.select_related("author", "resolved_by").prefetch_related(Prefetch("answers", answers))


def to_answer(user: Any) -> list[tuple[SegmentComment, TranslationSource]]:
    """What is open and addressed to originals that this person edits. The queries grow with the types of originals."""
    rows = SegmentComment.objects.filter(to_original=True, parent=None, resolved_at__isnull=True)
    asked = list(_with_answers(rows).order_by("-created_at"))
    sources = sources_of(asked)
    mine = {pk for pk, original in _originals(sources.values()) if access.may_write(user, original)}
    found = ((row, sources.get((row.translation_key, row.locale_id))) for row in asked)
    return list(islice(((row, source) for row, source in found if source and source.pk in mine), MOST))


def _originals(sources: Iterable[TranslationSource]) -> Iterator[tuple[int, Any]]:
    """With the ids of their sources; of pages what their rights follow from."""
    of_type: dict[Any, list[TranslationSource]] = {}
    for source in sources:
        if model := source.specific_content_type.model_class():
            of_type.setdefault(Page if issubclass(model, Page) else model, []).append(source)
    for model, these in of_type.items():
        rows = model._default_manager.filter(translation_key__in={one.object_id for one in these})
        rows = rows.prefetch_workflow_states() if model is Page else rows
        known = {(row.translation_key, row.locale_id): row for row in rows}
        yield from ((one.pk, known[key]) for one in these if (key := (one.object_id, one.locale_id)) in known)


def ask(translation: Translation, path: str, *, user: Any, text: str, to_original: bool = False) -> SegmentComment:
    """The first comment of a conversation."""
    path = path.replace("\x00", "")
    if not StringSegment.objects.filter(source_id=translation.source_id, context__path=path).exists():
        raise Refused(_("The original does not have this text any more."))
    return _write(
        SegmentComment(
            translation_key=translation.source.object_id,
            locale_id=translation.target_locale_id,
            path=path,
            to_original=to_original,
        ),
        user,
        text,
    )


def answer(comment: SegmentComment, *, user: Any, text: str) -> SegmentComment:
    """An answer reopens what was resolved: somebody has more to say."""
    first = comment.parent or comment
    found = _write(
        SegmentComment(
            translation_key=first.translation_key,
            locale_id=first.locale_id,
            path=first.path,
            to_original=first.to_original,
            parent=first,
        ),
        user,
        text,
    )
    if first.resolved_at:
        resolve(first, user=None)
    return found


def _write(comment: SegmentComment, user: Any, text: str) -> SegmentComment:
    from . import notices

    comment.text, comment.author = text.replace("\r\n", "\n").replace("\x00", "").strip(), user
    if not comment.text:
        raise Refused(_("Write something first."))
    if len(comment.text) > LONGEST:
        raise Refused(_("This is too long: %(most)d characters at most.") % {"most": LONGEST})
    comment.save()
    notices.commented(comment)
    return comment


def resolve(comment: SegmentComment, *, user: Any) -> None:
    """Without a `user` it is open again."""
    comment.resolved_by, comment.resolved_at = user, timezone.now() if user else None
    comment.save(update_fields=["resolved_by", "resolved_at"])


def listeners(comment: SegmentComment) -> set[int]:
    first = comment.parent or comment
    here = SegmentComment.objects.filter(
        translation_key=first.translation_key, locale=first.locale_id, path=first.path, author__isnull=False
    )
    people = set(here.order_by().values_list("author_id", flat=True))
    taken = Assignment.objects.filter(status__translation_key=first.translation_key, status__locale=first.locale_id)
    people |= set(taken.values_list("assignee_id", flat=True))
    if first.to_original:
        people |= _editors(first)
    return {pk for pk in people if pk is not None}


def _editors(comment: SegmentComment) -> set[int]:
    """Who wrote the original as it stands; where nobody of them can edit it any more, all who publish it."""
    original = original_of(comment)
    if original is None:
        return set()
    known: list[int] = []
    if isinstance(original, Page):
        live = original.live_revision
        known = [pk for pk in (original.owner_id, live and live.user_id) if pk]
    people = get_user_model()._default_manager.filter(pk__in=known, is_active=True)
    found = {user.pk for user in people if access.may_write(user, original)}
    return found or publishers(original.locale)


def publishers(locale: Locale) -> set[int]:
    return set(access.people(locale.pk, "publish_page").filter(is_superuser=False).values_list("pk", flat=True))
