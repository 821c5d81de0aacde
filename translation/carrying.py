"""When the original changes and its meaning does not: translations of the earlier wording stay valid.

For each text that was changed, whoever publishes the original says whether it still means the same. Then what was
translated is carried over to the new wording, in every language, with its date and its author; else it is offered
beside the new wording, to be translated again. Nothing of this publishes anything.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils.safestring import SafeString
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from portal import freshness

from . import made_from, writing
from .differences import difference, doubts, earlier_wordings, fitted
from .models import Via
from .texts import segments

LOGGED = "translation.meaning_unchanged"

Text = tuple[str, str]  # its place and what it says


@dataclass(frozen=True)
class Change:
    """A text of the original before and now, and its translations that the new wording has not got yet."""

    path: str
    old: str
    new: str
    texts: tuple[StringTranslation, ...]
    language: str

    @property
    def key(self) -> str:
        """Names just this change: who decides, decides on what was shown."""
        return hashlib.sha256("\0".join((self.path, self.old, self.new)).encode()).hexdigest()[:20]

    @cached_property
    def difference(self) -> SafeString:
        return difference(self.old, self.new)

    @cached_property
    def doubts(self) -> list[str]:
        return doubts(self.old, self.new, self.language)

    @property
    def languages(self) -> list[str]:
        return [text.locale.language_code for text in self.texts]


@dataclass
class Outcome:
    carried: int = 0
    refused: int = 0  # somebody wrote there meanwhile, or the text does not fit


def translations(source: TranslationSource) -> list[Translation]:
    return list(source.translations.filter(enabled=True).select_related("source__locale", "target_locale"))


def texts_now(source: TranslationSource) -> list[Text]:
    """What the published original says."""
    original = source.get_source_instance()
    values = extract_segments(original.specific if isinstance(original, Page) else original)
    return [(one.path, one.string.data) for one in values if isinstance(one, StringSegmentValue)]


def changes(source: TranslationSource) -> list[Change]:
    """Those about which there is something to decide. The number of queries does not depend on that of the texts."""
    now: dict[str, list[str]] = defaultdict(list)
    for path, text in texts_now(source):
        now[path].append(text)
    known = _known(source)
    handed_out = set(StringSegment.objects.filter(source=source).values_list("context__path", "string__data"))
    found = []
    for path, current in now.items():
        before = [text for text in known[path] if text not in current]
        before.sort(
            key=lambda text: (path, text) not in handed_out
        )  # the wording that translators have now comes first
        for old, new in earlier_wordings(before, _open(current, known[path], path), len(set(current))):
            there = {text.locale_id for text in known[path].get(new, ())}
            texts = tuple(text for text in known[path][old] if text.locale_id not in there)
            if texts:
                found.append(Change(path, old, new, texts, source.locale.language_code))
    return found


def _open(current: Iterable[str], known: dict[str, list[StringTranslation]], path: str) -> list[str]:
    """The texts of a place that lack a translation into some language."""
    locales = {text.locale_id for texts in known.values() for text in texts}
    return [text for text in current if {one.locale_id for one in known.get(text, ())} != locales]


def _known(source: TranslationSource) -> dict[str, dict[str, list[StringTranslation]]]:
    """By place and wording, newest first, what was translated into the languages that are kept up."""
    locales = source.translations.filter(enabled=True).values("target_locale_id")
    texts = StringTranslation.objects.filter(
        context__object_id=source.object_id,
        translation_of__locale=source.locale_id,
        locale__in=locales,
        has_error=False,
    )
    known: dict[str, dict[str, list[StringTranslation]]] = defaultdict(lambda: defaultdict(list))
    for text in texts.select_related("translation_of", "context", "locale").order_by("-updated_at", "-pk"):
        known[text.context.path][text.translation_of.data].append(text)
    return known


@transaction.atomic
def hand_out(source: TranslationSource, unchanged: Collection[str], user: Any) -> Outcome:
    """Give translators the newest texts, those of the changes named in `unchanged` with their translations."""
    decided = [change for change in changes(source) if change.key in unchanged]
    source.update_from_db()
    outcome = Outcome()
    by_locale = {one.target_locale_id: one for one in translations(source)}
    carried: dict[int, dict[Text, str]] = defaultdict(dict)
    for change in decided:
        segment = _segment(source, change)
        for text in change.texts:
            if _carry(by_locale[text.locale_id], segment, change, text, user):
                carried[text.locale_id][change.path, change.new] = change.old
                outcome.carried += 1
            else:
                outcome.refused += 1
    for locale, earlier in carried.items():
        _keep_valid(by_locale[locale], earlier)
    if decided:
        _log(source, decided, user)
    return outcome


def _segment(source: TranslationSource, change: Change) -> StringSegment:
    found = StringSegment.objects.filter(source=source, context__path=change.path, string__data=change.new)
    return found.select_related("string", "context").order_by("order")[0]


def _carry(
    translation: Translation, segment: StringSegment, change: Change, text: StringTranslation, user: Any
) -> bool:
    """The same words under the new wording, of the same author and day: nobody has read or approved them anew."""
    how: dict[str, Any] = {
        "via": Via.CARRIED,
        "expected": writing.token(None),
        "tool": text.tool_name,
        "is_read": text.translation_type == StringTranslation.TRANSLATION_TYPE_MANUAL,
    }
    try:
        new = writing.write(translation, segment, fitted(text.data, change.old, change.new), user=user, **how)
    except (writing.Conflict, writing.Refused):
        return False
    same = {"updated_at": text.updated_at, "last_translated_by": text.last_translated_by_id}
    StringTranslation.objects.filter(pk=new.pk).update(**same)
    return True


def _keep_valid(translation: Translation, earlier: dict[Text, str]) -> None:
    """If this was all that had changed, readers see a translation of what the original says."""
    page = Page.objects.filter(
        translation_key=translation.source.object_id, locale=translation.target_locale_id
    ).first()
    if page:
        now = segments(translation).values_list("context__path", "string__data")
        before = [(path, earlier.get((path, text), text)) for path, text in now]
        made_from.keep_valid(page, translation.source, freshness.digest(before))
        if page.live:
            freshness.keep_valid(page, before)


def _log(source: TranslationSource, decided: list[Change], user: Any) -> None:
    texts = [{"path": one.path, "old": one.old, "new": one.new, "languages": one.languages} for one in decided]
    log(source.get_source_instance(), LOGGED, user=user, data={"texts": texts})
