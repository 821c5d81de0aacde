"""Says of pages, and of what features register, what there is to find."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.utils import translation
from taggit.models import Tag
from wagtail.models import Page

from portal import searchable, terms
from portal.models import KnowledgePage

from .attachments import naming
from .documents import SearchDocument, Section
from .page_text import PageText

# Pages that list others hold their words without being about them; pages about the guide are seldom what is sought.
RANKS = {"home": 0.6, "index": 0.6, "page": 0.8}


def page_owner(page_id: int) -> str:
    return f"page:{page_id}"


def owner_of(instance: Any) -> str:
    return page_owner(instance.pk) if isinstance(instance, Page) else f"{instance._meta.label_lower}:{instance.pk}"


def page_documents(page: Any) -> list[SearchDocument]:
    """The document of a published page, and one for each day on which a consent to some of its text ends."""
    if not isinstance(page, KnowledgePage) or not page.live or page.alias_of_id:
        return []
    language = page.locale.language_code
    with translation.override(language):
        text = PageText(page, terms.labels(language))
        whole = _page_document(page, text)
    parts = [_part(whole, day, "\n".join(lines)) for day, lines in text.behind_consent.items() if lines]
    return [whole, *parts]


def _page_document(page: KnowledgePage, text: PageText) -> SearchDocument:
    owner = page_owner(page.pk)
    labels = tuple(label.strip() for label in page.search_labels() if label.strip())
    body, sections = _lines(text, labels)
    tags = list(page.tags.all())
    return SearchDocument(
        key=owner,
        owner=owner,
        page_id=page.pk,
        subject=str(page.translation_key),
        kind=page.kind,
        language=page.locale.language_code,
        url=page.get_url() or "",
        title=page.title,
        summary=page.summary,
        labels=labels,
        headings="\n".join(text.headings),
        body="\n".join(body),
        tags=tuple(tag.name for tag in tags),
        sections=tuple(sections),
        rank=RANKS.get(page.kind, page.search_rank),
        facets=_facets(page, tags),
        card=card_of(page),
        changed=page.last_published_at,
    )


def _lines(text: PageText, labels: tuple[str, ...]) -> tuple[list[str], list[Section]]:
    """The lines of the body, and at which of them each section begins. Names that the page has anyway are left out."""
    lines: list[str] = []
    sections: list[Section] = []
    for part, place in zip(text.body, text.places, strict=True):
        found = [line for line in part.splitlines() if line.strip() and line not in labels]
        if found and place.anchor != (sections[-1].anchor if sections else ""):
            sections.append(Section(len(lines), *place))
        lines += found
    return lines, sections


def _facets(page: KnowledgePage, tags: Iterable[Tag]) -> Mapping[str, tuple[str, ...]]:
    """What readers filter by: what the type says, and the tags, which every page may have."""
    given: Mapping[str, Iterable[Any]] = {**page.facets(), "tag": [tag.slug for tag in tags]}
    facets = {name: tuple(sorted({str(v) for v in values if v})) for name, values in given.items()}
    return {name: values for name, values in facets.items() if values}


def card_of(page: KnowledgePage) -> dict[str, Any]:
    """What a hit shows beside its texts, where a type has it."""
    card = {
        "number": page.number_label,
        "group": page.group_code,
        "therefore": getattr(page, "card_therefore", ""),
        "confidence": getattr(page, "confidence", None),
    }
    return {name: value for name, value in card.items() if value not in ("", None)}


def _part(whole: SearchDocument, day: Any, body: str) -> SearchDocument:
    key = f"{whole.owner}:consent:{day or 'unlimited'}"
    return SearchDocument(
        key=key,
        owner=whole.owner,
        page_id=whole.page_id,
        subject=whole.subject,
        kind=whole.kind,
        language=whole.language,
        url=whole.url,
        title=whole.title,
        body=body,
        facets=whole.facets,
        rank=whole.rank,
        shown_until=day,
        changed=whole.changed,
    )


def registered_documents(instance: Any) -> list[SearchDocument]:
    """The documents of something that a feature registered in `portal.searchable`."""
    registration = searchable.registration(type(instance))
    if registration is None:
        return []
    owner = owner_of(instance)
    entries = enumerate(registration.documents(instance))
    return [_registered(entry, owner, f"{owner}:{n}" if n else owner) for n, entry in entries]


def _registered(entry: searchable.Searchable, owner: str, key: str) -> SearchDocument:
    url = entry.url or entry.page.get_url() or ""
    return SearchDocument(
        key=key,
        owner=owner,
        page_id=entry.page.pk,
        subject=entry.subject,
        kind=entry.kind,
        language=entry.language,
        url=f"{url}#{entry.anchor}" if entry.anchor else url,
        title=entry.title,
        summary=entry.summary,
        labels=entry.labels,
        body=entry.body,
        facets=entry.facets,
        card=entry.card,
        rank=entry.rank,
        shown_until=entry.shown_until,
        changed=entry.changed or entry.page.last_published_at,
    )


def documents_of(instance: Any) -> list[SearchDocument]:
    return page_documents(instance) if isinstance(instance, Page) else registered_documents(instance)


def shown_on(page: Page) -> Iterator[Any]:
    """What features registered and show on this page."""
    for registration in searchable.registrations():
        yield from registration.shown_on(page)


def all_documents() -> Iterator[SearchDocument]:
    """Everything that can be found, page by page."""
    for page in Page.objects.filter(live=True, alias_of__isnull=True).order_by("pk").specific().iterator(50):
        naming.remember(page)  # the files, which come below
        yield from page_documents(page)
    for registration in searchable.registrations():
        for instance in registration.model._default_manager.order_by("pk").iterator(200):
            yield from registered_documents(instance)


def kind_labels() -> dict[str, Any]:
    """The name of each kind: of page types as their models say, of other things as they were registered."""
    models: Iterable[Any] = (m for m in apps.get_models() if issubclass(m, KnowledgePage))
    labels = {model.kind: model._meta.verbose_name for model in models}
    return labels | {registration.kind: registration.label for registration in searchable.registrations()}
