"""What the other parts of the desk show on the workbench: beside a text, and at the head of the page."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from .. import access, comments, memory, promotion_views, review_views
from ..consistency import inconsistent
from ..machine.panel import panel as machine_panel
from ..machine.services import service as machine_service
from ..models import TranslationStatus
from .bench import Bench, Row


def fill(bench: Bench, rows: Sequence[Row], user: Any) -> None:
    """Beside each text; all texts at once, so that the number of queries is fixed."""
    suggested = memory.suggestions(bench.translation, user, [row.segment for row in rows])
    said = comments.of_translation(bench.translation)
    mark_adapted(bench, rows)
    last = {row.segment.context.path: row.pk for row in rows}  # the paragraphs of one field are discussed together
    for row in rows:
        row.comments = said.get(row.segment.context.path, [])
        row.comments_at = last[row.segment.context.path]
        row.terms = bench.glossary.hits(row.segment.string.data)
        row.suggestions = suggested.get(row.pk, [])
        if row.text and not row.is_refused:
            row.problems += [] if row.adaptation else inconsistent(row.text.data, row.suggestions)


def mark_adapted(bench: Bench, rows: Sequence[Row]) -> None:
    """What differs from the original on purpose is not warned of."""
    for row in rows:
        row.adaptation = bench.adapted.get(row.key)
        if row.adaptation and not row.is_refused:
            row.problems = [problem for problem in row.problems if problem.blocks]


def of_page(bench: Bench, target: Any, user: Any, request: HttpRequest) -> dict[str, Any]:
    translation = bench.translation
    return {
        "machine": machine_panel(translation) if machine_service() else None,
        "review": review_views.panel(translation, user, bench.faults(), bench.lacking()),
        "behind": (status := behind(bench)),
        "may_hand_out": status is not None and access.may_publish(user, translation.source.get_source_instance()),
        "may_rename": isinstance(target, Page) and (not target.live or access.may_publish(user, target)),
        "may_promote": isinstance(target, Page) and promotion_views.is_offered(user, target),
        "page_panels": [f"translation/workbench/_{name}.html" for name in ("fill", "review")],
    }


def behind(bench: Bench) -> TranslationStatus | None:
    """Since when the original says what translators were not given yet, which is why nothing is to be done here."""
    here = {"translation_key": bench.translation.source.object_id, "locale": bench.translation.target_locale_id}
    status = TranslationStatus.objects.filter(**here, stale_since__isnull=False).first()
    left = bench.progress["words_left"]
    return status if status and (status.words_to_do > left or not left) else None
