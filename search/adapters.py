"""Says of pages, and of what features register, what there is to find."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils import translation
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.models import Page

from portal import searchable, terms
from portal.models import KnowledgePage

from .asked.documents import all_apart, worded
from .attachments import naming
from .documents import SearchDocument, Section
from .page_text import PageText

# Pages that list others hold their words without being about them. The best values on the judged questions are found
# within a tenth of these, so they are no finer than that.
RANKS = {"home": 0.6, "index": 0.8}
BATCH = 200
PAGES = 50


PAGE_OWNERS = "page:"


def page_owner(page_id: int) -> str:
    return f"{PAGE_OWNERS}{page_id}"


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
        happened=page.happened_on,
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


def registered_documents(registration: searchable.Registration, instances: list[Any]) -> Iterator[SearchDocument]:
    """The documents of things that a feature registered in `portal.searchable`."""
    numbers: dict[str, int] = defaultdict(int)
    for instance, entry in registration.documents(instances):
        owner = owner_of(instance)
        yield _registered(entry, owner, f"{owner}:{numbers[owner]}" if numbers[owner] else owner)
        numbers[owner] += 1


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


def documents_of(instances: Iterable[Any]) -> dict[str, list[SearchDocument]]:
    """By owner, also of those of which there is nothing to find."""
    found: dict[str, list[SearchDocument]] = {}
    others: dict[type, list[Any]] = defaultdict(list)
    for instance in instances:
        found[owner_of(instance)] = page_documents(instance) if isinstance(instance, Page) else []
        others[type(instance)].append(instance)
    for model, its_instances in others.items():
        if registration := searchable.registration(model):
            for start in range(0, len(its_instances), BATCH):
                for document in registered_documents(registration, its_instances[start : start + BATCH]):
                    found[document.owner].append(document)
    with_wordings: dict[str, list[SearchDocument]] = {owner: [] for owner in found}
    for document in worded([document for several in found.values() for document in several]):
        with_wordings[document.owner].append(document)
    return with_wordings


def shown_on(page: Page) -> Iterator[Any]:
    """What features registered and show on this page."""
    for registration in searchable.registrations():
        yield from registration.shown_on(page)


def all_documents() -> Iterator[list[SearchDocument]]:
    """Everything that can be found, in pieces. Each is read when it is asked for, with all documents of its owners.

    At the end come wordings that stand apart, once the catalogue has what they lead to.
    """
    for piece in _all_texts():
        yield worded(piece)
    yield from all_apart()


def _all_texts() -> Iterator[list[SearchDocument]]:
    has_files = get_document_model().objects.exists()  # to look for them takes as long as all the rest
    for pages in _in_pieces(Page.objects.filter(live=True, alias_of__isnull=True).specific(), PAGES):
        for page in pages if has_files else ():
            naming.remember(page)  # the files, which come below
        yield [document for page in pages for document in page_documents(page)]
    for registration in searchable.registrations():
        for instances in _in_pieces(registration.model._default_manager.all(), registration.at_once):
            yield list(registered_documents(registration, instances))


def _in_pieces(rows: QuerySet, size: int) -> Iterator[list[Any]]:
    """By a query for each piece, which sees what was committed since the one before; a cursor would not."""
    rows, last = rows.order_by("pk"), 0
    while piece := list(rows.filter(pk__gt=last)[:size]):
        yield piece
        if len(piece) < size:
            return
        last = piece[-1].pk


def kind_labels() -> dict[str, Any]:
    """The name of each kind: of page types as their models say, of other things as they were registered."""
    models: Iterable[Any] = (m for m in apps.get_models() if issubclass(m, KnowledgePage))
    labels = {model.kind: model._meta.verbose_name for model in models}
    return labels | {registration.kind: registration.label for registration in searchable.registrations()}
