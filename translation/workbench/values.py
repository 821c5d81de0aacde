"""Among the texts: links, images, documents and pages, each as in the original or another in this language.

The number of queries does not depend on how many there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.forms import Media
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.admin.forms.models import registry
from wagtail.admin.widgets import BaseChooser
from wagtail.images.models import AbstractImage
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation

from portal.querysets import visible

from .. import events, overridable, places, writing
from ..links import NUMBER
from ..models import NO_LANGUAGE, TextEvent, Via
from ..readable import editable
from .bench import Row

PREVIEW = "max-165x165"  # as Wagtail's chooser of images asks for it


@dataclass(frozen=True)
class Thing:
    """What stands in a place: an address, or something chosen."""

    name: str
    preview: Any = None
    alt: str = ""


@dataclass
class Version:
    event: TextEvent
    thing: Thing | None  # None: as in the original
    is_now: bool


@dataclass
class Value:
    """One row."""

    segment: OverridableSegment
    stands: places.Place
    model: type[Model] | None
    override: SegmentOverride | None
    history: list[TextEvent]
    things: dict[str, Thing] = field(default_factory=dict)
    begins: str = ""
    may_choose: bool = True
    typed: str = ""
    problem: str = ""
    conflict: writing.Conflict | None = None

    template = "translation/workbench/_value.html"

    def __post_init__(self) -> None:
        self.typed = self.kept

    @property
    def pk(self) -> int:
        return self.segment.pk

    @property
    def kept(self) -> str:
        return events.kept(self.override.data) if self.override else ""

    @property
    def token(self) -> str:
        return writing.token(self.conflict.current if self.conflict else self.override)

    @property
    def is_link_in_text(self) -> bool:
        return isinstance(self.stands.of, overridable.WITH_LINKS)

    @property
    def name(self) -> str:
        return _("Link") if self.is_link_in_text else self.stands.label

    @property
    def group(self) -> str:
        return " › ".join(self.stands.labels if self.is_link_in_text else self.stands.labels[:-1])

    @property
    def error(self) -> str:
        """What is wrong with what was sent, or with what stood there when somebody last published."""
        return self.problem or (self.override and self.override.get_error()) or ""

    @property
    def is_refused(self) -> bool:
        return bool(self.problem or self.conflict)

    @property
    def values(self) -> Iterable[str]:
        """Everything that is shown here."""
        return {events.kept(self.segment.data), self.kept, self.typed, *(event.new for event in self.history)} - {""}

    def thing(self, value: str) -> Thing:
        fallback = capfirst(str(self.model._meta.verbose_name)) if self.model else value
        return self.things.get(value) or Thing(fallback)

    @property
    def original(self) -> Thing:
        return self.thing(events.kept(self.segment.data))

    @property
    def own(self) -> Thing | None:
        return self.thing(self.kept) if self.kept else None

    @property
    def theirs(self) -> Thing | None:
        current = self.conflict.current if self.conflict else None
        return self.thing(events.kept(current.data)) if current else None

    def versions(self) -> list[Version]:
        return [Version(one, self.thing(one.new) if one.new else None, one.new == self.kept) for one in self.history]

    @cached_property
    def widget(self) -> BaseChooser:
        """The chooser that the form of the original has."""
        if isinstance(self.stands.of, blocks.ChooserBlock):
            return self.stands.of.widget
        found = registry.foreign_key_lookup(self.stands.of)
        widget: Any = found["widget"]
        return widget() if isinstance(widget, type) else widget

    def chooser(self) -> SafeString:
        """As the widget draws itself, without a query for each."""
        name, attrs = "value", {"id": f"v-{self.pk}"}
        data: dict[str, Any] | None = None
        if self.typed:
            thing = self.thing(self.typed)
            data = {"id": self.typed, "edit_url": "", self.widget.display_title_key: thing.name}
            if thing.preview:
                data["preview"] = {one: getattr(thing.preview, one) for one in ("url", "width", "height")}
        html = self.widget.render_html(name, data, attrs)
        script = SafeString(self.widget.render_js_init(attrs["id"], name, data))  # with nothing that anybody typed
        return format_html("{}<script>{}</script>", html, script)


class Values:
    def __init__(self, translation: Translation, user: Any) -> None:
        self.translation, self.user = translation, user
        self.rows = self._rows()
        self.name()

    def _rows(self) -> list[Value]:
        source = self.translation.source
        segments = OverridableSegment.objects.filter(source=source).select_related("context").order_by("order")
        chosen = SegmentOverride.objects.filter(
            context__object_id=source.object_id, locale_id=self.translation.target_locale_id
        )
        overrides = {one.context_id: one for one in chosen.order_by("-pk")}
        history = self._history()
        found = []
        for one in segments:
            stands = places.place(source, one)
            if overridable.is_offered(stands):
                model = overridable.model_of(stands)
                found.append(Value(one, stands, model, overrides.get(one.context_id), history[one.context.path]))
        return found

    def _history(self) -> dict[str, list[TextEvent]]:
        found: dict[str, list[TextEvent]] = defaultdict(list)
        rows = TextEvent.objects.filter(
            translation_key=self.translation.source.object_id,
            language=self.translation.target_locale.language_code,
            source_language=NO_LANGUAGE,
        )
        for event in rows.select_related("user"):
            found[event.path].append(event)
        return found

    def name(self) -> None:
        """What is chosen, by its name: of each kind all at once."""
        of_model: dict[type[Model], list[Value]] = defaultdict(list)
        for row in self.rows:
            if row.model:
                of_model[Page if issubclass(row.model, Page) else row.model].append(row)
        for model, rows in of_model.items():
            keys = {int(value) for row in rows for value in row.values if NUMBER.fullmatch(value)}
            things = _things(model, keys, self.user)
            may_choose = overridable.may_choose(model, self.user)
            for row in rows:
                row.things, row.may_choose = things, may_choose

    def row(self, pk: int, path: str) -> Value | None:
        """Also where the original was handed out anew meanwhile."""
        same = [row for row in self.rows if row.pk == pk]
        return next(iter(same or [row for row in self.rows if row.segment.context.path == path]), None)

    @property
    def media(self) -> Media:
        found = forms.Media()
        for row in {row.model: row for row in self.rows if row.model}.values():
            found += row.widget.media
        return found


def _things(model: type[Model], keys: set[int], user: Any) -> dict[str, Thing]:
    if issubclass(model, Page):  # a draft of others is not named
        pages = Page.objects.filter(pk__in=keys)
        named = Q(pk__in=editable(user).values("pk")) | Q(pk__in=visible(pages, user).values("pk"))
        return {str(pk): Thing(title) for pk, title in pages.filter(named).values_list("pk", "title")}
    rows: Any = model._default_manager.filter(pk__in=keys)
    if issubclass(model, AbstractImage):
        return {str(one.pk): _picture(one) for one in rows.prefetch_renditions(PREVIEW)}
    return {str(one.pk): Thing(str(one)) for one in rows}


def _picture(image: Any) -> Thing:
    return Thing(image.title, get_rendition_or_not_found(image, PREVIEW), image.default_alt_text)


def in_order(texts: Iterable[Row], values: Iterable[Value]) -> list[Row | Value]:
    """As they stand on the page, each group with its heading."""
    shown: list[Row | Value] = sorted([*texts, *values], key=lambda row: row.segment.order)
    group = ""
    for row in shown:
        row.begins = row.group if row.group != group else ""
        group = row.group
    return shown


def act_on_value(values: Values, row: Value, sent: Mapping[str, Any], user: Any) -> bool:
    """Whether it is saved. What is refused stays in its row as it was sent."""
    how: dict[str, Any] = {"user": user, "via": Via.EDITOR, "expected": sent.get("expected")}
    value = sent.get("value", "").replace("\x00", "").strip()
    if "restore" in sent:
        event = next((one for one in row.history if str(one.pk) == sent["restore"]), None)
        if event is None:
            row.problem = _("This version is not known.")
            return False
        value, how["via"] = event.new, Via.UNDO
    if sent.get("do") == "same":
        value = ""
    row.typed = value
    try:
        if value:
            row.override = writing.override(values.translation, row.segment, value, **how)
        else:
            writing.follow(values.translation, row.segment, **how)
    except ValidationError as error:
        row.problem = " ".join(error.messages)
        if row.model:  # what one may not choose is not named, either
            row.typed = row.kept
    except writing.Conflict as conflict:
        row.conflict = conflict
    if row.is_refused:
        values.name()
    return not row.is_refused
