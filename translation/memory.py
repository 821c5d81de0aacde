"""What was translated before and helps now: the same text elsewhere, the earlier wording of this place, texts that read
alike, and the same place in other languages.

Texts of deleted pages are remembered by the history (`TextEvent`): who has the same text before her may use what was
public. Whose texts are shown to whom, `readable` says, and of deleted ones `archive`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Length
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation

from . import access, archive, origins
from .alike import alike, reach
from .differences import difference, doubts, earlier_wordings, fitted, similarity
from .known import Kind, Known, Suggestion
from .readable import published, readable

__all__ = ["Kind", "Known", "Suggestion", "suggestions"]

CANDIDATES = 20_000  # the newest; what is older than so many texts is hardly worth the time
SHOWN = 3  # of each kind but the pivot


def suggestions(
    translation: Translation,
    user: Any = None,
    segments: Iterable[StringSegment] | None = None,
    *,
    also_finished: bool = False,
) -> dict[int, list[Suggestion]]:
    """By the pk of each text of `translation`, or of those in `segments`; best first. The number of queries is fixed.

    Without a `user`, only what everybody may read. What a person has translated gets the same text of other places
    alone, unless `also_finished` asks what was suggested before she did.
    """
    return _Memory(translation, user, segments, also_finished).suggestions()


class _Memory:
    def __init__(
        self, translation: Translation, user: Any, segments: Iterable[StringSegment] | None, also_finished: bool
    ) -> None:
        self.translation, self.user, self.also_finished = translation, user, also_finished
        self.key: UUID = translation.source.object_id
        self.locale: int = translation.target_locale_id
        self.language = translation.target_locale.language_code
        self.source_language = translation.source.locale.language_code
        of_page = StringSegment.objects.filter(source=translation.source_id).order_by("order")
        self.page = list(of_page.select_related("string", "context"))
        self.segments = self.page if segments is None else list(segments)

    def suggestions(self) -> dict[int, list[Suggestion]]:
        if not self.segments:
            return {}
        found = {segment.pk: self._unique(segment) for segment in self.segments}
        return origins.named(found)

    def _unique(self, segment: StringSegment) -> list[Suggestion]:
        """No text twice: what counts is the first kind that has it."""
        found: dict[tuple[str, str], Suggestion] = {}
        for kind in (self._exact(segment), self._carried(segment), self._fuzzy(segment), self._pivot(segment)):
            best = sorted(kind, key=_rank)
            new = [one for one in best if (one.language, one.text) not in found]
            for one in new if new and new[0].kind == Kind.PIVOT else new[:SHOWN]:
                found.setdefault((one.language, one.text), one)
        return list(found.values())

    @cached_property
    def own(self) -> list[Known]:
        """What was ever translated here: for these texts, for earlier ones, in places that are gone."""
        texts = self._texts(context__object_id=self.key, locale=self.locale)
        return [_known(text, True) for text in texts]

    def _texts(self, *args: Any, **filters: Any) -> Any:
        texts = StringTranslation.objects.filter(*args, **filters, has_error=False, context__isnull=False)
        return texts.select_related("translation_of", "context", "locale")

    @cached_property
    def finished(self) -> set[tuple[str, str]]:
        """The texts that a person has translated; nothing but the same text is of help there."""
        asked = {(one.context.path, one.string.data) for one in self.segments} if self.also_finished else set()
        return {(one.path, one.source) for one in self.own if not one.is_machine} - asked

    def _is_finished(self, segment: StringSegment) -> bool:
        return (segment.context.path, segment.string.data) in self.finished

    @cached_property
    def similar(self) -> dict[str, dict[str, int]]:
        """By the text that is to be translated, those like it and how much."""
        wanted = {one.string.data for one in self.segments if not self._is_finished(one)}
        if not wanted:
            return {}
        texts = String.objects.filter(locale=self.translation.source.locale_id, translations__locale=self.locale)
        near = texts.annotate(size=Length("data")).filter(size__range=reach(wanted))
        return alike(wanted, near.order_by("-pk").values_list("data", flat=True).distinct()[:CANDIDATES])

    @cached_property
    def elsewhere(self) -> dict[str, list[Known]]:
        """What was translated in other places, and here into other languages, by its source."""
        strings = {one.string_id for one in self.segments}
        like = {_hash(text) for found in self.similar.values() for text in found}
        of_these = Q(translation_of__in=strings) | Q(translation_of__data_hash__in=like)
        there = of_these & Q(locale=self.locale, translation_of__locale=self.translation.source.locale_id)
        contexts = {one.context_id for one in self.segments}
        here = Q(context__in=contexts, translation_of__in=strings) & ~Q(locale=self.locale)
        found: dict[str, list[Known]] = defaultdict(list)
        for text in published(list(readable(self._texts(there | here), self.user, self.key, self.locale))):
            known = replace(_known(text, text.is_open), is_approved=text.is_approved)
            found[text.translation_of.data].append(known)
        return found

    @cached_property
    def archived(self) -> dict[str, list[Known]]:
        """From what was deleted: of this subject all, of others only the same texts, to whoever serves the language;
        and what was never public, only to who wrote it."""
        is_served = self.user is not None and self.locale in access.locale_ids(self.user)
        found: dict[str, list[Known]] = defaultdict(list)
        hashes = {one.string.data_hash for one in self.segments}
        for one in archive.gone(self.key, self.source_language, self.language, hashes, self.user):
            if one.translation_key == self.key or is_served:
                found[one.source].append(one)
        return found

    def _exact(self, segment: StringSegment) -> list[Suggestion]:
        source, here = segment.string.data, (self.key, segment.context.path)
        known = [one for one in self.elsewhere[source] if one.language == self.language]
        live = [one for one in known if (one.translation_key, one.path) != here]
        return [self._suggest(Kind.EXACT, segment, one, 100) for one in [*live, *self.archived[source]]]

    @cached_property
    def earlier(self) -> dict[str, list[tuple[str, str]]]:
        """By place, the earlier wording of each text that is not translated yet."""
        now, to_do = defaultdict(set), defaultdict(list)
        for segment in self.page:
            now[segment.context.path].add(segment.string.data)
            if not self._is_finished(segment):
                to_do[segment.context.path].append(segment.string.data)
        gone = defaultdict(list)
        for one in sorted(self.before, key=lambda one: one.changed_at, reverse=True):
            if one.source not in now[one.path]:
                gone[one.path].append(one.source)
        return {path: earlier_wordings(gone[path], to_do[path], len(now[path])) for path in to_do if gone[path]}

    @property
    def before(self) -> list[Known]:
        return [*self.own, *(one for all_of in self.archived.values() for one in all_of if self._is_own(one))]

    def _is_own(self, one: Known) -> bool:
        return one.translation_key == self.key

    def _carried(self, segment: StringSegment) -> list[Suggestion]:
        path, source = segment.context.path, segment.string.data
        old = next((old for old, new in self.earlier.get(path, ()) if new == source), None)
        known = [one for one in self.before if (one.path, one.source) == (path, old)]
        return [self._suggest(Kind.CARRIED, segment, one, similarity(one.source, source)) for one in known]

    def _fuzzy(self, segment: StringSegment) -> list[Suggestion]:
        scores = self.similar.get(segment.string.data, {})
        near = [(one, score) for source, score in scores.items() for one in self.elsewhere[source]]
        mine = [(one, score) for one, score in near if one.language == self.language]
        return [self._suggest(Kind.FUZZY, segment, one, min(score, 99)) for one, score in mine]

    def _pivot(self, segment: StringSegment) -> list[Suggestion]:
        here = (self.key, segment.context.path)
        known = [one for one in self.elsewhere[segment.string.data] if one.language != self.language]
        return [
            self._suggest(Kind.PIVOT, segment, one, 100) for one in known if (one.translation_key, one.path) == here
        ]

    def _suggest(self, kind: Kind, segment: StringSegment, known: Known, score: int) -> Suggestion:
        source = segment.string.data
        plainly = Suggestion(kind, score, known.text, known.source, known)
        if not plainly.needs_revision:
            return plainly
        return replace(
            plainly,
            text=fitted(known.text, known.source, source),
            difference=difference(known.source, source),
            warnings=doubts(known.source, source, self.source_language),
        )


def _rank(one: Suggestion) -> tuple[Any, ...]:
    """What a person wrote before what a machine wrote, what readers see before what waits, the newest first."""
    return (-one.score, one.known.is_machine, not one.known.is_approved, -one.changed_at.timestamp())


def _hash(text: str) -> UUID:
    return String._get_data_hash(text)


def _known(text: StringTranslation, is_open: bool) -> Known:
    return Known(
        key=f"t{text.pk}",
        source=text.translation_of.data,
        text=text.data,
        translation_key=text.context.object_id,
        path=text.context.path,
        language=text.locale.language_code,
        is_machine=text.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE,
        changed_at=text.updated_at,
        is_open=is_open,
    )
