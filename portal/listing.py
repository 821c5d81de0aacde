"""Listings: the pages under an index, one for each subject, filtered by their facets, sorted and paged.

Every state of a listing is its address: `?group=act&group=tell&sort=title&page=2`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OrderBy, OuterRef, QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from wagtail.fields import StreamField
from wagtail.models import Page

from .languages import active_language, alphabetical
from .models import PageFacet
from .navigation import once
from .querysets import closed_paths, in_language, place_of_original, visible
from .references import as_specific

PER_PAGE = 24
LONGEST_OPEN = 10


@dataclass(frozen=True)
class FacetFilter:
    """A filter of a listing: the facet's name, its heading, and the label of each code in the reader's language.

    A value in the address that has no label is not looked for.
    """

    name: str
    label: Any
    labels: Callable[[], Mapping[str, Any]]
    keep_order: bool = True  # in the order of `labels`; else by label


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True)
class Group:
    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.checked]

    @property
    def folded(self) -> bool:
        """Whether the list is too long to stand open in the column of filters."""
        return len(self.options) > LONGEST_OPEN


@dataclass(frozen=True)
class Sort:
    name: str
    label: Any
    order: tuple[str | Combinable | OrderBy, ...]


@dataclass
class Listing:
    pages: list[Any]
    page_obj: PaginatorPage
    total: int
    all_total: int
    groups: list[Group] = field(default_factory=list)
    sorts: list[tuple[Sort, bool]] = field(default_factory=list)
    query: str = ""  # the address's parameters without the page number, for paging links

    @property
    def is_filtered(self) -> bool:
        return any(group.chosen for group in self.groups)

    @property
    def sort(self) -> str:
        return next((sort.name for sort, chosen in self.sorts if chosen), "")


BY_TITLE = Sort("title", _("Name"), ("title",))
NEWEST = Sort("changed", _("Last changed"), ("-last_published_at",))


def build_listing(
    request: HttpRequest,
    pages: QuerySet,
    *,
    filters: list[FacetFilter] | None = None,
    sorts: list[Sort] | None = None,
    per_page: int = PER_PAGE,
) -> Listing:
    """The listing of `pages` (a queryset of one page type, over all languages) as the request asks for it.

    Counts of a filter leave out its own choice, so a reader sees what another choice would add. Takes one query for
    the counts of all filters, and one more for each that is in use, whatever the number of pages. With no pages to a
    page it is for its filters alone.
    """
    filters, sorts = filters or [], sorts or [BY_TITLE]
    labels = {f.name: f.labels() for f in filters}
    chosen = _chosen(request, labels)
    sort = _sort(request, sorts)
    all_total, counts = _count_all(request, pages, tuple(chosen))
    if any(chosen.values()):
        shown = _shown(request, pages)
        narrowed = _narrow(shown, chosen)
        counts = _count_narrowed(shown, narrowed, chosen)
        ids = _ids(narrowed, sort)
    else:
        ids = _kept(request, pages, ("order", sort.name), lambda: _ids(_shown(request, pages), sort))
    page_obj = Paginator(ids, per_page or 1).get_page(request.GET.get("page"))
    return Listing(
        pages=_in_order(pages, page_obj.object_list) if per_page else [],
        page_obj=page_obj,
        total=len(ids),
        all_total=all_total,
        groups=[_group(f, labels[f.name], counts.get(f.name, {}), set(chosen[f.name])) for f in filters],
        sorts=[(s, s is sort) for s in sorts] if len(sorts) > 1 else [],
        query=without_page(request.GET),
    )


def offered(request: HttpRequest, pages: QuerySet, filters: list[FacetFilter]) -> list[Group]:
    """What the filters of a list offer with nothing chosen, to ask for it on another page."""
    _total, counts = _count_all(request, pages, tuple(f.name for f in filters))
    return [_group(f, f.labels(), counts.get(f.name, {}), set()) for f in filters]


def chosen_pages(
    request: HttpRequest, pages: QuerySet, filters: list[FacetFilter], sorts: Iterable[Sort] = ()
) -> QuerySet:
    """All pages that the filters of this request choose, one for each subject: for other views of a list, and files.

    With the listing's `sorts` they come in its order.
    """
    chosen = _chosen(request, {f.name: f.labels() for f in filters if f.name in request.GET})
    narrowed = _narrow(_shown(request, pages), chosen)
    return _ordered(narrowed, _sort(request, [*sorts])).select_related("locale") if sorts else narrowed


def _shown(request: HttpRequest, pages: QuerySet) -> QuerySet:
    return in_language(visible(pages, request.user), active_language())


def _chosen(request: HttpRequest, labels: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    return {name: [value for value in request.GET.getlist(name) if value in known] for name, known in labels.items()}


def _sort(request: HttpRequest, sorts: list[Sort]) -> Sort:
    return next((s for s in sorts if s.name == request.GET.get("sort")), sorts[0])


def _ordered(pages: QuerySet, sort: Sort) -> QuerySet:
    return pages.order_by(*sort.order, "pk")


def _ids(pages: QuerySet, sort: Sort) -> list[int]:
    return list(_ordered(pages, sort).values_list("pk", flat=True))


def _in_order(pages: QuerySet, ids: Iterable[int]) -> list[Any]:
    found = {page.pk: page for page in pages.filter(pk__in=ids).select_related("locale")}
    return [found[pk] for pk in ids if pk in found]


Counts = dict[str, dict[str, int]]  # of each facet: how many pages carry a value


def _count_all(request: HttpRequest, pages: QuerySet, names: tuple[str, ...]) -> tuple[int, Counts]:
    def count() -> tuple[int, Counts]:
        shown = _shown(request, pages)
        return shown.count(), _counts(names, shown)

    counted: tuple[int, Counts] = _kept(request, pages, ("counts", names), count)
    return counted


def _kept(request: HttpRequest, pages: QuerySet, key: tuple, find: Callable[[], Any]) -> Any:
    """Of all pages of a type: the same for all who may see the same, so found once until something is published."""
    if pages.query.where:
        return find()
    return once(request, ("listing", pages.model, get_language(), *key, *closed_paths(request.user)), find)


def _narrow(pages: QuerySet, chosen: Mapping[str, list[str]], leave_out: str = "") -> QuerySet:
    for name, values in chosen.items():
        if values and name != leave_out:
            facet = PageFacet.objects.filter(page_id=OuterRef("pk"), facet=name, value__in=values)
            pages = pages.filter(Exists(facet))
    return pages


def _count_narrowed(shown: QuerySet, narrowed: QuerySet, chosen: Mapping[str, list[str]]) -> Counts:
    counts = _counts([name for name, values in chosen.items() if not values], narrowed)
    for name, values in chosen.items():
        if values:
            counts |= _counts([name], _narrow(shown, chosen, leave_out=name))
    return counts


def _counts(names: Iterable[str], pages: QuerySet) -> Counts:
    found: Counts = {}
    if names:
        rows = PageFacet.objects.filter(facet__in=names, page_id__in=pages.order_by().values("pk"))
        for name, value, number in rows.values_list("facet", "value").annotate(n=Count("pk")).order_by():
            found.setdefault(name, {})[value] = number
    return found


def _group(facet: FacetFilter, labels: Mapping[str, Any], counts: Mapping[str, int], checked: set[str]) -> Group:
    codes = [code for code in labels if code in counts or code in checked]
    if not facet.keep_order:
        codes.sort(key=lambda code: alphabetical(str(labels.get(code, code))))
    options = [Option(code, str(labels.get(code, code)), counts.get(code, 0), code in checked) for code in codes]
    return Group(facet.name, str(facet.label), options)


def without_page(parameters: QueryDict) -> str:
    """The parameters of an address for its paging links."""
    kept = parameters.copy()
    kept.pop("page", None)
    return kept.urlencode()


def with_choice(url: str, request: HttpRequest) -> str:
    """Another address for the same choice of pages: a view of the list, a file, a feed."""
    query = without_page(request.GET)
    return f"{url}?{query}" if query else url


def children_listing(index: Page, request: HttpRequest, *types: type[Page], sorts: list[Sort] | None = None) -> Listing:
    """The listing of what lies under an index page, in the order of the admin unless `sorts` says otherwise."""
    model: Any = types[0] if len(types) == 1 else Page
    siblings = Page.objects.filter(translation_key=index.translation_key)
    pages = model.objects.filter(pk__in=_children_of(siblings))
    listing = build_listing(request, pages, sorts=sorts or [in_order_of_the_tree()], per_page=48)
    if model is Page:
        make_specific(listing)
    return listing


def make_specific(listing: Listing) -> None:
    """Have the pages of the listing as their own types, without their streams."""
    specific = as_specific(listing.pages)
    listing.pages = [specific[page.pk] for page in listing.pages]


def in_order_of_the_tree() -> Sort:
    return Sort("order", _("Order"), (place_of_original(),))


def _children_of(parents: QuerySet) -> QuerySet:
    children = Page.objects.none()
    for path, depth in parents.values_list("path", "depth"):
        children = children | Page.objects.filter(path__startswith=path, depth=depth + 1)
    return children.values("pk")


def country_labels() -> dict[str, str]:
    return dict(countries)


def without_streams(model: Any, *kept: str) -> QuerySet:
    """The pages of a type without their streams, which only their own page prints, but for those in `kept`."""
    streams = {field.name for field in model._meta.fields if isinstance(field, StreamField)}
    return model.objects.defer(*(streams - set(kept)))
