"""Which texts of a translation would be sent, and how many words that is."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from portal.querysets import visible

from .. import states, texts, writing
from ..checks.pair import plain
from ..gaps import gaps

ADDRESS = re.compile(r"(?:(?:https?:)?//|www\.|mailto:|tel:|/|#)\S*|[^\s@]+@[^\s@]+\.\w+")
LETTER = re.compile(r"[^\W\d_]")


@dataclass
class Plan:
    """`over` is the number of words for which the budget does not suffice."""

    words: int = 0
    over: int = 0
    segments: dict[str, list[StringSegment]] = field(default_factory=lambda: defaultdict(list))
    tokens: dict[int, str] = field(default_factory=dict)  # how each place was when this was planned

    @property
    def texts(self) -> list[str]:
        return list(self.segments)


def plan(translation: Translation, budget: int) -> Plan | None:
    """The gaps from the top as far as the budget reaches, each text once; None where the original is not public."""
    original = public_original(translation.source)
    if original is None:
        return None
    values = extract_segments(original.specific if isinstance(original, Page) else original)
    public = {(one.path, one.string.data) for one in values if isinstance(one, StringSegmentValue)}
    written = texts.by_key(texts.written(translation).filter(has_error=True))  # a gap may hold what cannot be used
    found = Plan()
    for segment in gaps(translation):
        text, path = segment.string.data, segment.context.path
        before = written.get((segment.string_id, segment.context_id))
        if (path, text) not in public or not is_for_machines(path, text) or _is_a_persons(before):
            continue
        if text not in found.segments:
            words = states.words(text)
            if found.over or found.words + words > budget:
                found.over += words
                continue
            found.words += words
        found.segments[text].append(segment)
        found.tokens[segment.pk] = writing.token(before)
    return found


def public_original(source: TranslationSource) -> Any:
    """Entries of vocabularies are public as soon as they exist."""
    try:
        instance = source.get_source_instance()
    except ObjectDoesNotExist:
        return None
    if isinstance(instance, Page) and not visible(Page.objects.filter(pk=instance.pk)).exists():
        return None
    return instance


def is_for_machines(path: str, text: str) -> bool:
    """Not what has nothing to translate: addresses, and what stands without a single letter."""
    said = plain(text).strip()
    return bool(LETTER.search(said)) and not ADDRESS.fullmatch(said) and path.rpartition(".")[2] != "slug"


def _is_a_persons(text: StringTranslation | None) -> bool:
    return text is not None and text.translation_type != StringTranslation.TRANSLATION_TYPE_MACHINE
