"""Whether the same text of the original says something else elsewhere in this language."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation, Translation

from . import memory
from .checks.pair import Problem, plain, warning
from .known import Kind, Suggestion


def inconsistent(text: str, found: Iterable[Suggestion]) -> list[Problem]:
    """A warning where people have always translated the same text otherwise. Asks nothing: the memory has asked."""
    same = [one for one in found if one.kind == Kind.EXACT and not one.known.is_machine]
    if not same or any(_bare(one.text) == _bare(text) for one in same):
        return []
    said = {"text": Truncator(plain(same[0].text)).chars(120)}
    return [warning("inconsistent", _("Elsewhere the same text is translated as “%(text)s”.") % said)]


def inconsistencies(translation: Translation, user: Any) -> dict[int, list[Problem]]:
    """By the pk of each translated text of the page; of what `user` may read. The number of queries is fixed."""
    suggestions = memory.suggestions(translation, user)
    segments = translation.source.stringsegment_set.select_related("string", "context")
    texts = StringTranslation.objects.filter(
        locale_id=translation.target_locale_id, context__object_id=translation.source.object_id, has_error=False
    )
    written = {(text.translation_of_id, text.context_id): text.data for text in texts}
    problems = {}
    for segment in segments:
        text = written.get((segment.string_id, segment.context_id))
        if text and (found := inconsistent(text, suggestions.get(segment.pk, []))):
            problems[segment.pk] = found
    return problems


def _bare(text: str) -> str:
    return " ".join(plain(text).split())
