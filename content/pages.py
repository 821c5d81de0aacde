"""Makes pages from records: first all rows of the tree, then their texts and links, then their publication."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page

from portal.models import KnowledgePage
from portal.vocabulary import PatternGroup

from .files import Record
from .kinds import PAGES, RELATIONS, ROOT
from .problems import Place, Problem
from .references import References
from .streams import stable_id
from .translations import Wanted
from .values import Values, read_values

GROUPS = [str(group) for group in PatternGroup.values]
KINDS_IN_ORDER = list(PAGES)
NAMES = {relation: key for key, relation in RELATIONS.items()}


def in_tree_order(records: Iterable[Record]) -> list[Record]:
    """Parents before children, siblings as readers meet them in the navigation."""
    records = list(records)
    parents = {record.code: record.parent for record in records}

    def depth(code: str) -> int:
        steps = 0
        while code in parents and steps < 10:
            code, steps = parents[code], steps + 1
        return steps

    def place(record: Record) -> tuple:
        group = record.data.get("group")
        return (
            depth(record.code),
            KINDS_IN_ORDER.index(record.kind.type),
            record.data.get("number") or (GROUPS.index(group) if group in GROUPS else 0),
            record.code,
        )

    return sorted(records, key=place)


class PageWriter:
    """Writes the pages of one load. `pages` holds every page by code and language, new ones too."""

    def __init__(self, root: Page, locales: dict[str, Locale], references: References, found: list[Problem]) -> None:
        self.root = root
        self.locales = locales
        self.references = references
        self.found = found
        self.notices: list[str] = []
        self.pages: dict[tuple[str, str], KnowledgePage] = {}

    def page(self, code: str, language: str) -> Page | None:
        """The page with `code` in `language`, read once."""
        if code == ROOT:
            return self.root
        key = (code, language)
        if key not in self.pages:
            label, _pk = self.references.pages.get(code, ("", 0))
            found = apps.get_model(label).objects.filter(code=code, locale=self.locales[language]) if label else []
            for page in found:
                self.pages[key] = page
        return self.pages.get(key)

    def add_original(self, record: Record) -> bool:
        """Put the page into the tree as a draft; links to other pages come later. False if it has no place."""
        values = read_values(record, self.references, [])
        fields = {name: value for name, value in values.fields.items() if not (name.endswith("_id") and value == 0)}
        fields.setdefault("slug", record.code)
        page = record.kind.model(
            **fields,
            locale=self.locales[record.language],
            translation_key=stable_id("page", record.kind.type, record.code),
        )
        if not self.add(page, record, record.place(self.found)):
            return False
        self.references.pages[record.code] = (record.kind.model_label, page.pk)
        return True

    def add_translation(self, wanted: Wanted) -> bool:
        """Put a draft of the translation into the tree of its language, with its title and address."""
        record, language = wanted.record, wanted.language
        original = self.page(record.code, record.language)
        if original is None:
            return False
        names = [f.attname for f in original._meta.concrete_fields if f.model is not Page and not f.primary_key]
        title = wanted.title(original.title)
        page = record.kind.model(
            **{name: getattr(original, name) for name in names},
            title=title,
            slug=self.free_slug(record, language, wanted.slug(title, original.slug)),
            locale=self.locales[language],
            translation_key=original.translation_key,
        )
        return self.add(page, record, Place(wanted.file, self.found))

    def free_slug(self, record: Record, language: str, slug: str) -> str:
        if record.parent == ROOT:
            return f"{slug}-{language}"
        parent = self.page(record.parent, language)
        return find_available_slug(parent, slug) if parent else slug

    def add(self, page: KnowledgePage, record: Record, place: Place) -> bool:
        language = page.locale.language_code
        page.live = False
        page.draft_title = page.title
        parent = self.page(record.parent, language)
        if parent is None:
            self.notices.append(f"{place.file}: left out; its parent “{record.parent}” is not there in {language}")
            return False
        try:
            parent.add_child(instance=page)
        except ValidationError as error:
            place.complain_about(error)
            return False
        self.pages[page.code, language] = page
        return True

    def fill(self, record: Record) -> None:
        """Write the whole text, now that every page it points to has an id."""
        page = self.pages[record.code, record.language]
        values = read_values(record, self.references, self.found)
        for name, value in values.fields.items():
            setattr(page, name, value)
        page.tags.set(values.tags)
        self.set_rows(page, values)
        page.save(clean=False)

    def set_rows(self, page: KnowledgePage, values: Values) -> None:
        for name, rows in values.rows.items():
            manager = getattr(page, name)
            manager.set([manager.model(**self.with_locale(manager.model, row, page)) for row in rows])

    def with_locale(self, model: Any, row: dict[str, Any], page: KnowledgePage) -> dict[str, Any]:
        return {**row, "locale": page.locale} if hasattr(model, "locale") else row

    def check(self, record: Record) -> None:
        """What a page needs before it may be published, as in the edit form."""
        page = self.pages[record.code, record.language]
        try:
            page.full_clean()  # Wagtail itself looks at the title and the slug of drafts only
        except ValidationError as error:
            record.place(self.found).complain_about(error)
        for name, message in page.problems(page.own_rows):
            record.place(self.found).at(NAMES.get(name, name)).complain(message)

    def publish(self, record: Record) -> None:
        page = self.pages[record.code, record.language]
        page.save_revision(clean=False).publish(skip_permission_checks=True)
